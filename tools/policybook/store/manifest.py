"""Manifests: which files were issued or released, each with its SHA-256; kept files hashed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from policybook.domain.edition import Damage, KeptFile, KeptRecord, Manifest
from policybook.store.edition import adoption_folder, edition_path, print_yaml
from policybook.store.edition_shape import ManifestFile
from policybook.store.validate import read_record
from policybook.store.yaml_file import Memory

MANIFEST = "manifest.yaml"
HEAD = "# SHA-256 of each file as it was kept; of a YAML file with its line ends as single line feeds.\n"
_TEXT = (".yaml", ".yml", ".txt")


def kept_hash(name: str, content: bytes) -> str:
    """The SHA-256 of a kept file; line ends of text do not count, because git and editors on Windows change them."""
    same = content.replace(b"\r\n", b"\n") if name.endswith(_TEXT) else content
    return hashlib.sha256(same).hexdigest()


def print_manifest(manifest: Manifest, of: str) -> bytes:
    """The manifest of an `edition` or of a `version` as YAML."""
    data = {"schema": 1, "of": of, "name": manifest.name, "exact": manifest.exact, "shown": manifest.shown}
    files = [{"file": entry.path, "sha256": entry.sha256} for entry in manifest.files]
    return HEAD.encode() + print_yaml({key: value for key, value in data.items() if value} | {"files": files})


def kept_files(files: Mapping[str, bytes]) -> tuple[KeptFile, ...]:
    """The entries of a manifest for files by path, in the order of their paths."""
    return tuple(KeptFile(path, kept_hash(path, files[path])) for path in sorted(files))


def issued_folder(root: Path, ref: str, name: str) -> Path:
    """Where the documents of an edition are kept."""
    return adoption_folder(root, ref) / "issued" / name


def read_kept_edition(root: Path, ref: str, name: str, memory: Memory | None = None) -> KeptRecord:
    """What is kept of one edition, with every file hashed again. Damage is told, never raised."""
    folder = issued_folder(root, ref, name)
    kept = _read_kept(root, folder, name, memory)
    if kept.manifest is None and not kept.damages:
        edition = adoption_folder(root, ref) / edition_path(name)
        gone = folder / MANIFEST if edition.is_file() else edition
        return KeptRecord(name, None, (Damage(_shown(root, gone), "missing"),))
    return kept


def find_unlisted_documents(root: Path, ref: str, kept: KeptRecord) -> tuple[Damage, ...]:
    """The files among the issued documents of an edition that were not issued; hidden files do not count."""
    return _find_unlisted(root, issued_folder(root, ref, kept.name), kept, "[!.]*.*")


def read_kept_version(root: Path, folder: Path) -> KeptRecord:
    """What is kept of a released model version; `manifest` is None for one that was put there without a release."""
    kept = _read_kept(root, folder, folder.name)
    unlisted = _find_unlisted(root, folder, kept, "*.yaml")
    return KeptRecord(kept.name, kept.manifest, (*kept.damages, *unlisted), kept.files)


def _find_unlisted(root: Path, folder: Path, kept: KeptRecord, pattern: str) -> tuple[Damage, ...]:
    """The files of a folder that its manifest does not name; none where there is no manifest."""
    if kept.manifest is None:
        return ()
    listed = {entry.path for entry in kept.manifest.files} | {MANIFEST}
    others = sorted(file.name for file in folder.glob(pattern) if file.name not in listed)
    return tuple(Damage(_shown(root, folder / name), "unlisted") for name in others)


def _read_kept(root: Path, folder: Path, name: str, memory: Memory | None = None) -> KeptRecord:
    file = folder / MANIFEST
    if not file.is_file():
        return KeptRecord(name, None)
    record, _ = read_record(file, root, ManifestFile, memory)
    if record is None or record.name != name:
        return KeptRecord(name, None, (Damage(_shown(root, file), "unreadable"),))
    files = tuple(KeptFile(entry.file, entry.sha256) for entry in record.files)
    manifest = Manifest(record.name, files, record.exact, record.shown)
    return KeptRecord(name, manifest, tuple(_find_damage(root, folder, files)), len(files))


def _find_damage(root: Path, folder: Path, files: tuple[KeptFile, ...]) -> Iterator[Damage]:
    inside = root.resolve()
    for entry in files:
        file = folder / entry.path
        try:
            if not file.is_file():
                yield Damage(_shown(root, file), "missing")
            elif not file.resolve().is_relative_to(inside):
                yield Damage(_shown(root, file), "unreadable")
            elif kept_hash(entry.path, file.read_bytes()) != entry.sha256:
                yield Damage(_shown(root, file), "altered")
        except OSError:
            yield Damage(_shown(root, file), "unreadable")


def _shown(root: Path, file: Path) -> str:
    """Relative to the workspace, with `..` worked out but links not followed."""
    parts: list[str] = []
    for part in file.relative_to(root).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
