"""Which look a school's documents have, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policybook.domain.error import RenderError, WorkspaceError
from policybook.domain.finding import Finding, Place
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.store import find_template, find_workspace
from policybook.store.read import read_school

_USUAL_FONT = "Arial"
"""The default look's own: it is not to be had for PDFs, which have Source Sans instead, and nobody needs telling."""


def template_of_policy(root: Path, policy: ResolvedPolicy) -> Path:
    """The template folder of a policy's school, else the default. Raises WorkspaceError where there is none."""
    return find_template(root, (policy.school.template if policy.school else "") or "default")


def template_of_text(ref: str, start: Path) -> Path | None:
    """The template folder of the school that a REF names, as its record stands; None where it names no school."""
    try:
        root = find_workspace(start)
    except WorkspaceError:  # a comparison of two files needs no workspace
        return None
    school = read_school(root, ref.partition("/")[0])
    return find_template(root, school.template) if school and school.template else None


def template_of_texts(refs: Sequence[str], start: Path) -> Path | None:
    """The template folder of the first school named by one of these REFs (not files); None where none has a look."""
    found = (template_of_text(ref, start) for ref in refs)
    return next((template for template in found if template), None)


def find_look_problems(root: Path, records: Workspace) -> Iterator[Finding]:
    """What is wrong with the looks that schools name; each look is told once, with the first school that names it."""
    seen: set[str] = set()
    for school in sorted(records.schools.values(), key=lambda one: one.id):
        if school.template and school.template not in seen:
            seen.add(school.template)
            place = school.places.get("branding.template", school.place)
            yield from _find_problems(root, school.template, place)


def _find_problems(root: Path, name: str, named_at: Place) -> Iterator[Finding]:
    from policybook.render.look import read_look  # slow to load, and few workspaces have a look of their own
    from policybook.render.pdf import missing_fonts

    try:
        template = find_template(root, name)
    except WorkspaceError:
        mend = f"`policybook template {name}` makes one to edit; or name a folder of templates/"
        yield Finding("error", "template.missing", named_at, f"there is no template '{name}'", mend)
        return
    place = Place(f"templates/{name}", 0)
    try:
        look = read_look(template)
    except RenderError as error:
        yield Finding("warning", "template.refused", place, error.what, error.mend)
        return
    yield from (Finding("warning", remark.code, place, remark.what, remark.mend) for remark in look.remarks)
    fonts = [font for font in missing_fonts(look) if font != _USUAL_FONT]
    if fonts:
        what = f"PDFs cannot be set in {', '.join(fonts)}: no file of it is in fonts/"
        mend = "put the font's .ttf or .otf files there; until then PDFs are set in Source Sans"
        yield Finding("warning", "template.font", place, what, mend)
