"""Which arguments name something outside the program, by their names and by what is done with them."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path
from textwrap import dedent, indent

import pytest

from maskcheck.source.arguments.outside import names_outside, used_outside
from maskcheck.source.arguments.outside_words import ADDRESS, COMMAND, DESCRIPTOR, FILE, PORT
from tests.paths import ROOT

STDLIB = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("path", FILE),
        ("log_path", FILE),
        ("vocab_file", FILE),
        ("outDir", FILE),
        ("out_dir", FILE),
        ("checkpoint", FILE),
        ("base_url", ADDRESS),
        ("host", ADDRESS),
        ("port", PORT),
        ("fd", DESCRIPTOR),
        # No path of files, how many there are, or what is told of them.
        ("drop_path", ""),
        ("drop_path_rate", ""),
        ("path_dropout", ""),
        ("num_paths", ""),
        ("n_files", ""),
        ("use_file", ""),
        ("file_format", ""),
        ("stochastic_path", ""),
        ("skip_path", ""),
        ("profile", ""),
        ("transport", ""),
        ("units", ""),
    ],
)
def test_names(name: str, what: str) -> None:
    assert names_outside(name) == what


@pytest.mark.parametrize(
    ("name", "annotation", "what"),
    [
        ("table", "pathlib.Path", FILE),
        ("table", "str | os.PathLike[str]", FILE),
        ("paths", "int", ""),
        ("path", "float", ""),
        ("port", "int", PORT),
        ("fd", "int", DESCRIPTOR),
        ("path", "str", FILE),
    ],
)
def test_annotations(name: str, annotation: str, what: str) -> None:
    assert names_outside(name, annotation) == what


def _used(tmp_path: Path, init: str, more: str = "", before: str = "") -> dict[str, str]:
    text = f"class L:\n    def __init__(self, a, b=None):\n{indent(dedent(init).strip(), ' ' * 8)}\n"
    file = tmp_path / "module.py"
    file.write_text(f"{dedent(before)}\n{text}{indent(dedent(more), ' ' * 4)}", encoding="utf-8")
    return dict(used_outside((str(file), "L")))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("open(a)", FILE),
        ("open(str(a) + '.txt')", FILE),
        ("open(f'{a}/x')", FILE),
        ("Path(a).read_text()", FILE),
        ("shutil.rmtree(a)", FILE),
        ("os.remove(os.path.join('x', a))", FILE),
        ("np.save(a, [1])", FILE),
        ("tf.io.gfile.GFile(a)", FILE),
        ("tf.io.gfile.rmtree(a)", FILE),
        ("tempfile.mkdtemp(dir=a)", FILE),
        ("sqlite3.connect(a)", FILE),
        ("logging.FileHandler(a)", FILE),
        ("zipfile.ZipFile(a, 'w')", FILE),
        ("subprocess.run([a])", COMMAND),
        ("os.system('ls ' + a)", COMMAND),
        ("socket.create_connection((a, 80))", ADDRESS),
        ("urllib.request.urlopen(a)", ADDRESS),
        # Nothing is touched.
        ("os.path.basename(a)", ""),
        ("tempfile.mkdtemp(prefix=a)", ""),
        ("signal.get_window(a)", ""),
        ("tf.signal.stft(a)", ""),
        ("print(a)", ""),
        ("self.opened = bool(a)", ""),
        ("range(a)", ""),
    ],
)
def test_what_init_does(tmp_path: Path, statement: str, what: str) -> None:
    assert _used(tmp_path, statement) == ({"a": what} if what else {})


def test_attributes_are_followed_into_other_methods(tmp_path: Path) -> None:
    assert _used(tmp_path, "self.where = Path(a) / 'x'", "def build(self, s):\n    self.where.unlink()") == {
        "a": FILE
    }


def test_methods_and_functions_of_the_module_are_followed(tmp_path: Path) -> None:
    before = "def write(text, to=None):\n    with open(to) as file:\n        file.write(text)\n"
    assert _used(tmp_path, "write('x', to=a)", before=before) == {"a": FILE}
    assert _used(tmp_path, "self.load(b)", "def load(self, p):\n    return np.loadtxt(p)") == {"b": FILE}
    static = "@staticmethod\ndef load(p):\n    return np.loadtxt(p)"
    assert _used(tmp_path, "self.load(b)", static) == {"b": FILE}


def test_a_function_that_calls_itself_ends(tmp_path: Path) -> None:
    before = "def walk(p):\n    return walk(p + 'x') or open(p)\n"
    assert _used(tmp_path, "walk(a)", before=before) == {"a": FILE}


def test_a_method_of_a_derived_class_takes_what_the_init_of_its_base_hands_on(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    base = "class Base:\n    def __init__(self, where):\n        self.use(where)\n    def use(self, x): ...\n"
    file.write_text(f"{base}class L(Base):\n    def use(self, x):\n        os.remove(x)\n", encoding="utf-8")
    assert used_outside((str(file), "L"), (str(file), "Base")) == {"where": FILE}
    assert used_outside((str(file), "Base")) == {}


@pytest.mark.parametrize("file", STDLIB, ids=lambda file: file.name)
def test_any_source_can_be_read(file: Path) -> None:
    tree = ast.parse(file.read_bytes())
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    found = [used_outside((str(file), name)) for name in names]
    assert all(isinstance(name, str) and what for each in found for name, what in each.items())


def test_a_class_that_is_not_there_uses_nothing() -> None:
    assert used_outside((str(ROOT / "tests/paths.py"), "Nothing")) == {}
    assert used_outside(("/no/such/file.py", "L")) == {}
