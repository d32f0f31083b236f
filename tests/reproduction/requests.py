"""Requests for scripts, made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from maskcheck.model.case import Case, Leaf, Subject
from maskcheck.model.finding import Finding, Severity
from maskcheck.reproduction.script.request import Request

SUBJECT = Subject("mymodule", "Scale", "mymodule.py", 4)
CASE = Case("default", init={"factor": 2.0}, args=(Leaf((2, 3)),))


def make_finding(rule: str, *subjects: str, **values: Any) -> Finding:
    """Return an error of a rule on the usual routes."""
    routes = values.pop("routes", ("config", "keras"))
    message = values.pop("message", "it is lost")
    return Finding(rule, "a-name", Severity.ERROR, subjects, message, "default", routes, **values)


def make_request(finding: Finding, **values: Any) -> Request:
    """Return a request for the script of a finding, with other fields than usual."""
    return replace(Request(SUBJECT, CASE, finding), **values)
