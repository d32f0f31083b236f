"""Several reports to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from maskcheck.errors import UsageError
from maskcheck.model.report import LayerReport, Report, ScanFinished, Shard
from maskcheck.report.merging import merge_reports
from tests.report.samples import ALL, BAD, BROKEN, GOOD, SKIPPED, TALKS, VERSIONS, WARNED, report


def shard(number: int, of: int, layers: Sequence[LayerReport], code: int = 0) -> Report:
    """Return the shard of a scan of ``layers`` that has every layer at a place of its number."""
    places = range(number - 1, len(layers), of)
    mine = tuple(replace(layers[place], position=place) for place in places)
    whole = report(*mine, code=code)
    return replace(whole, start=replace(whole.start, shard=Shard(number, of, len(layers))))


def test_shards_are_the_whole_in_whatever_order() -> None:
    parts = {f"{number}.json": shard(number, 3, ALL, code=number == 2) for number in (3, 1, 2)}
    whole = report(*ALL)
    assert merge_reports(parts) == replace(whole, finish=replace(whole.finish, seconds=pytest.approx(12.6)))


def test_what_modules_printed_is_kept() -> None:
    one = report(BAD)
    two = replace(report(GOOD), start=replace(TALKS, layers=1))
    assert merge_reports({"1.json": one, "2.json": two}).start.printed == TALKS.printed


def test_an_empty_shard_is_one_too() -> None:
    parts = {f"{number}.json": shard(number, 3, [GOOD]) for number in (1, 2, 3)}
    assert merge_reports(parts).layers == (GOOD,)


def test_scans_of_other_layers_come_one_after_the_other() -> None:
    one, two = report(BAD, GOOD), report(SKIPPED, code=0)
    two = replace(two, start=replace(two.start, targets=("other",), baseline="b.yaml"))
    whole = merge_reports({"1.json": one, "2.json": two})
    assert whole.layers == (BAD, GOOD, SKIPPED)
    assert whole.start.targets == ("mymodule", "other")
    assert (whole.start.layers, whole.start.baseline, whole.finish.exit_code) == (3, "b.yaml", 1)


@pytest.mark.parametrize(
    ("layers", "stated", "code"),
    [
        ([GOOD], 0, 0),
        ([GOOD], 1, 0),
        ([BAD], 0, 1),
        ([BAD], 1, 1),
        ([BROKEN], 0, 1),
        ([WARNED], 0, 0),
        ([WARNED], 1, 1),
        ([SKIPPED], 1, 0),
        ([GOOD], 130, 130),
        ([BAD], 130, 130),
        ([GOOD], 2, 2),
        ([BAD], 3, 3),
    ],
)
def test_the_code_is_computed_from_what_is_found(layers: list[LayerReport], stated: int, code: int) -> None:
    assert merge_reports({"1": report(*layers, code=stated)}).finish.exit_code == code


@pytest.mark.parametrize(
    ("codes", "code"), [((0, 1), 1), ((1, 130), 130), ((130, 2), 2), ((3, 2), 3), ((130, 0), 130)]
)
def test_the_gravest_exit_code_counts(codes: tuple[int, int], code: int) -> None:
    reports = {
        str(n): report(layer, code=c) for n, (layer, c) in enumerate(zip((GOOD, BAD), codes, strict=True))
    }
    assert merge_reports(reports).finish.exit_code == code


@pytest.mark.parametrize(("layer", "code"), [(GOOD, 130), (BAD, 1)])
def test_layers_that_are_missing_are_not_green(layer: LayerReport, code: int) -> None:
    short = report(layer, code=0)
    short = replace(short, start=replace(short.start, layers=2))
    assert merge_reports({"1": short}).finish.exit_code == code


def test_an_interrupted_scan_stays_one() -> None:
    stopped = replace(report(BROKEN), finish=ScanFinished(1.0, 130, interrupted=True))
    stopped = replace(stopped, start=replace(stopped.start, layers=4))
    whole = merge_reports({"1": report(GOOD), "2": stopped})
    assert (whole.finish.interrupted, whole.start.layers, len(whole.layers)) == (True, 5, 2)


def refused(**reports: Report) -> str:
    with pytest.raises(UsageError) as raised:
        merge_reports(reports)
    return str(raised.value)


def test_a_missing_shard() -> None:
    assert refused(a=shard(2, 4, ALL)) == "shard 1/4, 3/4, 4/4 is missing (merge all shards of the scan)"


def test_shards_of_other_scans() -> None:
    one, two = shard(1, 2, ALL), shard(2, 2, ALL[:3])
    assert refused(a=one, b=two) == "b is shard 2/2 of 3 layers, a shard 1/2 of 5 layers of another scan"
    other = replace(one, start=replace(one.start, targets=("other",)))
    assert "of another scan" in refused(a=shard(2, 2, ALL), b=other)
    assert refused(a=report(GOOD), b=one) == "a is no shard, b is one (merge shards by themselves)"


def test_a_layer_twice() -> None:
    assert refused(a=report(GOOD), b=report(BAD, GOOD)) == (
        "mymodule.TrainableMask is in a and in b (merge each layer once)"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"versions": {**VERSIONS, "keras": "3.4.0"}}, "a is of keras 3.15.1, b of keras 3.4.0"),
        ({"versions": {}}, "a is of maskcheck 0.1.0, b of maskcheck "),
        ({"device": "GPU:0"}, "a is of the device CPU:0, b of the device GPU:0"),
        ({"seed": 7}, "a is of the seed 0, b of the seed 7"),
    ],
)
def test_reports_made_on_something_else(change: dict[str, object], message: str) -> None:
    other = report(BAD)
    changed = replace(other, start=replace(other.start, **change))  # type: ignore[arg-type]
    assert refused(a=report(GOOD), b=changed) == f"{message} (merge what was made alike)"
