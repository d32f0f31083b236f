"""Reading and parsing files, good and bad."""

from __future__ import annotations

import ast
import linecache
import os

import pytest

from maskcheck.model.error import ErrorInfo
from maskcheck.source.syntax_tree import cached_tree, read_tree


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "name = 'é'".encode(),
        "\ufeffname = 'é'".encode(),
        "# -*- coding: latin-1 -*-\nname = 'é'".encode("latin-1"),
        b"a = 1\r\nb = 2\r\n",
        b"pattern = '\\d'\n",
    ],
)
def test_good_text_is_parsed_without_a_warning(tmp_path, recwarn, data):
    file = tmp_path / "module.py"
    file.write_bytes(data)
    assert isinstance(read_tree(str(file)), ast.Module)
    assert not recwarn.list


def test_the_encoding_cookie_is_honoured(tmp_path):
    file = tmp_path / "module.py"
    file.write_bytes("# coding: latin-1\nname = 'é'".encode("latin-1"))
    tree = read_tree(str(file))
    assert isinstance(tree, ast.Module)
    assert ast.unparse(tree) == "name = 'é'"


@pytest.mark.parametrize(
    ("data", "kind", "line", "message"),
    [
        (b"a = 1\nb = = 2\n", "SyntaxError", 2, "invalid syntax"),
        (b"\n\n\na = '\xff'\n", "UnicodeDecodeError", 4, "not UTF-8: byte 0xff at position 8"),
        (b"a = '\xff'\n", "UnicodeDecodeError", 1, "not UTF-8: byte 0xff at position 5"),
        (b"# coding: nonsense\n", "SyntaxError", 1, "unknown encoding: nonsense"),
        (b"# coding: hex\n", "SyntaxError", 1, "hex is not a text encoding"),
        (b"a = 1\n\0b\n", "SyntaxError", 2, "the file holds null bytes"),
        (b"\x7fELF\0\0\0", "SyntaxError", 1, "the file holds null bytes"),
        (b"a = " + b"-" * 100_000 + b"1", "", 1, "nested too deeply"),
    ],
)
def test_bad_text_gives_an_error_with_its_line(tmp_path, data, kind, line, message):
    file = tmp_path / "module.py"
    file.write_bytes(data)
    error = read_tree(str(file))
    assert isinstance(error, ErrorInfo)
    assert error.type == kind or not kind
    assert message in error.message
    assert (error.file, error.line) == (str(file), line)


def test_a_missing_file_gives_an_error(tmp_path):
    error = read_tree(str(tmp_path / "none.py"))
    assert isinstance(error, ErrorInfo)
    assert error.type == "FileNotFoundError"
    assert cached_tree(str(tmp_path / "none.py")) == error


def test_a_cell_of_a_notebook_is_no_file_but_has_text():
    text, name = "class Cell: pass\n", "/nowhere/cell.py"
    linecache.cache[name] = (len(text), None, [text], name)
    tree = cached_tree(name)
    linecache.checkcache(name)
    assert isinstance(tree, ast.Module)
    assert tree.body[0].name == "Cell"


def test_a_stored_tree_is_read_again_once_the_file_changes(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("a = 1")
    first = cached_tree(str(file))
    assert cached_tree(str(file)) is first
    file.write_text("b = 2")
    os.utime(file, ns=(1, 1))
    second = cached_tree(str(file))
    assert isinstance(second, ast.Module)
    assert ast.unparse(second) == "b = 2"
