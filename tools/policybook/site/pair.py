"""The data of the page that compares any two: each text once, so that nothing grows with the number of pairs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import model_page_path, policy_page_path
from policybook.site.assemble import THEME_FOLDER

FOLDER = f"{THEME_FOLDER}/pairs"


def pair_files(texts: Sequence[ResolvedPolicy]) -> dict[str, bytes]:
    """One script a text, and `index.js` with the texts of each model, by path in the site.

    They are scripts and not JSON because a page opened from a folder may load a script but may not fetch a file.
    `texts` are model versions and adoptions; those of one model stand together, in their order.
    """
    models: dict[str, list[ResolvedPolicy]] = {}
    for text in texts:
        models.setdefault(text.model.id, []).append(text)
    index = [
        {
            "title": _title(found),
            "texts": [{"file": _name(text), "label": _label(text)} for text in found],
        }
        for found in models.values()
    ]
    files = {f"{FOLDER}/{_name(text)}.js": _call("policybookText", _name(text), _text(text)) for text in texts}
    return {f"{FOLDER}/index.js": _call("policybookPairs", index), **files}


def _title(texts: Sequence[ResolvedPolicy]) -> str:
    """The newest version's title and publisher: two publishers may use one title."""
    model = next((text.model for text in reversed(texts) if text.adoption is None), texts[-1].model)
    return f"{model.title} ({model.publisher.name})"


def _label(text: ResolvedPolicy) -> str:
    if text.adoption is None:
        return f"Model, version {text.model.version}"
    return f"{text.owner}, from version {text.model.version}"


def _name(text: ResolvedPolicy) -> str:
    """`publisher/policy/version` or `school/policy`: no name can be both."""
    return _page(text).removesuffix(".html").removeprefix("models/").removeprefix("schools/")


def _page(text: ResolvedPolicy) -> str:
    path = policy_page_path(text.adoption) if text.adoption else model_page_path(text.model)
    return path.removesuffix(".md") + ".html"


def _text(text: ResolvedPolicy) -> dict[str, object]:
    return {
        "label": _label(text),
        "page": _page(text),
        "clauses": [
            {
                "id": clause.id,
                "number": clause.number or "",
                "heading": clause.kind == "heading",
                "text": clause.text,
                "formerly": list(clause.supersedes),
            }
            for clause in text.clauses
        ],
    }


def _call(function: str, *arguments: object) -> bytes:
    said = ",".join(json.dumps(argument, separators=(",", ":")) for argument in arguments)
    return f"{function}({said});\n".encode()
