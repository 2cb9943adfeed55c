"""A model version on the site: its text, the publisher's guidance, and who has adopted it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.domain.adoption import Adoption
from policybook.domain.model import ModelVersion
from policybook.domain.page import Block, Callout, Heading, Page, PageBreak, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import (
    file_link,
    matrix_path,
    model_page_path,
    page_link,
    policy_page_path,
    version_changes_path,
)
from policybook.report.due import is_issued
from policybook.report.policy import front_matter, policy_body
from policybook.report.word import bullet, cell, paragraph, runs
from policybook.text.value import print_value


def model_page(
    policy: ResolvedPolicy,
    versions: Sequence[ModelVersion],
    adopters: Sequence[tuple[Adoption, str]],
    *,
    matrix_file: str = "",
) -> Page:
    """The model's text with its default values, blanks named, and the publisher's notes to schools.

    `versions` are all versions, oldest first; `adopters` are the adoptions of this one with the names of their schools.
    `matrix_file` is the workbook of the matrix (a path under `documents/`), empty where these readers have no matrix.
    """
    model = policy.model
    blocks: list[Block] = []
    newer = [version for version in versions if version.supersedes == model.version and is_issued(version)]
    if newer:
        link = page_link(model_page_path(newer[0]), f"Version {newer[0].version}")
        blocks.append(
            Callout("Superseded", (*runs("This is not the newest text. "), link, *runs(" has taken its place.")))
        )
    blocks += front_matter(policy)
    blocks += _versions(model, versions)
    blocks += _adopters(model, adopters, matrix_file)
    blocks += _parameters(model)
    blocks += _body(policy)
    subject = f"{model.publisher.name}, version {model.version}"
    return Page(model.title, tuple(blocks), model.language, subject=subject)


def _versions(model: ModelVersion, versions: Sequence[ModelVersion]) -> Iterator[Block]:
    known = {version.version for version in versions}
    if model.supersedes in known:
        yield paragraph(page_link(version_changes_path(model), f"What changed since version {model.supersedes}"))
    for version in versions:
        if version.version != model.version:
            yield paragraph("Another version: ", page_link(model_page_path(version), version.version))


def _adopters(model: ModelVersion, adopters: Sequence[tuple[Adoption, str]], matrix_file: str) -> Iterator[Block]:
    yield Heading(runs("Who has adopted this version"), 1, anchor="adopters")
    if not adopters:
        yield paragraph("No school in this workspace.")
        return
    for adoption, name in adopters:
        yield bullet(page_link(policy_page_path(adoption), name))
    if matrix_file:
        words = "All of them beside the model, section by section"
        yield paragraph(page_link(matrix_path(model), words), " · ", file_link(matrix_file, "Excel workbook"))


def _parameters(model: ModelVersion) -> Iterator[Block]:
    if not model.parameters:
        return
    yield Heading(runs("What a school fills in"), 1, anchor="values")
    rows = []
    for parameter in model.parameters.values():
        default = "–" if parameter.default is None else print_value(parameter.type, parameter.default)
        limits = [f"at least {parameter.minimum}" if parameter.minimum is not None else ""]
        limits.append(f"at most {parameter.maximum}" if parameter.maximum is not None else "")
        limits.append(", ".join(parameter.options))
        said = "; ".join(filter(None, limits)) or "–"
        rows.append((cell(parameter.label, heading=True), cell(default), cell(said)))
    yield Table(
        "Values that a school fills in", ("What", "The model’s value", "Limits"), tuple(rows), (0.5, 0.25, 0.25)
    )


def _body(policy: ResolvedPolicy) -> Iterator[Block]:
    guidance = {clause.id: clause.note for clause in policy.clauses if clause.note}
    for clause in policy.clauses:
        yield from (block for block in policy_body([clause]) if not isinstance(block, PageBreak))
        if clause.id in guidance:
            yield Callout("Guidance to schools", runs(guidance[clause.id]))
