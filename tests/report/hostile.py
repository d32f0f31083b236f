"""Reports in which every text that a user may have a say in is as hostile as it can be."""

from __future__ import annotations

from hypothesis import strategies as st

from maskcheck.model.finding import ArrayDelta, Check, Finding, MaskRow, Severity, Status
from maskcheck.model.report import LayerReport, Report, ScanFinished, ScanStarted, Unproven, Verdict
from tests.report.samples import VERSIONS

NASTY = (
    "",
    " ",
    "\x00\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "\ud800\udfff\ufffe\u202e\u2028\x85",
    "a\r\nb\n\n# c",
    "]]></failure><x y='1'/>&amp;&#0;<!--",
    "| a | `b` | \\| ``` \\",
    "</details><script>alert(1)</script>",
    "**a** __b__ ~~c~~ [d](e) ![f](g) $h$ @team #1 :+1: <i@j.k>",
    "\n::error file=a,line=1::b%0A::stop-commands::c\n##[error]d",
    "%25%0A,:=;",
    "{0} {{1}} [a](1) \\[",
    "/abs:olute:1: MC101 x, y",
    "..//./%2e C:\\d",
    "```\n```\n````",
)
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=8))
ROUTES = st.one_of(st.sampled_from(["config", "keras", "weights"]), TEXTS)
RULES = ("MC005", "MC101", "MC308", "MC401")


def _few(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=2, unique=True).map(tuple)


def _findings() -> st.SearchStrategy[Finding]:
    return st.builds(
        Finding,
        rule=st.sampled_from(RULES),
        name=st.just("argument-missing"),
        severity=st.sampled_from(Severity),
        subjects=TEXTS.map(lambda text: tuple(text.split(", "))),
        message=TEXTS,
        case=st.none() | TEXTS,
        routes=_few(ROUTES),
        status=st.sampled_from([Status.FAILED, Status.EXPECTED]),
        before=TEXTS,
        after=TEXTS,
        diff=TEXTS,
        hint=TEXTS,
        file=st.none() | TEXTS,
        line=st.none() | st.integers(0, 99),
        deltas=st.just(()) | _deltas().map(_one),
        masks=st.just(()) | st.builds(MaskRow, TEXTS, st.just("TF"), st.just("TT")).map(_one),
        consequences=_few(TEXTS),
    )


def _deltas() -> st.SearchStrategy[ArrayDelta]:
    return st.builds(ArrayDelta, TEXTS, st.just((1,)), st.just((2,)), TEXTS, TEXTS)


def _checks() -> st.SearchStrategy[Check]:
    return st.builds(Check, st.sampled_from(RULES), ROUTES, TEXTS, st.sampled_from(Status), TEXTS)


def _one(item: object) -> tuple[object, ...]:
    return (item,)


def layers() -> st.SearchStrategy[LayerReport]:
    """Layers with any findings and checks, also such as no engine would put together."""
    return st.builds(
        LayerReport,
        id=TEXTS,
        name=TEXTS,
        file=TEXTS,
        line=st.integers(0, 99),
        verdict=st.sampled_from(Verdict),
        cases=_few(TEXTS).map(lambda names: tuple((name, "spec") for name in names)),
        routes=_few(ROUTES),
        findings=st.lists(_findings(), max_size=2).map(tuple),
        checks=st.lists(_checks(), max_size=3).map(tuple),
        unproven=st.builds(Unproven, TEXTS, TEXTS).map(_one),
        skip=TEXTS,
        output=TEXTS,
        inferred=TEXTS,
    )


def reports() -> st.SearchStrategy[Report]:
    """Whole scans, finished and interrupted."""
    start = st.builds(
        ScanStarted,
        versions=st.just(VERSIONS),
        device=TEXTS,
        seed=st.just(0),
        targets=TEXTS.map(lambda text: (text,)),
        spec=st.none() | TEXTS,
        layers=st.integers(2, 3),
    )
    finish = st.builds(ScanFinished, st.just(4.2), st.sampled_from([0, 1, 130]), st.booleans())
    return st.builds(Report, start, st.lists(layers(), max_size=2).map(tuple), finish)
