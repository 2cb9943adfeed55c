"""One function per job that a person names; the only place where rooms meet."""
