"""The spec file with one case for each class."""

from __future__ import annotations

from tests.mutants.draft import Draft
from tests.mutants.hosts import Host
from tests.mutants.plan import Plan


def spec(plan: Plan) -> str:
    """Return the text of the spec file."""
    entries = [entry(host, name, draft) for host, classes in plan.classes.items() for name, draft in classes]
    return "\n".join(["version: 1", "layers:", *entries]) + "\n"


def entry(host: Host, name: str, draft: Draft) -> str:
    """Return the entry of one class: the host's case with its own arguments."""
    inherited = () if draft.composite else draft.host.init
    own = [(a.name, a.value) for a in draft.arguments if a.value]
    init = ", ".join(f"{key}: {value}" for key, value in (*inherited, *own, *draft.case))
    lines = [("init", f"{{{init}}}"), *draft.host.inputs, *draft.extra]
    return f"  {host.package}.{name}:\n" + "\n".join(f"    {key}: {value}" for key, value in lines)
