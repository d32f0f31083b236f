"""What a worker asks of its helpers, and what becomes of it when they die, hang or misbehave."""

from pathlib import Path

import pytest

from maskcheck.engine.run import scan
from maskcheck.errors import UsageError
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.settings import Settings
from tests.engine.scans import FAKE, events, layer, limit, next_report, reports, wait_for, write


def asks(request: str, who: str = "importing", then: str = "") -> str:
    """Return the body of a layer that prints what its partner answers, and does more ``then``."""
    return f"print(os.getpid(), repr(task.ask({who!r}, {request!r})))\n{then}"


LOOK = "answer = os.getpid(), os.getppid(), hash('maskcheck'), os.environ.get('SET_BY_MODULE')"
AGAIN = "print(task.ask('importing', 'answer = 1 + 1'))"
LAYERS = {
    "Alone": "print(os.getpid(), os.getppid(), hash('maskcheck'), os.environ.get('SET_BY_MODULE'))",
    "Newcomer": asks(LOOK),
    "Bare": asks(LOOK, "bare"),
    "Twice": asks("answer = os.getpid()", then="print(task.ask('importing', 'answer = os.getpid()'))"),
    "Prints": asks("print('spam'); answer = 'done'"),
    "Forks": asks("answer = 'parent' if os.fork() else 'child'"),
    "BeforeCrash": "print(os.getpid())",
    "Crashes": asks("print('so long', flush=True); os.kill(os.getpid(), signal.SIGSEGV)", then=AGAIN),
    "AfterCrash": asks("answer = 'here again'"),
    "Leaves": asks("os._exit(0)", "bare"),
    "Exits": asks("sys.exit('no more')"),
    "Hangs": asks("while True: time.sleep(1)", then=AGAIN),
    "PrintsForEver": asks("while True: print('spam' * 1000)"),
    "StartsThread": asks("threading.Thread(target=time.sleep, args=(1000,)).start(); answer = 1", then=AGAIN),
    "Last": asks("answer = 'all is well'"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LayerReport]:
    directory = tmp_path_factory.mktemp("helpers")
    source = "os.environ['SET_BY_MODULE'] = 'kept'\n" + "".join(layer(n, body) for n, body in LAYERS.items())
    write(directory, helpers=source)
    hanging = limit("Hangs", "PrintsForEver", seconds=4.0)
    return reports(directory, "helpers", jobs=1, overrides=(hanging,))


def answer(report: LayerReport) -> str:
    """Return the printed answer without the worker's own number before it."""
    return report.output.splitlines()[0].partition(" ")[2]


def worker(report: LayerReport) -> str:
    return report.output.split()[0]


def test_every_layer_is_finished_whatever_its_partner_does(told: dict[str, LayerReport]) -> None:
    assert {name: report.verdict for name, report in told.items()} == dict.fromkeys(LAYERS, Verdict.CONFORM)


def test_partners_are_processes_of_another_server_with_another_hash_seed(
    told: dict[str, LayerReport],
) -> None:
    own = told["Alone"].output.split()
    for name in ("Newcomer", "Bare"):
        process, server, seed, _ = answer(told[name]).strip("()").split(", ")
        assert process != own[0]
        assert server != own[1]
        assert seed != own[2]


def test_the_importing_process_has_imported_the_modules_the_bare_one_has_not(
    told: dict[str, LayerReport],
) -> None:
    assert answer(told["Newcomer"]).endswith("'kept')")
    assert answer(told["Bare"]).endswith("None)")


def test_a_partner_is_one_process_for_all_requests(told: dict[str, LayerReport]) -> None:
    first, second = told["Twice"].output.splitlines()
    assert first.split()[1] == second


def test_what_a_partner_prints_is_not_the_layers_output(told: dict[str, LayerReport]) -> None:
    assert answer(told["Prints"]) == "'done'"
    assert "spam" not in told["Prints"].output


def test_a_child_of_a_partner_does_not_answer(told: dict[str, LayerReport]) -> None:
    assert answer(told["Forks"]) == "'parent'"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Crashes", "the other process died while answering a request; it printed last: so long"),
        ("Leaves", "the other process died while answering a request"),
        ("Exits", "ended by SystemExit: no more while answering a request"),
        ("Hangs", "the other process gave no answer in time while answering a request"),
        ("PrintsForEver", "the other process gave no answer in time while answering a request; it printed"),
    ],
)
def test_a_partner_that_gives_no_answer_is_told(told: dict[str, LayerReport], name: str, reason: str) -> None:
    assert answer(told[name]).startswith(f"Lost(reason='{reason}")


@pytest.mark.parametrize("name", ["Crashes", "Hangs"])
def test_a_partner_that_is_lost_stays_lost_for_the_layer(told: dict[str, LayerReport], name: str) -> None:
    first, second = told[name].output.splitlines()
    assert first.endswith(second)


def test_a_partner_with_a_thread_left_still_serves_its_layer(told: dict[str, LayerReport]) -> None:
    assert told["StartsThread"].output.splitlines()[1] == "2"


def test_a_worker_is_replaced_with_the_partner_it_lost(told: dict[str, LayerReport]) -> None:
    assert worker(told["BeforeCrash"]) == worker(told["Crashes"])
    assert worker(told["Crashes"]) != worker(told["AfterCrash"])
    assert answer(told["AfterCrash"]) == "'here again'"


def test_partners_end_with_their_worker(tmp_path: Path) -> None:
    ask = "".join(
        f"open({who!r}, 'w').write(str(task.ask({who!r}, 'answer = os.getpid()')))\n"
        for who in ("importing", "bare")
    )
    dies = layer("Dies", f"{ask}os.kill(os.getpid(), signal.SIGKILL)")
    write(tmp_path, mod=dies + layer("Waits", "time.sleep(1000)"))
    stream = events(tmp_path, "mod", jobs=1)
    assert next_report(stream).name == "Dies"
    numbers = [(tmp_path / who).read_text() for who in ("importing", "bare")]
    assert len(set(numbers)) == 2
    wait_for(lambda: not any(Path(f"/proc/{number}").exists() for number in numbers))
    stream.close()


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("time.sleep(1000)", "the other process gave no answer in time while importing mod"),
        ("os._exit(1)", "the other process died while importing mod"),
    ],
)
def test_an_importing_process_that_does_not_get_through_the_import(
    tmp_path: Path, deed: str, reason: str
) -> None:
    write(
        tmp_path,
        mod=f"if os.environ['PYTHONHASHSEED'] == '1':\n    {deed}\n" + layer("Asks", asks("answer = 1")),
    )
    told = reports(tmp_path, "mod", timeout=2.0)
    assert reason in told["Asks"].output


def test_without_a_route_that_needs_them_there_are_no_helpers(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Asks", asks("answer = 1")))
    told = reports(tmp_path, "mod", routes=("config",))
    assert told["Asks"].output.endswith("Lost(reason='there is no other process')\n")


def test_a_request_that_fails_in_the_lab_is_a_fault_of_the_lab(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Asks", asks("raise KeyError('a')")))
    with pytest.raises(RuntimeError, match="KeyError"):
        list(events(tmp_path, "mod"))


def test_what_the_user_can_mend_passes_through(tmp_path: Path) -> None:
    raises = "from maskcheck.errors import UsageError; raise UsageError('no device')"
    write(tmp_path, mod=layer("Asks", asks(raises)))
    with pytest.raises(UsageError, match="no device"):
        list(scan(Settings(("mod",), directory=str(tmp_path)), lab=FAKE))
