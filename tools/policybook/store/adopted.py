"""A new adoption as the two files that record it: what people write, and what the program keeps."""

from __future__ import annotations

import io
from collections.abc import Mapping

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.domain.adoption import Adoption
from policybook.store.append import print_scalar
from policybook.store.upgraded import print_upgraded
from policybook.text.fingerprint import match_fingerprint


def print_adoption(adoption: Adoption) -> bytes:
    """`adoption.yaml` of a new adoption, without decisions; read again it gives the same record."""
    head = {"school": adoption.school, "model": adoption.model}
    lines = ["schema: 1", *(f"{key}: {print_scalar(value)}" for key, value in head.items())]
    lines += [f'version: "{adoption.version}"', f"publish: {adoption.publish}"]
    nothing = Adoption(adoption.school, adoption.policy, adoption.model, adoption.version)
    return print_upgraded("\n".join(lines) + "\n", nothing, adoption, {}).encode()


def print_lock(adoption: Adoption, bases: Mapping[str, str]) -> bytes:
    """`lock.yaml`: the model's words that each tailoring was made against, by clause id, with their fingerprints."""
    data = CommentedMap(schema=1, model=adoption.model, version=DoubleQuotedScalarString(adoption.version))
    data["clauses"] = {
        name: {"match": match_fingerprint(words), "words": words} for name, words in sorted(bases.items())
    }
    data.yaml_set_start_comment("Kept by policybook; people write adoption.yaml beside it.")
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    stream = io.BytesIO()
    yaml.dump(data, stream)
    return stream.getvalue()
