"""The folders that maskcheck works in can be used, whatever user code did to the process."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from maskcheck.lab.process.workplace import empty_folder


def test_a_folder_is_emptied(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "left").write_text("from the case before")
    assert os.listdir(empty_folder(str(tmp_path))) == []


def test_the_mask_of_user_code_does_not_shut_a_folder(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        folder = empty_folder(str(tmp_path))
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(folder).st_mode) == stat.S_IRWXU
