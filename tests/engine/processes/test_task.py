import pickle
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from maskcheck.engine.processes.task import Failure, load, store
from maskcheck.model.snapshot import Weight


def test_plain_data_comes_back(tmp_path: Path) -> None:
    store(tmp_path / "x", [Failure("exit", "text"), {"a": (1, 2.5, b"c")}, frozenset({None})])
    assert load(tmp_path / "x") == [Failure("exit", "text"), {"a": (1, 2.5, b"c")}, frozenset({None})]


def test_arrays_come_back(tmp_path: Path) -> None:
    store(tmp_path / "x", Weight("kernel", np.arange(3), "int64", trainable=True))
    assert load(tmp_path / "x").array.tolist() == [0, 1, 2]


def test_what_would_import_other_code_is_refused(tmp_path: Path) -> None:
    store(tmp_path / "x", Decimal(1))
    with pytest.raises(pickle.UnpicklingError, match=r"decimal\.Decimal is not plain data"):
        load(tmp_path / "x")


def test_what_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises((AttributeError, pickle.PicklingError)):
        store(tmp_path / "x", lambda: None)
    assert not (tmp_path / "x").exists()
