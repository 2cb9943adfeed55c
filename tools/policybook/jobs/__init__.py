"""Runs many tasks, in order, skipping what is already done; knows nothing of policies."""

from policybook.jobs.ledger import Ledger
from policybook.jobs.run import Failure, Outcome, Task, run_tasks

__all__ = ["Failure", "Ledger", "Outcome", "Task", "run_tasks"]
