"""What the spec says of one class."""

from __future__ import annotations

from collections.abc import Mapping

from maskcheck.known_failures.read_expectation import read_expectations
from maskcheck.model.case import Case, LayerSpec, SpecValue
from maskcheck.specfile.read.cases import CASE_KEYS, read_case, read_cases, read_dtypes
from maskcheck.specfile.read.values import read_value
from maskcheck.yamlfile.fields import is_dotted, read_fields, read_named, read_nonempty_items, read_text
from maskcheck.yamlfile.nodes import Pair, error_at

_ENTRY_KEYS = ("cases", *CASE_KEYS, "dtypes", "probe", "expect", "skip")


def read_layer(name: str, pair: Pair) -> LayerSpec:
    """Return the entry of the class ``name``.

    A case written inline has the id "default".

    Raises:
        SpecError: the name cannot be that of a class, or a part of the entry is faulty.
    """
    if not is_dotted(name):
        near = name.replace("/", ".").replace(".py:", ".").replace(":", ".")
        hint = f"write {near}" if is_dotted(near) else "write Class, or module.Class"
        raise error_at(pair.key, f"{name!r} is not the name of a class", hint)
    what = f"the entry {name!r}"
    hint = "give it init and input, or skip"
    fields = read_fields(pair.value, what, _ENTRY_KEYS, hint, {"id": "it belongs to one of several 'cases'"})
    if not fields:
        raise error_at(pair.value, f"{what} is empty", hint)
    cases = _read_entry_cases(fields, pair)
    skip = fields.get("skip")
    return LayerSpec(
        name=name,
        mark=pair.key.mark,
        cases=cases,
        dtypes=read_dtypes(fields),
        probe=_read_probe(fields["probe"]) if "probe" in fields else {},
        expect=read_expectations(fields["expect"].value, [case.id for case in cases])
        if "expect" in fields
        else (),
        skip=read_text(skip.value, "'skip'", 'give the reason: skip: "needs a licence"') if skip else None,
    )


def _read_entry_cases(fields: Mapping[str, Pair], entry: Pair) -> tuple[Case, ...]:
    inline = [key for key in CASE_KEYS if key in fields]
    if "cases" not in fields:
        return (read_case(fields, "default", entry.key.mark),) if inline else ()
    if inline:
        key = fields[inline[0]].key
        raise error_at(key, f"an entry has both 'cases' and {inline[0]!r}", f"move {inline[0]!r} into a case")
    return read_cases(fields["cases"].value)


def _read_probe(pair: Pair) -> dict[str, tuple[SpecValue, ...]]:
    hint = "write probe: {mode: [sum, mean]}"
    probes = read_named(pair.value, "'probe'", hint)
    return {
        name: tuple(read_value(item) for item in read_nonempty_items(values, f"'probe' of {name!r}", hint))
        for name, values in probes.items()
    }
