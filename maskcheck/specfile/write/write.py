"""Cases to the text of a spec, in the form that people write: the inverse of ``load``."""

from __future__ import annotations

from collections.abc import Sequence

from maskcheck.errors import SpecError
from maskcheck.model.case import Case
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.layout import body_lines, entry_lines
from maskcheck.specfile.write.outline import outline_case
from maskcheck.yamlfile.version import VERSION

HEAD = f"version: {VERSION}\nlayers:\n"
# The id that the loader gives to a case written inline.
INLINE = "default"


def dump_case(case: Case, indent: int = 0, step: int = 2) -> str:
    """Return the fields of ``case`` but for its id as lines of YAML, without the last line break.

    Args:
        indent: the column of the fields, from 0.
        step: how much deeper each further level is.

    Raises:
        TypeError: it holds something that is no value of a spec.
        ValueError: it holds a mapping that a spec takes for a tensor.
    """
    return "\n".join(body_lines(outline_case(case), indent, step))


def dump_entry(name: str, cases: Sequence[Case], indent: int = 2, step: int = 2) -> str:
    """Return the entry of the class ``name`` with its ``cases``, to be put below ``layers:``.

    A single case with the id "default" is written inline.

    Raises:
        TypeError: a case holds something that is no value of a spec.
        ValueError: the entry would not be read back, by its name or by one of its cases.
    """
    if [case.id for case in cases] == [INLINE]:
        fields = outline_case(cases[0])
    else:
        fields = {"cases": [{"id": case.id, **outline_case(case)} for case in cases]}
    text = "\n".join(entry_lines(name, fields, indent, step))
    try:
        parse_spec(HEAD + text, name)
    except SpecError as error:
        raise ValueError(f"the entry of {name} cannot be written: {error}") from error
    return text
