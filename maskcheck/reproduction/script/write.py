"""Writes the script of one finding."""

from __future__ import annotations

from maskcheck.model.finding import Finding
from maskcheck.reproduction.script.blocks import Block, indent_block, make_block
from maskcheck.reproduction.script.case_lines import (
    write_construction,
    write_first_call,
    write_inputs,
    write_preparations,
    write_random_weights,
    write_untracked_values,
)
from maskcheck.reproduction.script.checks import CHECKS, Check
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.request import Plan, Request
from maskcheck.reproduction.script.trips import write_trip
from maskcheck.rules.weights.variable_untracked import VariableUntracked

LONGEST = 60
_WIDTH = 110
_STANDARD = tuple(f"import {name}" for name in ("json", "os", "pickle", "subprocess", "sys", "tempfile"))


def write_script(request: Request, plan: Plan) -> str:
    """Return the script that shows a finding by a plan; it ends with an AssertionError where it is lost.

    Raises:
        NotWritable: there is none, for the reason given.
    """
    body = _write_body(request, plan)
    head = [_describe(request.finding), *_write_imports(request, body)]
    inline = ["", "", *request.inline.source.splitlines(), ""] if request.inline else []
    text = "\n".join([*head, *inline, "", *body.lines]) + "\n"
    if text.count("\n") > LONGEST:
        raise NotWritable(f"the script has {text.count(chr(10))} lines, more than {LONGEST}")
    return text


def _describe(finding: Finding) -> str:
    """Return the comment that says what is lost; what a message holds of line breaks is gone."""
    text = f"# {finding.rule} {finding.name}: {' '.join(finding.message.split())}"
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _write_imports(request: Request, body: Block) -> list[str]:
    wanted = set(body.imports)
    if request.inline:
        wanted |= set(request.inline.imports)
    else:
        names = sorted({request.subject.qualname, *request.custom})
        wanted.add(f"from {request.subject.module} import {', '.join(names)}")
    wanted |= {"import numpy as np", "import tf_keras as keras" if request.legacy else "import keras"}
    own = {line for line in wanted if line.startswith(f"from {request.subject.module} import")}
    standard = sorted(line for line in wanted if line.startswith((*_STANDARD, "from copy ")))
    others = sorted(wanted - own - set(standard), key=lambda line: (line.startswith("from"), line))
    place: list[str] = []
    if request.root:
        standard = sorted({*standard, "import sys"})
        place = [f"sys.path.insert(0, {request.root!r})"]
    if request.legacy:
        standard = sorted({*standard, "import os"})
        place += ['os.environ["TF_USE_LEGACY_KERAS"] = "1"']
    groups = [standard, place, others, sorted(own)]
    return [line for group in groups if group for line in (*group, "")][:-1]


def _write_body(request: Request, plan: Plan) -> Block:
    check = CHECKS[plan.check]
    if request.subject.qualname != request.subject.name:
        raise NotWritable("the class is no name of its module")
    block = write_inputs(request.case)
    if request.policy:
        where = (
            "keras.mixed_precision.set_global_policy" if request.legacy else "keras.config.set_dtype_policy"
        )
        block += make_block(f'{where}("{request.policy}")')
    if check.raises in ("the constructor", "the call"):
        return _write_early_failure(request, block, check.raises)
    block += write_construction(request) + write_preparations(request)
    if check.values:
        block += write_random_weights(request)
    if check.values and request.finding.rule == VariableUntracked.code:
        block += write_untracked_values(request)
    block += check.before(request)
    if plan.trip:
        block += make_block("") + _write_trip(request, plan, check)
    lines = check.lines(request)
    return block + make_block("") + lines if lines.lines else block


def _write_trip(request: Request, plan: Plan, check: Check) -> Block:
    trip = write_trip(request, plan.trip, carry=check.values)
    if not check.raises:
        return trip
    called = Block() if plan.trip == "export" else write_first_call(request, "copy")
    return _refuse_errors(trip + called, check.raises)


def _write_early_failure(request: Request, block: Block, what: str) -> Block:
    made, called = write_construction(request), write_preparations(request)
    if what == "the constructor":
        return block + make_block("") + _refuse_errors(made, what)
    return block + made + make_block("") + _refuse_errors(called or write_first_call(request), what)


def _refuse_errors(block: Block, what: str) -> Block:
    """Return lines that may not raise."""
    tail = [
        "except Exception as error:",
        f'    raise AssertionError(f"{what} raises {{type(error).__name__}}: {{error}}") from error',
    ]
    return indent_block("try:", block, *tail)
