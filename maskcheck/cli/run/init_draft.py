"""What ``maskcheck init`` adds to a spec: entries that are ready, and comments for the user to complete."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maskcheck.errors import SpecError, UsageError
from maskcheck.model.case import Inference, Spec, Subject
from maskcheck.model.target import Proposal
from maskcheck.report.terminal.escape import escape_text
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.edit import InsertionPoint, add_entries, find_insertion_point, has_draft
from maskcheck.specfile.write.layout import WIDTH
from maskcheck.specfile.write.naming import choose_entry_names
from maskcheck.specfile.write.suggest import draft_entry
from maskcheck.specfile.write.write import HEAD, INLINE, dump_entry

# Editors look for the schema beside the file, and some of them for this comment on the first line only.
START = f"""\
# yaml-language-server: $schema=maskcheck.schema.json
# How maskcheck builds and calls each layer. For an editor that checks it as you type, write the schema
# beside this file: maskcheck schema > maskcheck.schema.json
{HEAD}"""
_LONGEST_REASON = 400


@dataclass(frozen=True)
class BaseSpec:
    """The spec as it is, or the head of a new one: its text, what it says, and where entries are added."""

    text: str
    spec: Spec
    place: InsertionPoint


@dataclass(frozen=True)
class NewEntry:
    """What is to be written for one class; ``reason`` says why the user must complete it ("" if not)."""

    name: str
    text: str
    reason: str = ""

    def commented(self, indent: int) -> str:
        """Return the entry as a comment at the column ``indent``, which says what is wrong."""
        why = textwrap.wrap(f"{self.name} could not be inferred: {self.reason}", WIDTH - indent - 2)
        lines = [*why, *(line[indent:] for line in self.text.split("\n"))]
        return "\n".join(f"{' ' * indent}# {line}" for line in lines)


def read_base(text: str | None, path: str) -> BaseSpec:
    """Return what the spec ``text`` is, or a new one if it is None.

    Raises:
        SpecError: it is no valid spec, or its entries are not written one below the other.
    """
    if text is None:
        return BaseSpec(START, Spec(path), InsertionPoint(len(START), 2, 2))
    return BaseSpec(text, parse_spec(text, path), find_insertion_point(text, path))


def make_entries(
    base: BaseSpec, proposals: Iterable[Proposal], known: Sequence[Subject]
) -> tuple[NewEntry, ...]:
    """Return an entry for each class; ``known`` are all classes that its name could mean.

    Of two classes with one dotted path, which no spec can tell apart, the first is taken.
    """
    names = choose_entry_names(known, base.spec.layers)
    first: dict[str, Inference] = {}
    for proposal in proposals:
        first.setdefault(names[proposal.subject.id], proposal.inference)
    return tuple(_make_entry(name, inference, base.place) for name, inference in first.items())


def extend_spec(base: BaseSpec, new: Sequence[NewEntry]) -> str:
    """Return the text of ``base`` with those of the ``new`` entries that it does not hold yet.

    Raises:
        UsageError: it is written in a way that does not let entries be added to it.
    """
    ready = [entry for entry in new if not entry.reason]
    drafts = [entry for entry in new if entry.reason and not has_draft(base.text, entry.name)]
    blocks = [*(entry.text for entry in ready), *(entry.commented(base.place.indent) for entry in drafts)]
    text = add_entries(base.text, base.place, blocks) if blocks else base.text
    if _read_names(text) != [*(layer.name for layer in base.spec.layers), *(entry.name for entry in ready)]:
        raise UsageError(
            f"entries cannot be added to {base.spec.path} as it is written",
            hint="name another file with --output, or have this one rewritten with --force",
        )
    return text


def _make_entry(name: str, inference: Inference, place: InsertionPoint) -> NewEntry:
    if inference.case is None:
        text = draft_entry(name, inference, place.indent, place.step)
        return NewEntry(name, text, _shorten(inference.reason))
    try:
        # The only case of its class needs no id of its own.
        case = replace(inference.case, id=INLINE)
        return NewEntry(name, dump_entry(name, [case], place.indent, place.step))
    except (TypeError, ValueError) as error:
        return NewEntry(
            name, draft_entry(name, Inference(None), place.indent, place.step), _shorten(str(error))
        )


def _shorten(reason: str) -> str:
    text = escape_text(" ".join(reason.split()))
    return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}…"


def _read_names(text: str) -> list[str] | None:
    try:
        return [layer.name for layer in parse_spec(text, "").layers]
    except SpecError:
        return None
