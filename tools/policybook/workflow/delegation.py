"""Who may decide on a policy, and how often it is reviewed: the scheme of the school, or of the trust above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from policybook.domain.adoption import Decision, PolicyRecord
from policybook.domain.delegation import Delegated, Delegation
from policybook.domain.workspace import Workspace
from policybook.report.word import print_date
from policybook.store.delegation import read_delegations

FREE = ("chairs-action", "administrative")
"""Outcomes that follow rules of their own: who may act between meetings, or bring details up to date."""


class Delegations:
    """The schemes of a workspace, read once."""

    def __init__(self, root: Path, records: Workspace) -> None:
        self._records = records
        self._schemes: Mapping[str, Delegation] = read_delegations(root, records.schools)[0]

    def rule_on(self, ref: str, day: date) -> Delegated | None:
        """What holds for `school/policy` on a day; None where no scheme says anything."""
        school, _, policy = ref.partition("/")
        for holder in self._holders(ref):
            scheme = self._schemes[holder].scheme_on(day) if holder in self._schemes else None
            rule = scheme.rule_for(policy) if scheme else None
            if scheme and rule:
                return Delegated(rule, scheme, "" if holder == school else holder)
        return None

    def said_of(self, ref: str, decision: Decision) -> str:
        """A sentence where the scheme gives the policy to another body; "" where all is well or nothing is said."""
        found = self.rule_on(ref, decision.on)
        if found is None or decision.outcome in FREE or found.rule.may_decide(decision.body):
            return ""
        bodies = " or ".join(found.rule.bodies)
        return f"{self.name_of(found)} gives this policy to {bodies}, not to {decision.body}"

    def name_of(self, found: Delegated) -> str:
        """`the scheme of delegation of 1 January 2026 (Fennimore Trust)`."""
        school = self._records.schools.get(found.inherited_from)
        whose = f" ({school.name})" if school else ""
        return f"the scheme of delegation of {print_date(found.scheme.start)}{whose}"

    def _holders(self, ref: str) -> Iterator[str]:
        """Whose schemes count, nearest first: the school's, those it inherits, the trust's whose policy it adopted."""
        school = ref.partition("/")[0]
        seen: list[str] = []
        waiting = [school]
        while waiting:
            holder = waiting.pop(0)
            if holder in seen:
                continue
            seen.append(holder)
            yield holder
            delegation = self._schemes.get(holder)
            if delegation and delegation.inherits:
                waiting.append(delegation.inherits)
            waiting += self._trusts(self._records.adoptions.get(f"{holder}/{ref.partition('/')[2]}"))

    def _trusts(self, record: PolicyRecord | None) -> list[str]:
        model = getattr(record, "model", "")
        above = self._records.adoptions.get(model)
        return [above.school] if above else []
