from pathlib import Path

import pytest

from maskcheck.engine.isolation.capture import LIMIT, SHOWN, TRUNCATED, read_output

NOISE = """2025-01-02 03:04:05.123456: I tensorflow/core/util/port.cc:153] oneDNN custom operations are on.
2025-01-02 03:04:05.123456: E external/local_xla/xla/cuda.cc:9] failed call to cuInit
To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow.
WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
E0000 00:00:1735786000.000000   12345 cuda_dnn.cc:8579] Unable to register cuDNN factory
"""
KEPT = [
    "2025-01-02 03:04:05.123456: F tensorflow/core/kernels/x.cc:12] Check failed: size > 0",
    "2025-01-02 my own log line",
    "I am here",
    "F0000 00:00:1735786000.000000   12345 x.cc:1] Check failed",
]


def read(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_output(path)


def test_noise_is_dropped_fatal_lines_and_the_users_own_are_kept(tmp_path: Path) -> None:
    text = "before\n" + NOISE + "\n".join(KEPT)
    assert read(tmp_path / "output", text) == "before\n" + "\n".join(KEPT)


def test_long_text_loses_its_middle(tmp_path: Path) -> None:
    text = read(tmp_path / "output", "a" * SHOWN + "bc")
    half = SHOWN // 2
    assert text == "a" * half + "\n… 2 characters left out …\n" + "a" * (half - 2) + "bc"


def test_text_over_the_limit_says_so(tmp_path: Path) -> None:
    assert read(tmp_path / "output", "a" * (LIMIT + 5)).endswith("a" + TRUNCATED)
    assert TRUNCATED not in read(tmp_path / "output", "a" * LIMIT)


def test_what_is_no_text_is_shown(tmp_path: Path) -> None:
    assert read(tmp_path / "output", b"a\xffb") == "a�b"


@pytest.mark.parametrize("size", [0, SHOWN])
def test_short_text_is_whole(tmp_path: Path, size: int) -> None:
    assert read(tmp_path / "output", "a" * size) == "a" * size


def test_nothing_was_captured(tmp_path: Path) -> None:
    assert read_output(tmp_path / "missing") == ""
