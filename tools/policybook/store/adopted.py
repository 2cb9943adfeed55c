"""A new adoption as the two files that record it: what people write, and what the program keeps."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.domain.adoption import INHERITED, Adoption
from policybook.store.append import print_scalar
from policybook.store.editor import schema_line
from policybook.store.lock import seal_of
from policybook.store.upgraded import print_upgraded
from policybook.text.fingerprint import match_fingerprint
from policybook.text.slug import slug_of_words


def print_adoption(adoption: Adoption, *, is_edition: bool = False) -> bytes:
    """`adoption.yaml` of a new adoption, without decisions; read again it gives the same record.

    With `is_edition`, `model:` names a trust's policy and its edition.
    """
    head = {"school": adoption.school, "model": adoption.model_ref if is_edition else adoption.model}
    lines = ["schema: 1", *(f"{key}: {print_scalar(value)}" for key, value in head.items())]
    lines += [] if is_edition else [f'version: "{adoption.version}"']
    lines.append(f"publish: {adoption.publish}")
    adoption, reasons = _grouped(adoption)
    if reasons:
        lines += ["reasons:", *(f"  {key}: {print_scalar(words)}" for key, words in reasons.items())]
    nothing = Adoption(adoption.school, adoption.policy, adoption.model, adoption.version)
    return print_upgraded(schema_line("adoption") + "\n".join(lines) + "\n", nothing, adoption, {}).encode()


def _grouped(adoption: Adoption) -> tuple[Adoption, dict[str, str]]:
    """The adoption with a name in place of each reason that several departures share, and the reasons by name."""
    counts = Counter(entry.reason for entry in adoption.tailorings if entry.reason != INHERITED)
    names: dict[str, str] = {}
    for words in (words for words, count in counts.items() if count > 1):
        stem = slug_of_words(words) or "reason"
        taken = set(names.values())
        free = (stem if number == 1 else f"{stem}-{number}" for number in itertools.count(1))
        names[words] = next(name for name in free if name not in taken)
    tailorings = tuple(replace(entry, reason=names.get(entry.reason, entry.reason)) for entry in adoption.tailorings)
    return replace(adoption, tailorings=tailorings), {name: words for words, name in names.items()}


def print_lock(adoption: Adoption, bases: Mapping[str, str]) -> bytes:
    """`lock.yaml`: the model's words that each tailoring was made against, by clause id, with their fingerprints."""
    data = CommentedMap(schema=1, model=adoption.model, version=DoubleQuotedScalarString(adoption.version))
    data["clauses"] = {
        name: {"match": match_fingerprint(words), "words": words} for name, words in sorted(bases.items())
    }
    data["seal"] = seal_of(bases)
    data.yaml_set_start_comment("Kept by policybook; people write adoption.yaml beside it.")
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    stream = io.BytesIO()
    yaml.dump(data, stream)
    return stream.getvalue()
