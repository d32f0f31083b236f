"""Errors that the user can fix; the command prints the message and exits with a code."""

from __future__ import annotations

from maskcheck.exits import Exit
from maskcheck.model.case import Mark


class MaskcheckError(Exception):
    """Something that the user can fix. ``mark`` says where, ``hint`` what to write instead.

    ``option`` names the one whose value is wrong, where it could not be seen from the value alone.
    """

    exit_code = Exit.USAGE

    def __init__(self, message: str, *, mark: Mark | None = None, hint: str = "", option: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.hint = hint
        self.option = option

    def __str__(self) -> str:
        where = f"{self.mark}: " if self.mark else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.mark, self.hint, self.option)


class UsageError(MaskcheckError):
    """A wrong option, target, device, rule code or report path."""


class SpecError(MaskcheckError):
    """A fault in the spec file."""


class NotImportable(MaskcheckError):
    """A module that one process imported and another cannot."""


class NothingToCheck(MaskcheckError):
    """The targets hold no Keras layer."""

    exit_code = Exit.NOTHING


class InternalFault(MaskcheckError):
    """A fault of maskcheck itself, where nothing else may be raised."""

    exit_code = Exit.INTERNAL


def _rebuild(
    kind: type[MaskcheckError], message: str, mark: Mark | None, hint: str, option: str
) -> MaskcheckError:
    return kind(message, mark=mark, hint=hint, option=option)


def did_you_mean(name: str, known: list[str]) -> str:
    """Return "did you mean 'x'?" for the nearest of ``known``, or "" where none is near."""
    import difflib

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else ""
