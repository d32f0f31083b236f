"""What a layer does to the processes, descriptors and modules that all layers need costs that layer only."""

from pathlib import Path

import pytest

from maskcheck.model.report import LayerReport, Verdict
from tests.engine.scans import layer, reports, write

KILLS = "os.kill(os.getppid(), signal.{}); time.sleep(1000)"
LAYERS = {
    "First": "print('all is well')",
    "EndsTheServer": KILLS.format("SIGTERM"),
    "InterruptsTheServer": KILLS.format("SIGINT"),
    "ChildEndsTheServer": "subprocess.run(['kill', str(os.getppid())])",
    "KillsTheServer": KILLS.format("SIGKILL"),
    "WritesRubbish": """
        for descriptor in range(3, 40):
            try:
                os.write(descriptor, b"rubbish")
            except OSError:
                pass
        """,
    "ClosesLow": "os.closerange(3, 200)",
    "ClosesAllButOutput": "os.closerange(3, 70000)",
    "OpensMany": "os.held = [os.open(os.devnull, os.O_RDONLY) for _ in range(60)]",
    "CountsAfterwards": "print(len(os.listdir('/dev/fd')) < 60)",
    "PatchesOpen": "import builtins\nbuiltins.open = None\nopen('x')",
    "PatchesPickle": "import pickle\npickle.dumps = None",
    "LimitsFiles": "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))",
    "MovesTemporary": "import tempfile\ntempfile.tempdir = '/nowhere'",
    "RemovesTemporary": "import shutil, tempfile\nshutil.rmtree(tempfile.gettempdir())",
    "ShutsTemporary": "import tempfile\nos.chmod(tempfile.gettempdir(), 0)",
    "FindsTemporary": "import tempfile\nprint(oct(os.stat(tempfile.gettempdir()).st_mode))",
    "Last": "import tempfile\nprint(tempfile.gettempdir() != '/nowhere', open.__name__)",
}
# The sender of the signal is gone before anybody can ask whose child it was.
HEALTHY = (
    "First",
    "ChildEndsTheServer",
    "WritesRubbish",
    "ClosesLow",
    "ClosesAllButOutput",
    "OpensMany",
    "PatchesPickle",
    "Last",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LayerReport]:
    directory = tmp_path_factory.mktemp("shared")
    write(directory, shared="".join(layer(name, body) for name, body in LAYERS.items()))
    return reports(directory, "shared")


def test_every_layer_is_told(told: dict[str, LayerReport]) -> None:
    assert list(told) == list(LAYERS)


@pytest.mark.parametrize("name", HEALTHY)
def test_what_needs_nothing_of_that_conforms(told: dict[str, LayerReport], name: str) -> None:
    assert told[name].verdict is Verdict.CONFORM, told[name].findings


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EndsTheServer", "it sent SIGTERM to the process that had started its own"),
        ("InterruptsTheServer", "it sent SIGINT to the process that had started its own"),
        ("KillsTheServer", "the process that had started its own was killed"),
        ("PatchesOpen", "TypeError: 'NoneType' object is not callable, after it replaced builtins.open"),
    ],
)
def test_the_culprit_is_told(told: dict[str, LayerReport], name: str, words: str) -> None:
    (finding,) = told[name].findings
    assert finding.rule == "MC005"
    assert words in finding.message


def test_the_temporary_folder_is_put_back(told: dict[str, LayerReport]) -> None:
    assert told["FindsTemporary"].output == "0o40700\n"


def test_what_was_left_open_is_not_the_next_layers(told: dict[str, LayerReport]) -> None:
    assert told["CountsAfterwards"].output == "True\n"


def test_what_was_replaced_is_put_back(told: dict[str, LayerReport]) -> None:
    assert told["Last"].output == "True open\n"


def test_a_module_that_kills_the_server_when_it_is_imported(tmp_path: Path) -> None:
    write(
        tmp_path,
        good=layer("Good"),
        bad="os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(1000)\n" + layer("Bad"),
    )
    found = reports(tmp_path, "good", "bad")
    assert found["Good"].verdict is Verdict.CONFORM
    (finding,) = found["bad"].findings
    assert (finding.rule, "was killed" in finding.message) == ("MC001", True)
