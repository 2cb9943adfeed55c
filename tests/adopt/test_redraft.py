"""What a drafter changed in one clause of a copy, and the tree that the pieces of a copy make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policybook.adopt.redraft import redraft
from policybook.adopt.redraft_clause import kind_of_line, reword, set_line, without_piece
from policybook.adopt.redraft_words import source_of, source_rows
from policybook.domain.draft_copy import DraftCopy, DraftHistory, ReadBlank, ReadGuide, ReadPiece
from policybook.domain.inline import Run
from policybook.domain.model import Choice, Clause, Condition, FormField, ModelVersion, Parameter, Part, Publisher

AGE = Parameter("age", "age", "Age", 19)
HISTORY = DraftHistory("2", frozenset({"use.a", "use.b", "use.c", "use.b.one"}))


def piece(name: str | None, text: str = "", *, kept: bool = True, **more: object) -> ReadPiece:
    return ReadPiece(name, text, (Run(text),), is_kept=kept, **more)  # type: ignore[arg-type]


def guide(text: str, name: str | None = None, after: int = 0, *, stale: bool = False) -> ReadGuide:
    return ReadGuide(name, text, (Run(text),), after, is_stale=stale)


def model() -> ModelVersion:
    below = Clause("use.b.one", "item", "One thing.")
    clauses = (Clause("use.a", text="First words."), Clause("use.b", text="These:", clauses=(below,)),
               Clause("use.c", text="Last words to {{ age }}."))  # fmt: skip
    parts = (Part("use", "Use", clauses=clauses), Part("end", "End", clauses=(Clause("end.a", text="That is all."),)))
    return ModelVersion("hr/x", "2", "X", Publisher("hr", "HR", "other"), None, parts, {"age": AGE})


WHOLE = [piece("use", "Use", kind="heading", level=1), piece("use.a"), piece("use.b"), piece("use.b.one", kind="item"),
         piece("use.c", "to {{ age }}"), piece("end", "End", kind="heading", level=1), piece("end.a")]  # fmt: skip


def outline(made: ModelVersion) -> list[str]:
    """Every clause in reading order, a dot before it for each that it stands under."""

    def walk(clauses: tuple[Clause, ...], depth: int) -> list[str]:
        return [line for one in clauses for line in ("." * depth + one.id, *walk(one.clauses, depth + 1))]

    return [line for part in made.parts for line in (part.id, *walk(part.clauses, 1))]


SAME = ["use", ".use.a", ".use.b", "..use.b.one", ".use.c", "end", ".end.a"]
TREES = [
    ("nothing was changed", WHOLE, (), SAME),
    ("not shown is not taken out", [WHOLE[0], WHOLE[4]], (), SAME),
    ("moved within its part", [*WHOLE[:1], WHOLE[4], *WHOLE[1:4], *WHOLE[5:]], (),
     ["use", ".use.c", ".use.a", ".use.b", "..use.b.one", "end", ".end.a"]),
    ("a bullet added below a paragraph", [*WHOLE[:3], piece(None, "New thing.", kind="item"), *WHOLE[3:]], (),
     ["use", ".use.a", ".use.b", "..use.new-thing", "..use.b.one", ".use.c", "end", ".end.a"]),
    ("a bullet added beside a bullet", [*WHOLE[:4], piece(None, "New thing.", kind="item"), *WHOLE[4:]], (),
     ["use", ".use.a", ".use.b", "..use.b.one", "..use.new-thing", ".use.c", "end", ".end.a"]),
    ("a paragraph added after a bullet", [*WHOLE[:4], piece(None, "New words."), *WHOLE[4:]], (),
     ["use", ".use.a", ".use.b", "..use.b.one", ".use.new-words", ".use.c", "end", ".end.a"]),
    ("a part added", [*WHOLE[:5], piece(None, "More", kind="heading", level=1), piece(None, "New words."), *WHOLE[5:]],
     (), [*SAME[:5], "more", ".more.new-words", *SAME[5:]]),
    ("taken out and never released", [*WHOLE[:5]], ("end", "end.a"), SAME[:5]),
    ("an appendix put first", [*WHOLE[5:], *WHOLE[:5]], (), [*SAME[5:], *SAME[:5]]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "pieces", "gone", "wanted"), TREES, ids=[row[0] for row in TREES])
def test_the_order_of_a_copy_becomes_that_of_the_draft(
    why: str, pieces: list[ReadPiece], gone: tuple[str, ...], wanted: list[str]
) -> None:
    made = redraft(model(), DraftCopy(pieces, gone=frozenset(gone)), HISTORY, {})
    assert outline(made.model) == wanted
    assert not made.unplaced


ADDED = [
    ("a table", piece(None, "", rows=(("Who", "When"), ("Staff", "At {{ age }}")), kind="table"),
     Clause("use.section", "table", head=("Who", "When"), rows=(("Staff", "At {{ age }}"),))),
    ("a bullet as bullets are", piece(None, "New thing.", kind="item", marker="bullet"),
     Clause("use.new-thing", "item", "New thing.")),
    ("a lettered item", piece(None, "New thing.", kind="item", marker="letter"),
     Clause("use.new-thing", "item", "New thing.", marker="letter")),
    ("a paragraph that has no number", piece(None, "New words.", marker="none"),
     Clause("use.new-words", text="New words.", marker="none")),
    ("a heading, whatever stands before it", piece(None, "New", kind="heading", level=2, marker="none"),
     Clause("use.new", "heading", "New")),
]  # fmt: skip


@pytest.mark.parametrize(("read", "wanted"), [row[1:] for row in ADDED], ids=[row[0] for row in ADDED])
def test_what_was_added_keeps_its_kind_and_only_an_unusual_marker(read: ReadPiece, wanted: Clause) -> None:
    made = redraft(model(), DraftCopy([*WHOLE[:2], read, *WHOLE[2:]]), HISTORY, {})
    assert next(clause for clause in made.model.walk() if clause.id == wanted.id) == wanted
    assert [(one.kind, one.clause) for one in made.changes] == [("add", wanted.id)]


def test_what_was_added_twice_gets_two_ids_and_none_that_was_ever_used() -> None:
    history = DraftHistory("2", HISTORY.released | {"use.new-words"})
    made = redraft(model(), DraftCopy([*WHOLE[:2], *[piece(None, "New words.")] * 2, *WHOLE[2:]]), history, {})
    assert outline(made.model)[2:4] == [".use.new-words-2", ".use.new-words-3"]


def test_a_bullet_added_below_the_words_that_close_a_list_stands_beside_that_list() -> None:
    use = model().parts[0]
    closed = replace(use.clauses[1], closing="That is all.")
    draft = replace(model(), parts=(replace(use, clauses=(use.clauses[0], closed)),))
    pieces = [*WHOLE[:4], piece("use.b.closing", "That is all."), piece(None, "New thing.", kind="item")]
    made = redraft(draft, DraftCopy(pieces), HISTORY, {})
    assert outline(made.model) == ["use", ".use.a", ".use.b", "..use.b.one", ".use.new-thing"]


def test_each_change_says_what_was_and_what_is_now() -> None:
    reworded = piece("use.a", "Other words.", kept=False)
    pieces = [WHOLE[0], WHOLE[4], reworded, *WHOLE[2:4], *WHOLE[5:]]
    made = redraft(model(), DraftCopy(pieces, [guide("Topics: phones", "use.b#settings")]), HISTORY, {})
    assert {(one.kind, one.clause): (one.before, one.after) for one in made.changes} == {
        ("move", "use.c"): ("Last words to {{ age }}.", "to the beginning"),
        ("words", "use.a"): ("First words.", "Other words."),
        ("setting", "use.b"): ("Free wording", "Free wording; topics phones"),
    }


def test_a_released_section_taken_out_is_withdrawn_where_it_stood() -> None:
    copy = DraftCopy([*WHOLE[:4], *WHOLE[5:]], gone=frozenset({"use.c"}))
    made = redraft(model(), copy, HISTORY, {"use.c": ("Sam Hill",)})
    assert outline(made.model) == SAME
    assert [clause.withdrawn for clause in made.model.walk()] == [None, None, None, "2", None]
    assert [(one.kind, one.clause, one.by) for one in made.changes] == [("withdraw", "use.c", ("Sam Hill",))]


def test_a_part_without_sections_and_a_line_without_a_section_are_handed_back() -> None:
    pieces = [*WHOLE, piece(None, "Empty", kind="heading", level=1)]
    made = redraft(model(), DraftCopy(pieces, [guide("Topics: phones", after=len(pieces))]), HISTORY, {})
    assert [entry.words for entry in made.unplaced] == ["Topics: phones", "Empty"]


@pytest.mark.parametrize("stale", [False, True])
def test_what_the_draft_changed_too_since_the_copy_was_made_is_left_and_told(stale: bool) -> None:
    pieces = [WHOLE[0], piece("use.a", "Other words.", kept=False, is_stale=stale), *WHOLE[2:]]
    guides = [guide("Topics: phones", "use.c#settings", stale=stale)]
    blanks = [ReadBlank(("age", "Age", "age", "18", "", ""), is_stale=stale)]
    made = redraft(model(), DraftCopy(pieces, guides, blanks), HISTORY, {})
    assert len(made.unplaced) == (3 if stale else 0)
    assert [one.kind for one in made.changes] == ([] if stale else ["blank", "words", "setting"])
    assert (made.model == model()) is stale


@pytest.mark.parametrize(
    ("pieces", "unplaced"), [(WHOLE, ["age"]), ([*WHOLE[:4], piece("use.c", "to nobody"), *WHOLE[5:]], [])]
)
def test_a_blank_goes_only_where_the_text_has_it_no_more(pieces: list[ReadPiece], unplaced: list[str]) -> None:
    made = redraft(model(), DraftCopy(pieces, gone=frozenset({"blank age"})), HISTORY, {})
    assert [entry.clause for entry in made.unplaced] == unplaced
    assert ("age" in made.model.parameters) is bool(unplaced)


FULL = Clause(
    "use.a", text="Words.", closing="The end.", note="A note.", source="A law.", permission="Theirs.", topics=("phones",),
    defines=("leaver",), supersedes=("use.z",), tailoring="fixed", when=Condition(("trust",)), head=("H",), rows=(("r",),),
    fields=(FormField("Name", "line"),),
)  # fmt: skip
PLAIN: dict[str, object] = {"tailoring": "free", "topics": (), "defines": (), "supersedes": (), "when": None}
TAKEN_OUT: list[tuple[str, dict[str, object]]] = [
    ("use.a", {"text": ""}),
    ("use.a.closing", {"closing": ""}),
    ("use.a#settings", PLAIN),
    ("use.a#rows", {"head": (), "rows": ()}),
    ("use.a#fields", {"fields": ()}),
    ("use.a#note", {"note": ""}),
    ("use.a#source", {"source": ""}),
    ("use.a#permission", {"permission": ""}),
]


@pytest.mark.parametrize(("name", "changes"), TAKEN_OUT)
def test_a_piece_taken_out_takes_nothing_else_along(name: str, changes: dict[str, object]) -> None:
    assert without_piece(FULL, name) == replace(FULL, **changes)  # type: ignore[arg-type]


CHOOSING = Clause("use.a", choices=(Choice("first", "One."), Choice("second", "Two."), Choice("third", "Three.")))


def test_choices_are_taken_out_and_reworded_one_by_one() -> None:
    assert [one.id for one in without_piece(CHOOSING, "use.a#choice-second").choices] == ["first", "third"]
    other = set_line(CHOOSING, guide("Or. Two more.", "use.a#choice-second"), {})
    assert [one.text for one in other.choices] == ["One.", "Two more.", "Three."]
    first = reword(CHOOSING, piece("use.a", "One more."))
    assert (first.text, [one.text for one in first.choices]) == ("", ["One more.", "Two.", "Three."])


def test_a_choice_typed_below_a_section_makes_its_own_words_the_first() -> None:
    made = set_line(Clause("use.a", text="Ask the head."), guide("Or: Ask the head today."), {})
    assert (made.text, made.tailoring) == ("", "choice")
    assert [(one.id, one.text) for one in made.choices] == [
        ("ask-the-head", "Ask the head."), ("ask-the-head-2", "Ask the head today."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Or. Two.", "choice"), ("or: Two.", "choice"), ("Note to schools. Why.", "note"), ("Note: Why.", "note"),
     ("Source. A law.", "source"), ("Permission: theirs", "permission"), ("Values only.", "settings"),
     ("Topics: phones", "settings"), ("Order your own.", "settings")],
)  # fmt: skip
def test_a_line_says_what_it_is(line: str, kind: str) -> None:
    assert kind_of_line(line) == kind


FORM = [("Name", "line"), ("Agreed", "Tick box"), ("Signed", " signature "), ("Remark", "")]


def test_a_form_is_read_line_by_line_and_an_unknown_kind_is_refused() -> None:
    read = ReadPiece("use.a#fields", "", rows=(("Line of the form", "Kind"), *FORM))
    assert [(one.label, one.type) for one in reword(FULL, read).fields] == [
        ("Name", "line"), ("Agreed", "tick"), ("Signed", "signature"), ("Remark", "line"),
    ]  # fmt: skip
    for row in (("Name", "picture"), (" ", "line")):
        with pytest.raises(ValueError, match="is no line of a form"):
            reword(FULL, replace(read, rows=(*read.rows, row)))


def test_a_table_with_a_head_keeps_it_apart_from_its_rows() -> None:
    made = reword(FULL, ReadPiece("use.a#rows", "", rows=(("Head",), ("r",), ("s",))))
    assert (made.head, made.rows) == (("Head",), (("r",), ("s",)))
    made = reword(replace(FULL, head=()), ReadPiece("use.a#rows", "", rows=(("r",), ("s",))))
    assert (made.head, made.rows) == ((), (("r",), ("s",)))


@pytest.mark.parametrize(
    ("runs", "before", "source"),
    [
        (
            (
                Run(
                    "Plain words.",
                ),
            ),
            "",
            "Plain words.",
        ),
        ((Run("Never "), Run("ever", bold=True), Run(" {{ age }}.")), "", "Never **ever** {{ age }}."),
        ((Run("Never "), Run("ev", bold=True), Run("er", bold=True)), "", "Never **ever**"),
        ((Run("To {{ a"), Run("ge }}.")), "", "To {{ age }}."),
        ((Run("Two   words"),), "Two words", "Two words"),
        ((Run("Two words", bold=True),), "Two words", "**Two words**"),
        ((Run("Two words"),), "**Two** words", "Two words"),
    ],
)
def test_edited_words_keep_their_markup_and_their_blanks(runs: tuple[Run, ...], before: str, source: str) -> None:
    assert source_of(runs, before) == source


def test_a_cell_whose_words_are_the_same_keeps_its_markup() -> None:
    before = (("**Who**", "When"), ("Staff", "*Always*"))
    assert source_rows([("Who", "When"), ("Pupils", "Always")], before) == (before[0], ("Pupils", "*Always*"))
    assert source_rows([("Who", "When"), ("New", "Row"), ("Staff", "Always")], before) == (
        before[0], ("New", "Row"), before[1],
    )  # fmt: skip
    assert source_rows([("Who",), ("Staff",)], before) == (("Who",), ("Staff",))
