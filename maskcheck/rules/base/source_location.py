"""Where in the user's source to mend a fault."""

from __future__ import annotations

from typing import TypedDict

from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Evidence


class Place(TypedDict):
    """A file and line, as the fields of a finding."""

    file: str | None
    line: int | None


def locate(evidence: Evidence, *methods: str) -> Place:
    """Return the place of the first of ``methods`` that the class itself defines, else of the class."""
    for name in methods:
        method = evidence.facts.methods.get(name)
        if method and method.own:
            return {"file": method.file, "line": method.write_line or method.line}
    return {"file": evidence.subject.file, "line": evidence.subject.line}


def locate_error(evidence: Evidence, error: ErrorInfo, *methods: str) -> Place:
    """Return the place where an error was raised in user code, else as ``locate`` does."""
    if error.file:
        return {"file": error.file, "line": error.line}
    return locate(evidence, *methods)


def is_user_defined(evidence: Evidence, *methods: str) -> bool:
    """Tell whether any of ``methods`` is the user's, in the class or in a base that is not Keras'."""
    found = [evidence.facts.methods[name] for name in methods if name in evidence.facts.methods]
    return any(not method.builtin for method in found)
