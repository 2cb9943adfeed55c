"""Schemes of delegation: which body decides on which policy, how often it is reviewed, from which day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DelegationRule:
    """Which bodies may decide on the policies named (on every policy where none is), and the cycle of review.

    `cycle` is a duration ("2 years"), empty where the scheme says none.
    """

    bodies: tuple[str, ...]
    policies: tuple[str, ...] = ()
    cycle: str = ""

    def may_decide(self, body: str) -> bool:
        """Whether the body is one of them, whatever the capitals and spacing."""
        return " ".join(body.casefold().split()) in {" ".join(one.casefold().split()) for one in self.bodies}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme in force from a day until the next one begins."""

    start: date
    rules: tuple[DelegationRule, ...]

    def rule_for(self, policy: str) -> DelegationRule | None:
        """The rule that names the policy, else the one for every policy, else None."""
        named = (rule for rule in self.rules if policy in rule.policies)
        return next(named, None) or next((rule for rule in self.rules if not rule.policies), None)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A school's schemes; `inherits` is the trust (or school) whose schemes hold where its own say nothing."""

    school: str
    schemes: tuple[Scheme, ...] = ()
    inherits: str = ""

    def scheme_on(self, day: date) -> Scheme | None:
        """The scheme in force on a day, None before the first."""
        begun: Sequence[Scheme] = [scheme for scheme in self.schemes if scheme.start <= day]
        return max(begun, key=lambda scheme: scheme.start, default=None)


@dataclass(frozen=True, slots=True)
class Delegated:
    """What holds for one policy on one day: the rule, its scheme, and the school that the scheme is inherited from.

    `inherited_from` is empty where the scheme is the school's own.
    """

    rule: DelegationRule
    scheme: Scheme
    inherited_from: str = ""
