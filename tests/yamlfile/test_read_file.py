from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.errors import SpecError
from maskcheck.exits import Exit
from maskcheck.specfile.read.load import load_spec
from maskcheck.yamlfile import read_file


def error_of(path: Path) -> str:
    with pytest.raises(SpecError) as raised:
        load_spec(str(path))
    assert raised.value.exit_code is Exit.USAGE
    return str(raised.value)


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    assert error_of(path) == f"there is no spec file {path} (check the path given to --spec)"


def test_directory(tmp_path: Path) -> None:
    assert error_of(tmp_path) == f"{tmp_path} is a directory (name the spec file in it)"


def test_unreadable_path(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 5000)
    assert error_of(path).startswith(f"cannot read {path}: ")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("version: 1\nlayers: {A: {init: {}}}\n")
    monkeypatch.setattr(read_file, "MAX_BYTES", path.stat().st_size)
    assert [layer.name for layer in load_spec(str(path)).layers] == ["A"]
    path.write_text(path.read_text() + "#")
    assert error_of(path) == f"{path} is larger than 0 MB (is it a spec file?)"


@pytest.mark.parametrize(
    ("data", "place", "byte"),
    [
        (b"\x89HDF\r\n\x1a\n", "1:1", "89"),
        (b"\xff\xfev\x00", "1:1", "ff"),
        ('version: 1\nx: "é'.encode() + b'\xe9"', "2:6", "e9"),
        (b'version: 1\nx: "\xc3', "2:5", "c3"),
    ],
)
def test_not_utf8(tmp_path: Path, data: bytes, place: str, byte: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(data)
    assert error_of(path) == f"{path}:{place}: the byte 0x{byte} is not UTF-8 (save the file as UTF-8)"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "null"])
def test_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text)
    assert error_of(path) == f"{path}:1:1: the spec is empty (start the file with version: 1)"


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_newlines_do_not_shift_the_place(
    tmp_path: Path, start: str, newline: str
) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes((start + newline.join(["version: 1", "layers:", "  A: {inti: {}}"])).encode())
    expected = f"{path}:3:7: unknown key 'inti' in the entry 'A' (did you mean 'init'?)"
    assert error_of(path) == expected
