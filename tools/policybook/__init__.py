"""policybook: model policies for schools, clause by clause."""

__version__ = "0.1.0"
