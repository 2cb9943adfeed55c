"""What happens to a school's values, and to the publisher's that it had taken as they were."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.adopt.lineage import Group
from policybook.adopt.school_view import SchoolView
from policybook.domain.model import Parameter, ParameterType, Value
from policybook.domain.upgrade import ClauseOutcome, Option, RecordEdit, Step, Triage
from policybook.text.value import parse_value, print_value

NAMING_TYPES: tuple[ParameterType, ...] = ("role", "organisation", "email", "telephone")
"""Values that only name somebody: another default is no other rule."""


def find_value_steps(view: SchoolView, group: Group, homes: dict[str, Group]) -> Iterator[Step]:
    """The steps for the blanks in a clause. Each blank is decided once, at the clause that is its home."""
    used = view.used_parameters(group)
    if "default" in group.changes and view.state(group) == "substituted" and not used & _changed_defaults(view):
        yield Step("keep", "none", "The model suggests another value here now; your wording does not use it.")
    for name in sorted(used):
        steps = list(_parameter_steps(view, name))
        home = homes.get(name, group)
        if home is group:
            yield from steps
        elif any(step.is_open for step in steps):
            label = _label(view, name)
            yield Step("decided-elsewhere", "applies", f"{label}: decided at another section that has the same blank.")


def home_of_parameters(view: SchoolView, groups: tuple[Group, ...]) -> dict[str, Group]:
    """For each blank the first clause, of those that the school has and keeps, whose words use it."""
    homes: dict[str, Group] = {}
    for group in groups:
        is_kept = view.was_shown(group) and view.is_in_force(group) and not view.is_omitted(group)
        if group.old and group.new and is_kept:
            for name in view.used_parameters(group):
                homes.setdefault(name, group)
    return homes


def find_homeless_values(view: SchoolView, homes: dict[str, Group]) -> Iterator[ClauseOutcome]:
    """Outcomes of values that the school gave to blanks which no clause that it keeps uses any longer."""
    for name in sorted(view.adoption.values):
        steps = () if name in homes else tuple(_parameter_steps(view, name))
        if steps:
            kind = view.difference.old.parameters[name].type if name in view.difference.old.parameters else "text"
            yours = print_value(kind, view.adoption.values[name])
            yield ClauseOutcome(f"parameter:{name}", None, ("parameter",), "value", steps, yours=yours)


def _parameter_steps(view: SchoolView, name: str) -> Iterator[Step]:
    before, after = view.difference.old.parameters.get(name), view.difference.new.parameters.get(name)
    if name in view.adoption.values:
        yield from _own_value(view, name, before, after)
    elif after is not None and view.school.value_of(after) is None:
        yield from _taken_value(before, after)


def _own_value(view: SchoolView, name: str, before: Parameter | None, after: Parameter | None) -> Iterator[Step]:
    value = view.adoption.values[name]
    unset = RecordEdit(unset=(name,))
    if after is None:
        said = print_value(before.type, value) if before else str(value)
        why = f"{_label(view, name)}: you filled in {said}. The model no longer has this blank."
        yield Step("value-gone", "decide", why, options=(Option("new", "Drop your value.", unset),))
        return
    try:
        parse_value(after, value)
    except ValueError as error:
        triage: Triage = "must-follow" if after.required else "decide"
        why = f"{after.label}: you have {print_value(after.type, value)}; it {error}."
        says = f"Take what the model suggests: {_said(after)}."
        yield Step("value-outside", triage, why, options=(Option("new", says, unset),))
        return
    if before is not None and before.default != after.default:
        if value == after.default:
            why = f"{after.label}: the model now suggests {_said(after)}, as you have it."
            yield Step("value-dropped", "already-yours", why, unset)
        else:
            why = f"{after.label}: the model suggested {_said(before)} and now {_said(after)}. Yours stays at "
            yield Step("keeps-value", "none", f"{why}{print_value(after.type, value)}.")


def _taken_value(before: Parameter | None, after: Parameter) -> Iterator[Step]:
    if before is None:
        if after.default is None and after.type != "boolean":
            yield Step("blank", "applies", f"There is a new blank to fill in: {after.label}.")
        return
    if before.default == after.default:
        return
    change = f"changes from {_said(before)} to {_said(after)}"
    if after.detail or after.type in NAMING_TYPES or before.default is None:
        yield Step("detail-changes", "applies", f"{after.label}: {change}.")
        return
    options = [Option("new", f"Let it change to {_said(after)}.")]
    if _is_allowed(after, before.default):
        stay = RecordEdit(values=((after.name, before.default),))
        options.append(Option("ours", f"Stay at {_said(before)}, as your own value.", stay))
    why = f"Your rule {change} ({after.label})."
    yield Step("rule-changes", "decide", why, options=tuple(options))


def _changed_defaults(view: SchoolView) -> set[str]:
    before, after = view.difference.old.parameters, view.difference.new.parameters
    return {name for name in before.keys() & after.keys() if before[name].default != after[name].default}


def _is_allowed(parameter: Parameter, value: Value) -> bool:
    try:
        parse_value(parameter, value)
    except ValueError:
        return False
    return True


def _said(parameter: Parameter) -> str:
    return "nothing" if parameter.default is None else print_value(parameter.type, parameter.default)


def _label(view: SchoolView, name: str) -> str:
    parameter = view.difference.new.parameters.get(name) or view.difference.old.parameters.get(name)
    return parameter.label if parameter else name
