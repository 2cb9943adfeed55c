"""Writes an invented workspace of many schools, to measure a build with.

`python tests/bench/site_workspace.py FOLDER SCHOOLS`, then `policybook -w FOLDER build` under a timer.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

MODELS, PARTS, CLAUSES = 4, 10, 9
WORDS = (
    "staff pupils school phones photographs account internet equipment personal data password device share report "
    "headteacher governors parents private public comment group message image record system network class lesson trip"
).split()
TOPICS = """schema: 1
topics:
  past-pupils: {label: Past pupils, question: Until what age?, answer: age, says: "until {{ value }}"}
"""
POLICY = """schema: 1
id: county/policy-%d
version: "1.0"
title: Model policy %d
publisher: {name: County HR, kind: council-hr}
issued: 2024-10-01
parameters:
  age_limit: {type: age, label: Age limit, default: 18, topic: past-pupils}
parts: [%s]
"""
ADOPTION = """schema: 1
school: s%d
model: county/policy-%d
version: "1.0"
values: {age_limit: %d}
tailorings:
  - {substitute: part1.c1, text: "%s", reason: Local arrangement.}
%sdecisions:
  - {outcome: approved, body: Full Governing Board, on: 2024-11-21, minute: "24/117"}
review: {next: 2027-0%d-15}
"""


def write_workspace(root: Path, schools: int) -> None:
    """Four models of about 100 clauses; every school adopts each, with about six departures and an age of its own."""
    chance = random.Random(1)  # noqa: S311 - nothing is kept secret with it
    write(root / "clauses" / "topics.yaml", TOPICS)
    for model in range(MODELS):
        write_model(root / "clauses" / "models" / "county" / f"policy-{model}" / "1.0", model, chance)
    for school in range(schools):
        text = f"schema: 1\nid: s{school}\nname: School number {school}\nkind: school\n"
        write(root / "clauses" / "schools" / f"s{school}.yaml", text)
        for model in range(MODELS):
            file = root / "clauses" / "adoptions" / f"s{school}" / f"policy-{model}" / "adoption.yaml"
            write(file, adoption_of(school, model, chance))


def write_model(folder: Path, model: int, chance: random.Random) -> None:
    names = [f"part{index}" for index in range(PARTS)]
    write(folder / "policy.yaml", POLICY % (model, model, ", ".join(names)))
    for index, name in enumerate(names):
        lines = [f'  - {{id: {name}.c{clause}, text: "{sentence(chance, 20, 80)}"}}' for clause in range(CLAUSES)]
        if index == 0:
            lines.append(
                f'  - {{id: {name}.age, text: "No contact under {{{{ age_limit }}}}.", topics: [past-pupils]}}'
            )
        text = "\n".join(["schema: 1", f"id: {name}", f"heading: Part {index}", "clauses:", *lines, ""])
        write(folder / f"{index + 1:02}-{name}.yaml", text)


def adoption_of(school: int, model: int, chance: random.Random) -> str:
    clauses = [f"part{part}.c{chance.randrange(CLAUSES)}" for part in range(2, PARTS) if chance.random() < 0.6]
    more = "".join(
        f'  - {{substitute: {clause}, text: "{sentence(chance, 30, 30)}", reason: Local arrangement.}}\n'
        for clause in clauses
    )
    age, month = chance.choice([18, 18, 18, 19, 21]), chance.randint(1, 9)
    return ADOPTION % (school, model, age, sentence(chance, 30, 30), more, month)


def sentence(chance: random.Random, fewest: int, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(fewest, most))).capitalize() + "."


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_workspace(Path(sys.argv[1]), int(sys.argv[2]))
