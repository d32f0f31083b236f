from __future__ import annotations

import pytest

from maskcheck.fixes.apply import apply_edits
from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Edit, FileChange
from tests.fixes.reports import ReplaceText


def edit(*pairs: tuple[str, str], file: str = "/m.py") -> Edit:
    return Edit("", tuple(FileChange(file, ReplaceText(*pair)) for pair in pairs))


def test_edits_are_made_in_their_order() -> None:
    found = apply_edits({"/m.py": b"a = 1\n"}, [edit(("1", "2")), edit(("2", "3"))])
    assert found == {"/m.py": b"a = 3\n"}


def test_same_change_is_made_once() -> None:
    longer = edit(("a = 1", "a = 1\na = 1"))
    assert apply_edits({"/m.py": b"a = 1\n"}, [longer, longer]) == {"/m.py": b"a = 1\na = 1\n"}


def test_contents_given_stay_as_they_are() -> None:
    contents = {"/m.py": b"a = 1\n", "/n.py": b"\xff"}
    assert apply_edits(contents, [edit(("1", "2"))])["/n.py"] == b"\xff"
    assert contents["/m.py"] == b"a = 1\n"


@pytest.mark.parametrize("text", ["# -*- coding: latin-1 -*-\na = '\xe9'\r\n", "a = '\xe9'\r\n"])
def test_encoding_and_line_endings_stay(text: str) -> None:
    coding = "latin-1" if "latin" in text else "utf-8"
    data = text.encode(coding)
    assert apply_edits({"/m.py": data}, [edit()]) == {"/m.py": data}


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(CannotChange, match="cannot be parsed"):
        apply_edits({"/m.py": b"a = (\n"}, [edit(("a", "b"))])


@pytest.mark.parametrize("data", [b"\x0ca = 1\n", b"a = 1\r"])
def test_source_that_would_not_stay_as_it_is_is_refused(data: bytes) -> None:
    with pytest.raises(CannotChange, match="cannot be changed without changing other text"):
        apply_edits({"/m.py": data}, [edit(("1", "2"))])


def test_byte_order_mark_stays() -> None:
    data = b"\xef\xbb\xbfa = 1\r\n"
    assert apply_edits({"/m.py": data}, [edit()]) == {"/m.py": data}


def test_change_without_a_place_is_refused() -> None:
    with pytest.raises(CannotChange, match="there is no b"):
        apply_edits({"/m.py": b"a = 1\n"}, [edit(("b", "c"))])
