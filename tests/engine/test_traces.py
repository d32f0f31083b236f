"""What a layer changes in its process, or leaves behind there, does not reach the next one."""

import time
from pathlib import Path

import pytest

from maskcheck.model.report import LayerFinished, LayerReport, Verdict
from tests.engine.scans import HEAD, events, layer, reports, write

LOOK = """
import locale
print(os.getcwd() == task.settings.directory, '/trace' in sys.path)
print(os.environ.get('TRACE'), 'TMPDIR' in os.environ)
print(oct(os.umask(0o077)), sys.getrecursionlimit() < 5000, sys.argv, signal.getsignal(signal.SIGUSR1).name)
print(any(entry[0] == 'error' and entry[2] is Warning for entry in warnings.filters))
print(os.environ['SET_BY_MODULE'])
"""
CHANGE = """
os.chdir('/')
os.environ['TRACE'] = '1'
del os.environ['TMPDIR']
sys.path.insert(0, '/trace')
sys.argv.append('--trace')
os.umask(0o111)
sys.setrecursionlimit(9999)
signal.signal(signal.SIGUSR1, lambda *_: None)
warnings.simplefilter('error')
"""
LAYERS = {
    "Before": LOOK,
    "Changes": CHANGE,
    "After": LOOK,
    "Forks": "if os.fork() == 0:\n    return None\nprint('parent')",
    "ForksAndRaises": "if os.fork() == 0:\n    raise SystemExit(7)\nprint('parent')",
    "ForksAndStays": "if os.fork() == 0:\n    time.sleep(1000)\nprint('parent')",
    "SetsTimer": "signal.setitimer(signal.ITIMER_REAL, 0.3)",
    "StartsThread": "threading.Thread(target=time.sleep, args=(1000,)).start()",
    "StartsProcess": "subprocess.Popen(['sleep', '1000'])",
    "StartsDaemon": "subprocess.Popen(['sleep', '1000'], start_new_session=True)",
    "Clean": "print(threading.active_count(), os.getpid())",
    "CleanToo": "print(threading.active_count(), os.getpid())",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LayerReport]:
    directory = tmp_path_factory.mktemp("traces")
    source = "os.environ['SET_BY_MODULE'] = 'kept'\n" + "".join(layer(n, body) for n, body in LAYERS.items())
    write(directory, traces=source)
    return reports(directory, "traces", jobs=1)


def test_all_are_checked_once(told: dict[str, LayerReport]) -> None:
    assert {name: report.verdict for name, report in told.items()} == dict.fromkeys(LAYERS, Verdict.CONFORM)


def test_the_state_of_the_process_is_put_back(told: dict[str, LayerReport]) -> None:
    assert told["Before"].output.split()[:4] == ["True", "False", "None", "True"]
    assert told["After"].output == told["Before"].output


def test_what_the_import_of_the_module_changed_stays(told: dict[str, LayerReport]) -> None:
    assert told["After"].output.split()[-1] == "kept"


@pytest.mark.parametrize("name", ["Forks", "ForksAndRaises", "ForksAndStays"])
def test_a_forked_child_does_not_answer(told: dict[str, LayerReport], name: str) -> None:
    assert told[name].output == "parent\n"


def test_a_worker_with_leftovers_is_replaced_a_clean_one_is_kept(told: dict[str, LayerReport]) -> None:
    # The main thread and the one that watches the output.
    assert told["Clean"].output.split()[0] == "2"
    assert told["Clean"].output == told["CleanToo"].output


def test_a_worker_whose_layer_raised_midway_is_replaced(tmp_path: Path) -> None:
    who = "print(os.getpid())\n"
    raised = who + "return fakelab.unchecked(task, ('default', 'spec'))"
    no_case = who + "return fakelab.unchecked(task)"
    write(tmp_path, mod=layer("A", no_case) + layer("B", raised) + layer("C", who) + layer("D", who))
    a, b, c, d = (report.output for report in reports(tmp_path, "mod", jobs=1).values())
    assert a == b
    assert b != c
    assert c == d


def test_a_worker_that_dies_idle_costs_no_layer(tmp_path: Path) -> None:
    bomb = layer("Bomb", "os.system(f'(sleep 0.1; kill -9 {os.getpid()}) &')")
    write(tmp_path, bombs=bomb + layer("Next") + layer("Last"))
    told = {}
    for event in events(tmp_path, "bombs", jobs=1):
        if isinstance(event, LayerFinished):
            told[event.report.name] = event.report.verdict
            # Meanwhile nobody hands out work, and the worker dies.
            time.sleep(0.3 if event.report.name == "Bomb" else 0)
    assert told == dict.fromkeys(["Bomb", "Next", "Last"], Verdict.CONFORM)


def test_worlds_do_not_meet_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    who = "import helper\n" + layer("Who", "print(helper.NAME, os.getpid())")
    for name in ("one", "two"):
        (tmp_path / name / "same.py").write_text(HEAD + who, encoding="utf-8")
        (tmp_path / name / "helper.py").write_text(f"NAME = {name!r}\n", encoding="utf-8")
    stream = events(tmp_path, "one/same.py", "two/same.py", jobs=1)
    told = [event.report.output.split() for event in stream if isinstance(event, LayerFinished)]
    assert [name for name, _ in told] == ["one", "two"]
    assert told[0][1] != told[1][1]
