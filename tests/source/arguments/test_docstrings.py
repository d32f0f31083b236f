"""What docstrings say of arguments and of the shapes of inputs."""

from __future__ import annotations

import pytest

from maskcheck.source.arguments.docstrings import described_kinds, stated_input_ranks, stated_ranks


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("units: Integer, size of the output.", "integer"),
        ("units (int): size of the output.", "integer"),
        ("units: Number of outputs.", "integer"),
        ("`units`: Positive integer.", "integer"),
        ("- units: int", "integer"),
        ("units: Float between 0 and 1.", "number"),
        ("units: Whether to add a bias.", "flag"),
        ("units: Boolean. A list is no good.", "flag"),
        ("units: str, one of `a` and `b`.", "text"),
        ("units: A list of integers.", "sequence"),
        ("units: Dictionary of options.", "mapping"),
        ("units: Callable that is applied.", "callable"),
        ("units: A layer instance.", "layer"),
        ("units: numpy array of shape (n, n).", "array"),
    ],
)
def test_kind_of_an_argument(entry: str, kind: str) -> None:
    assert described_kinds(f"Adds.\n\nArgs:\n    {entry}\n")["units"][0] == kind


def test_the_first_entry_counts() -> None:
    text = "Args:\n    units: Integer.\n    other: something\n\nReturns:\n    units: A list.\n"
    assert described_kinds(text) == {"units": ("integer",)}


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("Input shape:\n    (batch, time, features)", (3,)),
        ("Inputs of shape `[batch_size, height, width, channels]`.", (4,)),
        ("Takes a 4D tensor.", (4,)),
        ("Takes a 3-D input.", (3,)),
        ("Output shape:\n    (batch, n)\n\nInput shape:\n    (batch, time, n)", (3, 2)),
        ("Input shape: (batch, time, n)\n\nOutput shape: (batch, n)", (3, 2)),
        ("Input shape: (batch, ..., n)", ()),
        ("A batch of things, one after the other.", ()),
        ("", ()),
    ],
)
def test_stated_ranks(text: str, ranks: tuple[int, ...]) -> None:
    assert stated_ranks(text) == ranks


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        (
            "Takes 4D images.\n\nInput shape:\n    1D or 2D (batched) tensor\n\nOutput shape:\n    3D",
            (2,),
        ),
        ("Makes a 3D tensor of a 2D one.", ()),
    ],
)
def test_ranks_of_the_section_on_inputs(text: str, ranks: tuple[int, ...]) -> None:
    assert stated_input_ranks(text) == ranks
