from __future__ import annotations

import pytest

from maskcheck.errors import SpecError
from maskcheck.model.case import LayerSpec, Mark, Spec, Subject
from maskcheck.specfile.read.match import make_unknown_class_error, match_spec


def subject(module: str, qualname: str) -> Subject:
    return Subject(module, qualname, f"{module}.py", 1)


def entry(name: str, line: int = 3, skip: str | None = None) -> LayerSpec:
    return LayerSpec(name, Mark("s.yaml", line, 3), skip=skip)


SUBJECTS = (
    subject("pkg.masks", "SequenceMask"),
    subject("pkg.masks", "Outer.Inner"),
    subject("pkg.old", "Twice"),
    subject("pkg.new", "Twice"),
    subject("pkg", "Twice"),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("SequenceMask", "pkg.masks.SequenceMask"),
        ("masks.SequenceMask", "pkg.masks.SequenceMask"),
        ("pkg.masks.SequenceMask", "pkg.masks.SequenceMask"),
        ("Inner", "pkg.masks.Outer.Inner"),
        ("Outer.Inner", "pkg.masks.Outer.Inner"),
        ("new.Twice", "pkg.new.Twice"),
        ("pkg.Twice", "pkg.Twice"),
    ],
)
def test_entry_matches_name_path_or_its_end(name: str, found: str) -> None:
    layer = entry(name)
    assert match_spec(Spec("s.yaml", (layer,)), SUBJECTS) == ({found: layer}, ())


@pytest.mark.parametrize("name", ["Mask", "equenceMask", "other.SequenceMask", "pkg", "sequencemask"])
def test_other_entries_match_nothing(name: str) -> None:
    layer = entry(name)
    assert match_spec(Spec("s.yaml", (layer,)), SUBJECTS) == ({}, (layer,))


def test_skipped_entry_may_match_nothing() -> None:
    assert match_spec(Spec("s.yaml", (entry("Gone", skip="why"),)), SUBJECTS) == ({}, ())


def test_no_spec_matches_nothing() -> None:
    assert match_spec(Spec(), SUBJECTS) == ({}, ())


def test_name_that_repeats() -> None:
    with pytest.raises(SpecError) as raised:
        match_spec(Spec("s.yaml", (entry("Twice"),)), SUBJECTS)
    paths = "pkg.old.Twice, pkg.new.Twice, pkg.Twice"
    assert str(raised.value) == f"s.yaml:3:3: 'Twice' names 3 classes (write one of: {paths})"


def test_two_entries_for_one_class() -> None:
    spec = Spec("s.yaml", (entry("SequenceMask", 3), entry("masks.SequenceMask", 9)))
    with pytest.raises(SpecError) as raised:
        match_spec(spec, SUBJECTS)
    assert str(raised.value) == (
        "s.yaml:9:3: 'masks.SequenceMask' and 'SequenceMask' on line 3 are the same class"
        " (write all its cases in one entry)"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SequenseMask", " (did you mean 'SequenceMask'?)"),
        ("pkg.mask.SequenceMask", " (did you mean 'pkg.masks.SequenceMask'?)"),
        ("Zzz", " (known: Inner, SequenceMask, Twice)"),
    ],
)
def test_unknown_class(name: str, hint: str) -> None:
    assert (
        str(make_unknown_class_error(entry(name), SUBJECTS))
        == f"s.yaml:3:3: no layer is named {name!r}{hint}"
    )


def test_unknown_class_among_none_or_many() -> None:
    assert str(make_unknown_class_error(entry("A"), ())) == "s.yaml:3:3: no layer is named 'A'"
    many = [subject("m", f"Layer{number:02}") for number in range(12)]
    names = ", ".join(f"Layer{number:02}" for number in range(10))
    assert make_unknown_class_error(entry("Zzz"), many).hint == f"known: {names} and 2 more"
