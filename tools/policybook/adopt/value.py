"""Which values hold in a policy, school names included."""

from __future__ import annotations

from policybook.domain.adoption import Adoption, School, value_in_force
from policybook.domain.model import ModelVersion, Value

SCHOOL_PARAMETERS = ("school_name", "school_short_name")
"""Always there, from the school's record; no model declares them."""


def effective_values(model: ModelVersion, adoption: Adoption | None, school: School | None) -> dict[str, Value]:
    """The value of every parameter, school names included; None is a blank."""
    values: dict[str, Value] = {
        "school_name": school.name if school else None,
        "school_short_name": school.short_name if school else None,
    }
    return values | {name: value_in_force(entry, adoption, school) for name, entry in model.parameters.items()}
