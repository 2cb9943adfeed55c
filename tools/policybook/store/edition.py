"""Editions as YAML: printed once, read for as long as anybody asks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.domain.adoption import Adoption, Decision, School
from policybook.domain.edition import Edition
from policybook.domain.error import BrokenWorkspace
from policybook.domain.inline import Run
from policybook.domain.model import FormField, Parameter, Publisher, Value
from policybook.domain.resolved import ResolvedClause
from policybook.store.convert import to_decision, to_tailoring, to_value
from policybook.store.edition_shape import EditionClause, EditionFile, RunRecord, WordsRecord
from policybook.store.upgraded import tailoring_data
from policybook.store.validate import read_record
from policybook.store.yaml_file import Memory

_ODD_BREAK = re.compile("[\r\x85\u2028\u2029\ufeff]")
HEAD = "# Frozen when it was decided. Never edit this file: `policybook verify` would say so.\n"


def adoption_folder(root: Path, ref: str) -> Path:
    """`clauses/adoptions/<school>/<policy>` of a workspace."""
    return root / "clauses" / "adoptions" / ref


def edition_path(name: str) -> str:
    """Where an edition stands in the folder of its adoption."""
    return f"editions/{name}.yaml"


def print_edition(edition: Edition) -> bytes:
    """The file of an edition, the same bytes for the same edition; `read_edition` gives the edition back."""
    data: dict[str, Any] = {
        "schema": 1,
        "edition": _quoted(edition.name),
        "policy": edition.policy,
        "title": edition.title,
        "language": edition.language,
        "model": _model_data(edition),
        "decision": decision_data(edition.decision),
    }
    if edition.approval:
        data["approval"] = decision_data(edition.approval)
    data |= {
        "next_review": edition.next_review,
        "publish": edition.publish,
        "exact": edition.exact,
        "shown": edition.shown,
        "names": _names_data(edition.school),
        "values": {name: _value_data(edition, name) for name in edition.parameters},
        "words": [_clause_data(clause) for clause in edition.clauses],
    }
    if edition.record:
        data["record"] = _record_data(edition.record)
    return HEAD.encode() + print_yaml(data)


def print_yaml(data: dict[str, Any]) -> bytes:
    """Plain data as YAML in UTF-8, keys in the order given."""
    writer = YAML()
    writer.Representer = _Representer
    writer.width = 120
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.BytesIO()
    writer.dump(data, stream)
    return stream.getvalue()


class _Representer(RoundTripRepresenter):
    """Puts words into double quotes where they hold a line break other than LF, which would not come back otherwise."""

    def represent_words(self, words: str) -> Any:
        """A scalar node."""
        style = '"' if _ODD_BREAK.search(words) else None
        return self.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Representer.add_representer(str, _Representer.represent_words)


def decision_data(decision: Decision) -> dict[str, Any]:
    """A decision as plain data; what is empty is left out."""
    data = {
        "outcome": decision.outcome,
        "body": decision.body,
        "on": decision.on,
        "minute": decision.minute,
        "effective": decision.effective,
        "delegation": decision.delegation,
        "edition": _quoted(decision.edition) if decision.edition else None,
        "exact": decision.exact,
        "published": decision.published,
    }
    return {key: value for key, value in data.items() if value}


def read_edition(root: Path, ref: str, name: str, memory: Memory | None = None) -> Edition:
    """The edition of `school/policy` with this name. Raises BrokenWorkspace, with findings, where it is unreadable."""
    record, yaml = read_record(adoption_folder(root, ref) / edition_path(name), root, EditionFile, memory)
    if record is None:
        raise BrokenWorkspace(tuple(yaml.findings))
    return _to_edition(record)


def edition_names(root: Path, ref: str) -> list[str]:
    """The names of all editions of `school/policy` on disk, oldest decision first."""
    return sorted((file.stem for file in (adoption_folder(root, ref) / "editions").glob("*.yaml")), key=name_order)


def name_order(name: str) -> tuple[str, int]:
    """Sorts the names of editions by day, then by their place on that day."""
    return name[:10], int(name[11:] or 1) if name[11:].isdigit() or not name[11:] else 0


def _model_data(edition: Edition) -> dict[str, Any]:
    data = {
        "id": edition.model,
        "version": _quoted(edition.version),
        "publisher": edition.publisher.name,
        "publisher_kind": edition.publisher.kind,
        "issued": edition.issued,
        "notice": edition.notice,
    }
    return {key: value for key, value in data.items() if value}


def _names_data(school: School) -> dict[str, Any]:
    data: dict[str, Any] = {"school": school.id, "name": school.name, "short_name": school.short_name}
    data |= {"kind": school.kind, "aliases": list(school.aliases), "roles": dict(school.roles)}
    return {key: value for key, value in data.items() if value}


def _value_data(edition: Edition, name: str) -> CommentedMap:
    parameter, value = edition.parameters[name], edition.values.get(name)
    data: dict[str, Any] = {"type": parameter.type, "label": parameter.label}
    if parameter.detail:
        data["detail"] = True
    data["value"] = list(value) if isinstance(value, tuple) else value
    return _flow(data)


def _record_data(adoption: Adoption) -> dict[str, Any]:
    data: dict[str, Any] = {
        "values": {name: list(entry) if isinstance(entry, tuple) else entry for name, entry in adoption.values.items()},
        "choices": dict(adoption.choices),
        "tailorings": [tailoring_data(entry) for entry in adoption.tailorings],
        "tighten": dict(adoption.tighten),
        "fixed_values": list(adoption.fixed_values),
        "covers": list(adoption.covers),
    }
    return {key: value for key, value in data.items() if value}


def _clause_data(clause: ResolvedClause) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": clause.id,
        "kind": clause.kind,
        "depth": clause.depth,
        "number": clause.number,
        "marker": clause.marker,
        "part": clause.part,
        "origin": clause.origin,
        "words": _words_data(clause.runs),
        "topics": list(clause.topics),
        "defines": list(clause.defines),
        "head": [_words_data(cell) for cell in clause.head],
        "rows": [[_words_data(cell) for cell in row] for row in clause.rows],
        "fields": [_flow({"label": field.label, "type": field.type}) for field in clause.fields],
        "source": clause.source,
        "supersedes": list(clause.supersedes),
    }
    usual = {"marker": "none", "origin": "model"}
    return {key: value for key, value in data.items() if key == "depth" or (value and usual.get(key) != value)}


def _words_data(runs: Sequence[Run]) -> Any:
    """Plain words as they are; anything else as a list of words and of runs with what sets them apart."""
    pieces = [_run_data(run) for run in runs]
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return CommentedSeq(pieces)


def _run_data(run: Run) -> str | CommentedMap:
    marks: dict[str, Any] = {
        "bold": run.bold,
        "italic": run.italic,
        "link": run.link,
        "parameter": run.parameter,
        "blank": run.blank,
    }
    marks = {key: value for key, value in marks.items() if value}
    return _flow({"text": run.text} | marks) if marks else run.text


def _quoted(words: str) -> str:
    quoted: str = DoubleQuotedScalarString(words)
    return quoted


def _flow(data: dict[str, Any]) -> CommentedMap:
    mapping = CommentedMap(data)
    mapping.fa.set_flow_style()
    return mapping


def _to_edition(record: EditionFile) -> Edition:
    names, model = record.names, record.model
    return Edition(
        name=record.edition,
        school=School(names.school, names.name, names.kind, names.short_name, tuple(names.aliases), dict(names.roles)),
        policy=record.policy,
        model=model.id,
        version=model.version,
        title=record.title,
        publisher=Publisher(model.id.partition("/")[0], model.publisher, model.publisher_kind),
        decision=to_decision(record.decision),
        clauses=tuple(_to_clause(entry) for entry in record.words),
        parameters={
            name: Parameter(name, entry.type, entry.label, detail=entry.detail) for name, entry in record.values.items()
        },
        values=dict(_to_values(record)),
        issued=model.issued,
        language=record.language,
        notice=model.notice,
        next_review=record.next_review,
        publish=record.publish,
        exact=record.exact,
        shown=record.shown,
        approval=to_decision(record.approval) if record.approval else None,
        record=_to_record(record),
    )


def _to_record(record: EditionFile) -> Adoption | None:
    kept = record.record
    if kept is None:
        return None
    return Adoption(
        record.names.school,
        record.policy,
        record.model.id,
        record.model.version,
        values={name: to_value(value) for name, value in kept.values.items()},
        choices=dict(kept.choices),
        tailorings=tuple(to_tailoring(entry) for entry in kept.tailorings),
        covers=tuple(kept.covers),
        tighten=dict(kept.tighten),
        fixed_values=tuple(kept.fixed_values),
    )


def _to_values(record: EditionFile) -> Iterator[tuple[str, Value]]:
    yield "school_name", record.names.name
    yield "school_short_name", record.names.short_name
    for name, entry in record.values.items():
        yield name, to_value(entry.value)


def _to_clause(record: EditionClause) -> ResolvedClause:
    return ResolvedClause(
        id=record.id,
        kind=record.kind,
        depth=record.depth,
        number=record.number,
        marker=record.marker,
        runs=_to_runs(record.words),
        part=record.part,
        origin=record.origin,
        topics=tuple(record.topics),
        defines=tuple(record.defines),
        head=_to_cells(record.head),
        rows=tuple(_to_cells(row) for row in record.rows),
        fields=tuple(FormField(entry.label, entry.type) for entry in record.fields),
        source=record.source,
        supersedes=tuple(record.supersedes),
    )


def _to_cells(cells: Iterable[WordsRecord]) -> tuple[tuple[Run, ...], ...]:
    return tuple(_to_runs(cell) for cell in cells)


def _to_runs(words: WordsRecord) -> tuple[Run, ...]:
    if isinstance(words, str):
        return (Run(words),) if words else ()
    return tuple(_to_run(piece) for piece in words)


def _to_run(piece: str | RunRecord) -> Run:
    if isinstance(piece, str):
        return Run(piece)
    return Run(piece.text, piece.bold, piece.italic, piece.link, piece.parameter, piece.blank)
