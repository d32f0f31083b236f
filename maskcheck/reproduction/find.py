"""The finding that is asked for, and what its script needs: the case, the class, where the module lies."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

from maskcheck.errors import NothingToCheck, UsageError
from maskcheck.model.case import Case, Spec, Subject
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.model.target import World
from maskcheck.model.variant import POLICIES, VARIANTS, make_variants
from maskcheck.report.fingerprint import fingerprint_findings
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.inline import write_inline
from maskcheck.reproduction.script.request import Inline, Request
from maskcheck.rules.files.not_registered import NotRegistered
from maskcheck.rules.registry import rule_of
from maskcheck.source.modules.keras_names import is_keras_model
from maskcheck.source.modules.library import Library, ModuleTexts
from maskcheck.source.modules.locate import Finder
from maskcheck.source.modules.mro import MroResolver
from maskcheck.source.modules.targets import search_roots
from maskcheck.source.syntax_tree import decode_source
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.read.match import match_spec
from maskcheck.specfile.write.write import HEAD

_SHORTEST_ID = 6


def choose_finding(report: Report, code: str | None) -> tuple[LayerReport, Finding]:
    """Return the first error of a report, or the finding that ``code`` names, with its layer.

    Args:
        report: of one class.
        code: the code or name of a rule, or the id of a finding, or its beginning.

    Raises:
        UsageError: the report is about several classes, or ``code`` is no code and no id.
        NothingToCheck: there is no such finding.
    """
    if len(report.layers) > 1:
        raise UsageError(f"there are {len(report.layers)} classes, and a script shows one", hint=_FORM)
    found = list(fingerprint_findings(report))
    name = report.layers[0].name if report.layers else "it"
    if code is None:
        errors = [each for each in found if _fails(each[1])]
        if not errors:
            raise NothingToCheck(f"there is nothing to reproduce: {name} has no error", hint=_ANY_FINDING)
        return errors[0][:2]
    if rule := rule_of(code.upper()) or rule_of(code.lower()):
        of_rule = sorted(
            (each for each in found if each[1].rule == rule.code), key=lambda e: not _fails(e[1])
        )
        if not of_rule:
            raise NothingToCheck(f"there is nothing to reproduce: {name} has no finding {rule.code}")
        return of_rule[0][:2]
    named = [each for each in found if len(code) >= _SHORTEST_ID and each[2].startswith(code.lower())]
    if len(named) != 1:
        known = ", ".join(sorted({each[1].rule for each in found})) or "nothing"
        raise UsageError(f"no rule and no finding is {code!r}", hint=f"a scan of {name} finds {known}")
    return named[0][:2]


_FORM = "write TARGET:Class"
_ANY_FINDING = "name one of its other findings by its code, if a scan with -v shows any"


def _fails(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.status is Status.FAILED


def make_request(
    layer: LayerReport, finding: Finding, worlds: Iterable[World], spec: Spec, directory: str, *, inline: bool
) -> Request:
    """Return all that the script of a finding needs.

    Raises:
        NotWritable: its case or its class is out of reach of a script.
    """
    world, subject = _find_subject(layer, tuple(worlds))
    case = find_case(layer, finding, subject, spec)
    custom = () if finding.rule == NotRegistered.code else _list_unregistered(layer)
    source = _read_inline(subject, custom) if inline else None
    root = os.path.relpath(world.root, directory) if world.root else ""
    top = subject.module.partition(".")[0]
    needs_root = root != os.curdir and (source is None or any(top in line for line in source.imports))
    return Request(
        subject,
        case,
        finding,
        root=root if needs_root else "",
        custom=custom,
        policy=case.variant if case.variant in POLICIES else "",
        legacy=bool(world.legacy),
        is_model=_is_model(subject, world, directory),
        inline=source,
    )


def find_case(layer: LayerReport, finding: Finding, subject: Subject, spec: Spec) -> Case:
    """Return the case that shows a finding, of the spec or of those that were inferred.

    Raises:
        NotWritable: there is none, or it is for another device.
    """
    entries, _ = match_spec(spec, [subject])
    entry = entries.get(subject.id)
    cases = {case.id: case for case in (entry.cases if entry else ())}
    if layer.inferred:
        cases |= {
            case.id: case for each in parse_spec(HEAD + layer.inferred, "").layers for case in each.cases
        }
    wanted = finding.case or ""
    base, _, variant = wanted.partition("@")
    case = cases.get(base) or (next(iter(cases.values())) if len(cases) == 1 else None)
    if case is None:
        raise NotWritable("there is no case of it, so there is nothing to build")
    if not variant:
        return case
    if variant not in VARIANTS:
        raise NotWritable(f"it shows only in the case {wanted}, on another device")
    return make_variants(replace(case, dtypes=()), [variant])[0]


def _find_subject(layer: LayerReport, worlds: tuple[World, ...]) -> tuple[World, Subject]:
    for world in worlds:
        for subject in world.subjects:
            if subject.id == layer.id:
                return world, subject
    raise NotWritable(f"the source text shows no class {layer.id}")


def _list_unregistered(layer: LayerReport) -> tuple[str, ...]:
    """Return the names that Keras does not find by itself, as another finding says."""
    found = (f for f in layer.findings if f.rule == NotRegistered.code)
    names = {name.rpartition(".")[2] for finding in found for name in finding.subjects}
    return tuple(sorted(name for name in names if name.isidentifier()))


def _is_model(subject: Subject, world: World, directory: str) -> bool:
    roots = tuple(dict.fromkeys((world.root or directory, *search_roots(directory))))
    library = Library(ModuleTexts(), Finder(roots))
    module = library.module(subject.module)
    found = module.classes.get(subject.qualname, ()) if module else ()
    return any(map(is_keras_model, MroResolver(library).ancestors(found[-1]))) if found else False


def _read_inline(subject: Subject, custom: tuple[str, ...]) -> Inline:
    with open(subject.file, "rb") as file:
        text = decode_source(file.read())
    is_package = os.path.basename(subject.file) == "__init__.py"
    package = subject.module if is_package else subject.module.rpartition(".")[0]
    return write_inline(text, [subject.qualname, *custom], package)
