"""What annotations say of values."""

from __future__ import annotations

import enum
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Optional, Union

import numpy as np
import pytest
from keras import layers

from maskcheck.lab.infer.guess.annotations import Annotation, read_annotation
from maskcheck.model.case import ImportTag


class Mode(enum.Enum):
    SUM = 1
    MEAN = 2


class Settings:
    pass


KINDS: list[tuple[Any, tuple[str, ...]]] = [
    (int, ("integer",)),
    (np.int64, ("integer",)),
    (float, ("number",)),
    (bool, ("flag",)),
    (str, ("text",)),
    (dict, ("mapping",)),
    (list, ("sequence",)),
    (Callable, ("callable",)),
    (Callable[[int], int], ("callable",)),
    (layers.Layer, ("layer",)),
    (layers.Dense, ("layer",)),
    (np.ndarray, ("array",)),
    (Optional[int], ("integer",)),  # noqa: UP045
    (int | None, ("integer",)),
    (Union[int, Sequence[int]], ("integer", "sequence")),  # noqa: UP007
    (Annotated[float, "a share"], ("number",)),
    (None, ()),
    (Any, ()),
    ("int", ("integer",)),
    ("Optional[float]", ("number",)),
    ("tf.Tensor", ("array",)),
    ("Unknown[int]", ("integer",)),
    ("list[Unknown]", ("sequence",)),
    ("Unknown", ()),
]


@pytest.mark.parametrize(("annotation", "kinds"), KINDS, ids=str)
def test_kinds(annotation: Any, kinds: tuple[str, ...]) -> None:
    assert read_annotation(annotation, {}).kinds == kinds


def test_text_is_resolved_where_it_was_written() -> None:
    assert read_annotation("Settings", globals()).classes == (Settings,)
    assert read_annotation("typing.Optional[Settings]", {"typing": typing, **globals()}).classes == (
        Settings,
    )


@pytest.mark.parametrize("annotation", [Literal["sum", "mean"], 'Unknown | Literal["sum", "mean"]'], ids=str)
def test_literals_are_choices(annotation: Any) -> None:
    assert read_annotation(annotation, {}).choices == ("sum", "mean")


def test_members_of_an_enum_are_choices() -> None:
    choices = read_annotation(Mode, {}).choices
    paths = [choice.path for choice in choices if isinstance(choice, ImportTag)]
    assert paths == [f"{__name__}.Mode.SUM", f"{__name__}.Mode.MEAN"]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (tuple[int, int, int], Annotation(("sequence",), length=3, items="integer", frozen=True)),
        (tuple[float, ...], Annotation(("sequence",), items="number", frozen=True)),
        (list[str], Annotation(("sequence",), items="text")),
        (Mapping[int, float], Annotation(("mapping",), items="number", keys="integer")),
        (dict[str, list[int]], Annotation(("mapping",), items="sequence", keys="text")),
    ],
    ids=str,
)
def test_containers(annotation: Any, expected: Annotation) -> None:
    assert read_annotation(annotation, {}) == expected


def test_a_union_merges_what_its_members_say() -> None:
    found = read_annotation(int | tuple[int, int] | Literal["same"] | Settings, {})
    assert found.kinds == ("integer", "sequence")
    assert (found.length, found.choices, found.classes) == (2, ("same",), (Settings,))
