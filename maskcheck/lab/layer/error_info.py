"""Exceptions of user code as plain data."""

from __future__ import annotations

import os
import re
import sysconfig
import traceback
from types import FrameType

from maskcheck.error_texts.read import read_error
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.plain import any_name
from maskcheck.model.error import ErrorInfo
from maskcheck.paths import PACKAGE
from maskcheck.rules.base.text import describe_error
from maskcheck.source.edits.statement_at import keys_read_at

_LIBRARIES = tuple({os.path.realpath(sysconfig.get_paths()[key]) for key in ("purelib", "platlib", "stdlib")})
_TRACEBACK_LIMIT = 6000
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+(?=>)")


def error_info(error: BaseException) -> ErrorInfo:
    """Return ``error`` with the innermost cause, the last frame outside of libraries, and what it means."""
    chain = _chain(error)
    file, line = _user_frame(chain)
    text = "".join(_traceback(error).format())
    return read_error(
        type(error).__name__,
        _message(error),
        _message(chain[-1]) if len(chain) > 1 else "",
        file=file,
        line=line,
        keys=keys_read_at(file, line) if file and line else (),
        traceback=text[-_TRACEBACK_LIMIT:],
        raised_by=_raised_by(chain),
    )


def _traceback(error: BaseException) -> traceback.TracebackException:
    """Return the traceback without the frames of the import system and of this package."""
    whole = traceback.TracebackException.from_exception(error)
    pending: list[traceback.TracebackException | None] = [whole]
    while pending:
        part = pending.pop()
        if part is not None:
            told = [frame for frame in part.stack if not frame.filename.startswith(("<frozen ", PACKAGE))]
            part.stack = traceback.StackSummary.from_list(told)
            pending += [part.__cause__, part.__context__]
    return whole


def first_line(error: Exception) -> str:
    """Return type and words of an error in one line, of the one that led to it if there is one."""
    return describe_error(error_info(error.__cause__ or error))


def _message(error: BaseException) -> str:
    """Return the words of an error without addresses, which differ from run to run."""
    try:
        return _ADDRESS.sub("", str(error))
    except Exception:
        return f"(a {type(error).__name__} whose text cannot be read)"


def _chain(error: BaseException) -> list[BaseException]:
    """Return the error and what led to it, outermost first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and not any(current is known for known in chain):
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def _user_frame(chain: list[BaseException]) -> tuple[str | None, int | None]:
    for error in reversed(chain):
        frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_user_file(f.filename)]
        if frames:
            return frames[-1].filename, frames[-1].lineno
    return None, None


def _raised_by(chain: list[BaseException]) -> str:
    """Return the class whose frame raised, as ``ErrorInfo.raised_by`` describes it."""
    owners = (owner for error in reversed(chain) for frame in _frames(error) if (owner := _owner(frame)))
    owner = next(owners, None)
    return any_name(owner) if owner else ""


def _frames(error: BaseException) -> list[FrameType]:
    """Return the frames that the error passed, innermost first, without those of this package."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [frame for frame in reversed(frames) if not frame.f_code.co_filename.startswith(PACKAGE)]


def _owner(frame: FrameType) -> type | None:
    """Return the class that the frame of a method runs for: of a layer's or of the user's; else None."""
    names = frame.f_locals
    thing = names.get("self", names.get("cls"))
    if thing is None:
        return None
    cls: type = thing if issubclass(type(thing), type) else type(thing)
    return cls if issubclass(cls, keras.Layer) or _is_user_file(frame.f_code.co_filename) else None


def _is_user_file(name: str) -> bool:
    path = os.path.realpath(name)
    return os.path.isabs(name) and not path.startswith((*_LIBRARIES, PACKAGE))
