"""The assertion on a file that a new process loads, which imports the module and nothing else."""

from __future__ import annotations

from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.case_lines import write_call_text
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.request import Request
from maskcheck.reproduction.script.trips import write_model, write_path


def assert_fresh(request: Request) -> Block:
    """Return the lines that load a file elsewhere, and compare what it computes there.

    Raises:
        NotWritable: there is no module to import, or several tensors go in.
    """
    leaves = write_call_text(request.case).leaves
    if request.inline or len(leaves) != 1 or request.is_model:
        raise NotWritable("another process must import the module, and be given one tensor")
    keras = "tf_keras as keras" if request.legacy else "keras"
    lines = [
        "model.save(path)",
        'np.save(f"{path}.npy", x)',
        'code = """import sys',
        f"import {keras}",
        "import numpy as np",
        f"import {request.subject.module}",
        "path = sys.argv[1]",
        "model = keras.models.load_model(path)",
        'np.save(f"{path}.npy", model(np.load(f"{path}.npy")))"""',
        "before = np.asarray(model(x))",
        'known = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "1"}',
        'command = [sys.executable, "-c", code, path]',
        "done = subprocess.run(command, env={**os.environ, **known}, capture_output=True, text=True)",
        'assert done.returncode == 0, f"a new process cannot load it: {done.stderr[-400:]}"',
        'after = np.load(f"{path}.npy")',
        'assert np.array_equal(before, after), f"a new process computes {after}, this one {before}"',
    ]
    imports = ["import os", "import subprocess", "import sys", "import tempfile"]
    return write_model(request) + make_block(write_path("model.keras"), *lines, imports=imports)
