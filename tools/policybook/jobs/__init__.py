"""Runs many tasks, in order, skipping what is already done; knows nothing of policies."""

from policybook.jobs.cache import Cache
from policybook.jobs.ledger import Ledger
from policybook.jobs.limit import Limits
from policybook.jobs.run import Failure, Outcome, Progress, Task, run_tasks
from policybook.jobs.stream import stream
from policybook.jobs.workers import HERE, Workers

__all__ = [
    "HERE",
    "Cache",
    "Failure",
    "Ledger",
    "Limits",
    "Outcome",
    "Progress",
    "Task",
    "Workers",
    "run_tasks",
    "stream",
]
