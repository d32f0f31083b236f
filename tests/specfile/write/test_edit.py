from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.errors import SpecError
from maskcheck.model.case import LayerSpec, Mark, Subject
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.edit import add_entries, find_insertion_point, has_draft
from maskcheck.specfile.write.naming import choose_entry_names
from tests.specfile.strategies import unmarked


def with_new(text: str) -> str:
    """Add a ready entry and one in a comment, indented as the file is."""
    place = find_insertion_point(text, "s.yaml")
    margin, deeper = " " * place.indent, " " * (place.indent + place.step)
    return add_entries(text, place, [f"{margin}New:\n{deeper}init: {{}}", f"{margin}# Draft:"])


NEW = "  New:\n    init: {}\n  # Draft:\n"
HEAD = "version: 1\nlayers:\n  A: {init: {}}\n"


@pytest.mark.parametrize(
    ("before", "added", "after"),
    [
        (HEAD, NEW, ""),
        (HEAD.rstrip("\n"), "\n" + NEW, ""),
        (HEAD.rstrip("\n") + "  # why", "\n" + NEW, ""),
        (HEAD + "  # Other:\n  #   init: {}\n", NEW, ""),
        (HEAD + "\n    # deeper\n\n  # last\n", NEW, "\n# at the margin\n"),
        (HEAD, NEW, "\n\n"),
        (HEAD, NEW, "...\n"),
        ("---\n" + HEAD, NEW, "...\n"),
        ("layers:\n  A:\n    init:\n      a: 1 # one\n", NEW, "\nversion: 1 # last\n"),
        ("layers:\n  A:\n    init: {\n      a: 1\n      }\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    skip: needs a\n      licence\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    skip: |\n      # no comment\n\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    skip: |\n      # no comment\n  # one\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    skip: 'a\n\n      b'\n", NEW, "version: 1\n"),
        ("layers:\n  A: &a {init: {}}\n  B: *a\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    init:\n      a:\n", NEW, "version: 1\n"),
        ("layers:\n  A:\n    cases:\n    - init: {}\n", NEW, "version: 1\n"),
        ("layers:\n  <<: {B: {init: {}}}\n", NEW, "version: 1\n"),
        ("version: 1\nlayers:\n    A: {init: {}}\n", "    New:\n        init: {}\n    # Draft:\n", ""),
        ("version: 1\nlayers:\n A: {init: {}}\n", " New:\n  init: {}\n # Draft:\n", ""),
        (
            "  version: 1\n  layers:\n    A: {init: {}}\n",
            "    New:\n      init: {}\n    # Draft:\n",
            "  # x\n",
        ),
        ("version: 1\r\nlayers:\r\n  A: {init: {}}\r\n", NEW.replace("\n", "\r\n"), "\r\n# end\r\n"),
        ("version: 1\rlayers:\r  A: {init: {}}\r", NEW, "# end\r"),
    ],
)
def test_entries_come_after_the_last_and_its_comments(before: str, added: str, after: str) -> None:
    assert with_new(before + after) == before + added + after


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nlayers: {A: {init: {}}}\n",
        '{"version": 1, "layers": {"A": {"init": {}}}}',
        "version: 1\nlayers:\n  {A: {init: {}}}\n",
    ],
)
def test_entries_in_braces_are_left_alone(text: str) -> None:
    with pytest.raises(SpecError, match="entries cannot be added here") as raised:
        find_insertion_point(text, "s.yaml")
    assert raised.value.mark is not None
    assert text.split("\n")[raised.value.mark.line - 1][raised.value.mark.column - 1 :].startswith("{")


pieces = [
    "  {}:\n    init: {{a: 1}}\n",
    "  {}: {{init: {{a: [1,\n  2]}}}}   # same line\n",
    "  {}:\n\n    skip: >-\n     folded\n\n     text\n",
    "  {}:\n    cases:\n    - id: x\n      init:\n        a: !tuple [1]\n",
    "  ? {}\n  : init: {{}}\n",
    '  "{}": # comment\n    skip: "a\n\n  b"\n',
]
gaps = st.sampled_from(["", "\n", "  # comment\n", "# margin\n", "\n    # deep\n\n", "   \n"])


@settings(deadline=None)
@given(st.data(), st.lists(st.sampled_from(pieces), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_all_that_was_there_stays(data: st.DataObject, layout: list[str], ending: str) -> None:
    entries = "".join(piece.format(f"L{n}") + data.draw(gaps) for n, piece in enumerate(layout))
    text = f"# start\nlayers:\n{entries}version: 1\n".replace("\n", ending)
    result = with_new(text)
    place = find_insertion_point(text, "s.yaml").index
    assert (result[:place], result[place + len(result) - len(text) :]) == (text[:place], text[place:])
    before, after = parse_spec(text, "s.yaml").layers, parse_spec(result, "s.yaml").layers
    assert unmarked(after[:-1]) == unmarked(before)
    assert after[-1].name == "New"


def test_drafts_are_known_by_their_name() -> None:
    text = "  # One could not be inferred: see Two:\r\n  # One:\r\n  #   init: {}\n#m.Three:\n  # Four: {}\n"
    names = ("One", "Two", "Three", "m.Three", "Four", "init")
    assert [name for name in names if has_draft(text, name)] == ["One", "m.Three"]


def test_names_are_short_where_they_mean_one_class() -> None:
    known = [
        Subject(module, name, "f.py", 1)
        for module, name in (("a", "X"), ("a", "O.Y"), ("b", "X"), ("b", "Z"))
    ]
    entries = [LayerSpec("c.Z", Mark("s.yaml", 1))]
    assert choose_entry_names(known, entries) == {"a.X": "a.X", "a.O.Y": "Y", "b.X": "b.X", "b.Z": "b.Z"}
    assert choose_entry_names([*known[:2], known[1]], ()) == {"a.X": "X", "a.O.Y": "Y"}
