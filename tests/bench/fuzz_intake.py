"""Throws damaged and random documents at intake: `python tests/bench/fuzz_intake.py --minutes 10`.

Each round takes a document (text, Word, PDF, RTF-like noise), damages it, reads it, and where it was read makes a draft
of it. Anything but a clear refusal is a crash: the file is kept and its path printed, with the seed of the round.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from policybook.domain.error import UnreadableDocument  # noqa: E402
from policybook.domain.model import Publisher  # noqa: E402
from policybook.intake import read_document  # noqa: E402
from policybook.intake.draft import draft_model  # noqa: E402
from support.office import make_docx, make_pdf  # noqa: E402

PIECES = ["[", "]", "(", "{{ x }}", "|", "\t", "\n\n", "# ", "1.1 ", "(a) ", "- ", "____", "\u202e", "\x00", "*", "OR",
          "Appendix A", "under 19", "Autumn 2026", "<b>", "&amp;", "\ue000", "é", "𝔸", "\r", "…"]  # fmt: skip
SLOW_SECONDS = 10.0


def main() -> None:
    """Runs until the time is up; exit code 1 if anything crashed or took more than ten seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seeds = make_seeds(Path(folder))
        rounds, refused, failed = fuzz(seeds, Path(folder), options.minutes * 60, options.seed)
    sys.stdout.write(f"{rounds} documents, {refused} refused, {failed} crashed or too slow\n")
    raise SystemExit(failed > 0)


def make_seeds(folder: Path) -> list[bytes]:
    """Documents to damage: a text, its Word and its PDF."""
    text = ROOT / "twins" / "severn-valley.txt"
    word = make_docx(text, folder / "seed.docx")
    return [text.read_bytes(), word.read_bytes(), make_pdf(word, folder / "seed.pdf").read_bytes()]


def fuzz(seeds: list[bytes], folder: Path, seconds: float, seed: int) -> tuple[int, int, int]:
    """How many documents were tried, refused, and crashed."""
    rounds = refused = failed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = damage(seeds, random.Random(seed + rounds))  # noqa: S311  # nosec: no secret
        path = folder / "fuzzed"
        path.write_bytes(data)
        start = time.monotonic()
        try:
            document = read_document(path)
            draft_model(document, "a/b", "1", Publisher("a", "A", "other"))
            problem = None
        except UnreadableDocument:
            refused += 1
            problem = None
        except Exception as error:  # every other error is what is looked for
            problem = repr(error)
        if time.monotonic() - start > SLOW_SECONDS:
            problem = f"took {time.monotonic() - start:.0f} seconds"
        if problem:
            failed += 1
            kept = Path(tempfile.gettempdir()) / f"fuzzed-{seed + rounds}"
            kept.write_bytes(data)
            sys.stdout.write(f"seed {seed + rounds}: {problem}; kept as {kept}\n")
        rounds += 1
    return rounds, refused, failed


def damage(seeds: list[bytes], chance: random.Random) -> bytes:
    """A document with bytes changed, cut, doubled, or pieces of markup put in; inside the parts of a Word file too."""
    data = chance.choice(seeds)
    if data.startswith(b"PK") and chance.random() < 0.7:
        return damage_package(data, chance)
    if chance.random() < 0.2:
        return "".join(
            chance.choice([*PIECES, "word ", "The staff "]) for _ in range(chance.randrange(1, 400))
        ).encode()
    return damage_bytes(data, chance)


def damage_package(data: bytes, chance: random.Random) -> bytes:
    """The same package with one part damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist() + ["word/document.xml"] * 5)
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, damage_bytes(content, chance) if name == chosen else content)
    return stream.getvalue()


def damage_bytes(data: bytes, chance: random.Random) -> bytes:
    """A few small changes."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            changed[place:place] = chance.choice(PIECES).encode()
        elif kind == 1:
            del changed[place : place + chance.randrange(1, 200)]
        elif kind == 2:
            changed[place : place + 1] = bytes([chance.randrange(256)])
        elif kind == 3:
            changed[place:place] = changed[place : place + chance.randrange(1, 500)]
        elif chance.random() < 0.2:
            del changed[place:]
    return bytes(changed)


if __name__ == "__main__":
    main()
