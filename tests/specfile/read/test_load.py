"""Whole specs: the one of the documentation, and any text at all."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.errors import SpecError
from maskcheck.model.case import Spec
from maskcheck.specfile.read.load import load_spec
from tests.specfile.conftest import Load

WHOLE = """\
version: 1
layers:
  SequenceMask:
    init: {max_length: 5}
    input: {shape: [3, 5], dtype: int32}
  mypkg.attention.CrossAttention:
    cases:
      - id: causal
        init: {units: 8, causal: true}
        input: [{shape: [2, 5, 8]}, {shape: [2, 7, 8]}]
        call: {training: false, mask: {values: [[true, true, false], [true, false, false]]}}
      - id: plain
        init: {units: 8, sizes: !tuple [1, 2], table: !array {values: [1, 2]}}
        input: {shape: [2, 5, 8], mask: [2, 5]}
      - id: two-inputs
        init: {units: 8, act: !import m.f, sub: !object {class: keras.layers.Dense, init: {units: 1}}}
        args: [{shape: [2, 5, 8]}, {shape: [2, 7, 8]}]
        prepare: [{method: adapt, args: [{shape: [8, 4]}]}]
    probe: {mode: [sum, mean]}
    expect:
      - {rule: MC101, subject: dropout, reason: "kept for old files, #42", until: 2027-01-01}
  LicensedLayer:
    skip: "needs a licence server"
"""


def test_whole_spec(load: Load) -> None:
    spec = load(WHOLE)
    assert spec.path is not None
    assert Path(spec.path).name == "s.yaml"
    sequence, attention, licensed = spec.layers
    assert [case.id for case in sequence.cases] == ["default"]
    assert [case.id for case in attention.cases] == ["causal", "plain", "two-inputs"]
    assert [len(case.args) for case in attention.cases] == [1, 1, 2]
    assert attention.cases[1].args[0].mask.shape == (2, 5)
    assert attention.cases[1].init["sizes"] == (1, 2)
    assert attention.probe == {"mode": ("sum", "mean")}
    assert attention.expect[0].until == "2027-01-01"
    assert licensed.skip == "needs a licence server"
    assert [(layer.mark.line, layer.mark.column) for layer in spec.layers] == [(3, 3), (6, 3), (22, 3)]


def test_spec_is_plain_data_that_pickles(load: Load) -> None:
    spec = load(WHOLE)
    assert pickle.loads(pickle.dumps(spec)) == spec


def test_spec_of_one_line(load: Load) -> None:
    assert load('{"version": 1, "layers": {"A": {"input": {"shape": [2]}}}}').layers[0].cases[0].args[
        0
    ].shape == (2,)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "s.yaml"


def spec_or_error(path: Path, data: bytes) -> Spec | SpecError:
    path.write_bytes(data)
    try:
        return load_spec(str(path))
    except SpecError as error:
        return error


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_a_spec_error(path: Path, data: bytes) -> None:
    assert isinstance(spec_or_error(path, data), SpecError)


@settings(deadline=None)
@given(
    st.integers(0, len(WHOLE) - 1), st.text(alphabet="[]{},:!&*#?|>-'\"%@` \n\t\\~.01aé\0\ud7ff", max_size=4)
)
def test_any_damage_gives_a_spec_or_an_error_with_its_place(path: Path, at: int, patch: str) -> None:
    found = spec_or_error(path, (WHOLE[:at] + patch + WHOLE[at + len(patch) :]).encode())
    lines = WHOLE.count("\n") + 5
    assert isinstance(found, Spec) or (found.mark is not None and 1 <= found.mark.line <= lines)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WHOLE.split("\n")), max_size=12).map("\n".join))
def test_any_lines_give_a_spec_or_an_error_with_its_place(path: Path, text: str) -> None:
    found = spec_or_error(path, b"version: 1\nlayers:\n" + text.encode())
    assert isinstance(found, Spec) or (found.mark is not None and found.message)
