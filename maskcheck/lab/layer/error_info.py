"""Exceptions of user code as plain data."""

from __future__ import annotations

import importlib.util
import os
import re
import sysconfig
import traceback
from types import FrameType

from maskcheck.error_texts.read import cut_text, read_error
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import REFUSALS
from maskcheck.lab.layer.plain import any_name
from maskcheck.model.error import ErrorInfo
from maskcheck.paths import PACKAGE
from maskcheck.rules.base.text import describe_error
from maskcheck.source.edits.statement_at import keys_read_at

_LIBRARIES = tuple({os.path.realpath(sysconfig.get_paths()[key]) for key in ("purelib", "platlib", "stdlib")})
# Whose code is not the user's, though user code may lie beside it in site-packages.
_MACHINERY = tuple(
    os.path.dirname(os.path.realpath(spec.origin))
    for name in ("keras", "tf_keras", "tensorflow", "numpy", "h5py", "ml_dtypes", "optree", "absl")
    if (spec := importlib.util.find_spec(name)) and spec.origin
)
_TRACEBACK_LIMIT = 6000
# Causes of causes that are read.
_CAUSES = 100
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+(?=>)")


def error_info(error: BaseException) -> ErrorInfo:
    """Return ``error`` with the innermost cause, the last frame outside of libraries, and what it means."""
    chain = _chain(error)
    file, line, function = _user_frame(chain)
    return read_error(
        type(error).__name__,
        _message(error),
        _message(chain[-1]) if len(chain) > 1 else "",
        file=file,
        line=line,
        keys=keys_read_at(file, line) if file and line else (),
        traceback=_write_traceback(error)[-_TRACEBACK_LIMIT:],
        raised_by=_raised_by(chain),
        function=function,
    )


def is_of_layer(error: BaseException) -> bool:
    """Tell whether an error is what a layer raised when it was called, and no interruption from outside."""
    return isinstance(error, (Exception, SystemExit, KeyboardInterrupt)) or is_raised_by_user(error)


def is_raised_by_user(error: BaseException) -> bool:
    """Tell whether code of the user's raised when we looked at something, or made us go too deep.

    What was called last by this package is asked: it was the user's if a frame after that one is.
    """
    if isinstance(error, RecursionError):
        return True
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            return False
        if _is_user_file(name) or _is_installed(name):
            return True
    return False


def _is_installed(name: str) -> bool:
    """Tell whether a file is of a package that was installed, and none of those that run layers."""
    path = os.path.realpath(name)
    paths = sysconfig.get_paths()
    installed = (os.path.realpath(paths["purelib"]), os.path.realpath(paths["platlib"]))
    return path.startswith(installed) and not path.startswith((*_MACHINERY, PACKAGE))


def _write_traceback(error: BaseException) -> str:
    try:
        return "".join(_traceback(error).format())
    except REFUSALS:  # an exception may refuse to tell even its notes
        return ""


def _traceback(error: BaseException) -> traceback.TracebackException:
    """Return the traceback without the frames of the import system and of this package."""
    whole = traceback.TracebackException.from_exception(error)
    pending: list[traceback.TracebackException | None] = [whole]
    while pending:
        part = pending.pop()
        if part is not None:
            told = [frame for frame in part.stack if not frame.filename.startswith(("<frozen ", PACKAGE))]
            part.stack = traceback.StackSummary.from_list(told)
            vars(part)["_str"] = cut_text(str(vars(part).get("_str", "")))
            pending += [part.__cause__, part.__context__]
    return whole


def first_line(error: Exception) -> str:
    """Return type and words of an error in one line, of the one that led to it if there is one."""
    return describe_error(error_info(error.__cause__ or error))


def _message(error: BaseException) -> str:
    """Return the words of an error without addresses, which differ from run to run."""
    return _ADDRESS.sub("", text_of(error))


def text_of(error: BaseException) -> str:
    """Return the words of an error, the ends of very long ones: the one place where they are read."""
    try:
        return cut_text(str(error))
    except REFUSALS:
        return f"(a {type(error).__name__} whose text cannot be read)"


def _chain(error: BaseException) -> list[BaseException]:
    """Return the error and what led to it, outermost first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and len(chain) < _CAUSES and not any(current is known for known in chain):
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def _user_frame(chain: list[BaseException]) -> tuple[str | None, int | None, str]:
    """Return file, line and function of the last frame in user code."""
    for error in reversed(chain):
        frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_user_file(f.filename)]
        if frames:
            return frames[-1].filename, frames[-1].lineno, frames[-1].name
    return None, None, ""


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
