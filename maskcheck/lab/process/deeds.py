"""What Python tells an audit hook, as what is done to which file, command or address."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.model.touch import Act
from maskcheck.paths import PACKAGE

# The event by which `below_python` tells of what is done below Python: an act and a path.
BELOW = "maskcheck.below_python"


@dataclass(frozen=True)
class Deed:
    """One act as its event has it: on a path, on an open descriptor, or on something that is no file."""

    act: Act
    path: str = ""
    descriptor: int | None = None
    # What is no file: a command, an address, a process.
    other: str = ""


def read_event(event: str, arguments: tuple[Any, ...]) -> list[Deed]:
    """Return what an event says is about to be done; nothing if it is about nothing outside."""
    read = _READERS.get(event)
    try:
        return list(read(arguments)) if read else []
    except (TypeError, ValueError, IndexError, OSError):
        return []


def is_library(path: str) -> bool:
    """Tell whether a file is of Python, of an installed package or of maskcheck itself."""
    folders = path.split(os.sep)
    if "site-packages" in folders or "dist-packages" in folders:
        return True
    return not os.path.isabs(path) or path.startswith(_LIBRARIES)


def is_data(path: str) -> bool:
    """Tell whether a file that is read holds data, rather than code or what the system is made of."""
    if path.endswith(_CODE) or "__pycache__" in path:
        return False
    return not (is_library(path) or path.startswith(_SYSTEM))


def is_bytecode(path: str) -> bool:
    """Tell whether a path is that of compiled code, which Python writes by itself."""
    return "__pycache__" in path or path.endswith(".pyc")


_CODE = (".py", ".pyc", ".pyi", ".pyd", ".so", ".ipynb")
_LIBRARIES = tuple(
    {os.path.realpath(path) + os.sep for path in (*sysconfig.get_paths().values(), sys.prefix, PACKAGE)}
)
_SYSTEM = tuple(f"/{name}/" for name in ("dev", "proc", "sys", "etc", "usr", "lib", "opt/conda"))


def _thing(act: Act, value: Any, folder: Any = None) -> Iterator[Deed]:
    """Yield the deed on a path or descriptor; a relative path may be meant from an open ``folder``."""
    if isinstance(value, int):
        yield Deed(act, descriptor=value)
    elif value is not None:
        path = os.fsdecode(value)
        if isinstance(folder, int) and folder >= 0 and not os.path.isabs(path):
            path = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
        yield Deed(act, path)


def _opened(arguments: tuple[Any, ...]) -> Iterator[Deed]:
    path, mode, flags = arguments
    changes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    writes = bool(set(mode) & set("wax+")) if isinstance(mode, str) else bool((flags or 0) & changes)
    yield from _thing("write" if writes else "read", path)


def _acts(*parts: tuple[Act, int, int | None]) -> Callable[[tuple[Any, ...]], Iterator[Deed]]:
    """Return a reader of acts, each on the path at one place, from the open folder at another."""

    def read(arguments: tuple[Any, ...]) -> Iterator[Deed]:
        for act, place, folder in parts:
            at = arguments[folder] if folder is not None and folder < len(arguments) else None
            yield from _thing(act, arguments[place], at)

    return read


def _made_folder(arguments: tuple[Any, ...]) -> Iterator[Deed]:
    found = _thing("write", arguments[0], arguments[2])
    yield from (deed for deed in found if not os.path.lexists(deed.path))


def _connected_database(arguments: tuple[Any, ...]) -> Iterator[Deed]:
    name = os.fsdecode(arguments[0])
    if name not in ("", ":memory:"):
        yield Deed("write", name.removeprefix("file:").partition("?")[0])


def _other(act: Act, place: int) -> Callable[[tuple[Any, ...]], Iterator[Deed]]:
    def read(arguments: tuple[Any, ...]) -> Iterator[Deed]:
        value = arguments[place]
        text = os.fsdecode(value) if isinstance(value, bytes) else str(value)
        yield Deed(act, other=" ".join(text.split())[:200])

    return read


def _signalled(arguments: tuple[Any, ...]) -> Iterator[Deed]:
    if arguments[0] != os.getpid():
        yield Deed("signal", other=f"process {arguments[0]}")


def _below(arguments: tuple[Any, ...]) -> Iterator[Deed]:
    act, name = arguments
    yield Deed(act, other=name) if act == "connect" else Deed(act, name)


_READERS: Mapping[str, Callable[[tuple[Any, ...]], Iterator[Deed]]] = {
    "open": _opened,
    "os.remove": _acts(("remove", 0, 1)),
    "os.rmdir": _acts(("remove", 0, 1)),
    "shutil.rmtree": _acts(("remove", 0, 1)),
    "os.rename": _acts(("remove", 0, 2), ("write", 1, 3)),
    "shutil.move": _acts(("remove", 0, None), ("write", 1, None)),
    "os.link": _acts(("write", 1, 3)),
    "os.symlink": _acts(("write", 1, 2)),
    "shutil.copyfile": _acts(("write", 1, None)),
    "shutil.copytree": _acts(("write", 1, None)),
    "shutil.unpack_archive": _acts(("write", 1, None)),
    "os.mkdir": _made_folder,
    "os.chmod": _acts(("write", 0, 2)),
    "os.chown": _acts(("write", 0, 3)),
    "os.utime": _acts(("write", 0, 3)),
    "os.truncate": _acts(("write", 0, None)),
    "os.setxattr": _acts(("write", 0, None)),
    "os.removexattr": _acts(("write", 0, None)),
    "sqlite3.connect": _connected_database,
    "subprocess.Popen": _other("run", 1),
    "os.system": _other("run", 0),
    "os.exec": _other("run", 0),
    "os.posix_spawn": _other("run", 0),
    "pty.spawn": _other("run", 0),
    "webbrowser.open": _other("run", 0),
    "socket.connect": _other("connect", 1),
    "socket.bind": _other("connect", 1),
    "socket.sendto": _other("connect", 1),
    "socket.sendmsg": _other("connect", 1),
    "socket.getaddrinfo": _other("connect", 0),
    "socket.gethostbyname": _other("connect", 0),
    "urllib.Request": _other("connect", 0),
    "os.kill": _signalled,
    "os.killpg": _other("signal", 0),
    BELOW: _below,
}
