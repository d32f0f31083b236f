"""What an override sets reaches the layer that it is for, and no other."""

from pathlib import Path

import pytest

from maskcheck.engine.unmatched import check_overrides
from maskcheck.errors import UsageError
from maskcheck.model.case import Mark, Subject
from maskcheck.model.report import Verdict
from maskcheck.settings import Override
from tests.engine.scans import layer, reports, write

SHOW = "s = task.settings; print(s.timeout, s.routes, s.rtol, dict(s.left_out))"
WAIT = "time.sleep(1000)"


def override(where: Path, *layers: str, **values: object) -> Override:
    return Override(layers, values, Mark(str(where / "pyproject.toml"), 4))


def test_settings_of_one_layer(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Plain", SHOW) + layer("Own", SHOW) + layer("Slow", WAIT))
    own = override(tmp_path, "Own", routes=("config",), rtol=0.5)
    hasty = override(tmp_path, "mod.Slow", timeout=0.5)
    told = reports(tmp_path, "mod", timeout=20.0, routes=("config", "keras"), overrides=(own, hasty), jobs=1)
    assert told["Plain"].output == "20.0 ('config', 'keras') None {}\n"
    reason = f"left out by the override in {own.mark.file}, line 4"
    assert told["Own"].output == f"20.0 ('config',) 0.5 { ({'keras': reason}) }\n"
    assert told["Slow"].verdict is Verdict.UNCHECKED
    assert told["Slow"].findings[0].message.startswith("not done within the limit of 0.5 s")


def test_a_longer_limit_than_that_of_the_others(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Slow", "time.sleep(1.5)"))
    told = reports(tmp_path, "mod", timeout=0.5, overrides=(override(tmp_path, "Slow", timeout=20.0),))
    assert told["Slow"].verdict is Verdict.CONFORM


def test_an_override_for_no_layer_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Attention"))
    stale = override(tmp_path, "Attention", "mod.Atention", timeout=1.0)
    with pytest.raises(UsageError) as caught:
        reports(tmp_path, "mod", overrides=(stale,))
    assert caught.value.mark == stale.mark
    assert caught.value.message == "no layer matches 'mod.Atention'"
    assert caught.value.hint == "did you mean 'mod.Attention'?"


def test_what_a_broken_module_would_define_is_not_known(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Attention"), broken="raise ValueError\n" + layer("Here"))
    told = reports(tmp_path, "mod", "broken", overrides=(override(tmp_path, "Made", timeout=1.0),))
    assert {name: report.verdict for name, report in told.items()} == {
        "Attention": Verdict.CONFORM,
        "broken": Verdict.UNCHECKED,
    }


@pytest.mark.parametrize(("pattern", "known"), [("pkg.*.Other", True), ("Oth*", True), ("Others", False)])
def test_one_for_a_class_that_is_not_scanned_is_none(tmp_path: Path, pattern: str, known: bool) -> None:
    (tmp_path / "other.py").write_text("class Other: pass\n")
    subject = Subject("mod", "Here", "mod.py", 1)
    stale = override(tmp_path, pattern, timeout=1.0)
    if known:
        check_overrides([stale], [subject])
    else:
        with pytest.raises(UsageError, match="no layer matches 'Others'"):
            check_overrides([stale], [subject])
