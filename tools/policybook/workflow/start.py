"""A new workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

from policybook.domain.error import WorkspaceError
from policybook.store import find_site_settings, find_template, write_atomically
from policybook.store.editor import SCHEMAS_FOLDER, schema_line
from policybook.store.schema import write_schemas

FOLDERS = ("source_policies", "clauses/models", "clauses/schools", "clauses/adoptions")
TOPICS = f"""{schema_line("topics")}schema: 1
# Subjects that the models of this workspace share; see the reference of clause YAML.
topics: {{}}
"""
IGNORED = "build/\n"


def new_workspace(folder: Path) -> tuple[str, ...]:
    """Makes an empty workspace in a new or empty folder and returns what was made, relative to it.

    Raises WorkspaceError where the folder holds anything already: nothing of anybody's is written over.
    """
    made = planned_workspace(folder)
    for name in FOLDERS:
        write_atomically(folder / name / ".keep", b"")
    write_atomically(folder / "clauses" / "topics.yaml", TOPICS.encode())
    write_schemas(folder / SCHEMAS_FOLDER)
    write_atomically(folder / ".gitignore", IGNORED.encode())
    write_atomically(folder / "mkdocs.yml", find_site_settings(None).read_bytes())
    shutil.copytree(find_template(None), folder / "templates" / "default")
    return made


def planned_workspace(folder: Path) -> tuple[str, ...]:
    """What `new_workspace` would make; raises as it does, and writes nothing."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        mend = "name a folder that does not exist yet, or an empty one"
        raise WorkspaceError("there is something here already", where=str(folder), mend=mend)
    return (*FOLDERS, "clauses/topics.yaml", "mkdocs.yml", "templates/default", SCHEMAS_FOLDER, ".gitignore")
