"""Which value holds: the adoption's, else the school's role, else the model's default."""

from __future__ import annotations

from policybook.domain.adoption import Adoption, School
from policybook.domain.model import ModelVersion, Value

SCHOOL_PARAMETERS = ("school_name", "school_short_name")
"""Always there, from the school's record; no model declares them."""


def effective_values(model: ModelVersion, adoption: Adoption | None, school: School | None) -> dict[str, Value]:
    """The value of every parameter, school names included; None is a blank."""
    roles = school.roles if school else {}
    given = adoption.values if adoption else {}
    values: dict[str, Value] = {
        "school_name": school.name if school else None,
        "school_short_name": school.short_name if school else None,
    }
    for name, parameter in model.parameters.items():
        fallback = roles.get(name) if parameter.type == "role" else None
        values[name] = given.get(name, fallback or parameter.default)
    return values
