"""The files that the user writes as text."""

from __future__ import annotations

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark

# More than anyone writes by hand; keeps a mistaken --spec model.keras from being read whole.
MAX_BYTES = 10_000_000


def read_text(path: str, what: str = "spec") -> str:
    """Return the text of the file at ``path``; ``what`` names its kind, and the option that names it.

    Raises:
        SpecError: it is missing, no file, unreadable, far too large or not UTF-8.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = f"check the path given to --{what}"
        raise SpecError(f"there is no {what} file {path}", hint=hint, option=what) from None
    except IsADirectoryError:
        raise SpecError(f"{path} is a directory", hint=f"name the {what} file in it", option=what) from None
    except OSError as error:
        raise SpecError(f"cannot read {path}: {error.strerror}", option=what) from None
    if len(data) > MAX_BYTES:
        raise SpecError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB", hint=f"is it a {what} file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8")) + 1
        raise SpecError(
            f"the byte 0x{error.object[error.start]:02x} is not UTF-8",
            mark=Mark(path, before.count(b"\n") + 1, column),
            hint="save the file as UTF-8",
        ) from None
