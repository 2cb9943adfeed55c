"""Model and adoption in, `ResolvedPolicy` out."""

from policybook.adopt.resolve import resolve, resolve_model
from policybook.adopt.value import effective_values

__all__ = ["effective_values", "resolve", "resolve_model"]
