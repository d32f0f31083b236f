"""Which files may be read as source text: others hang whoever opens them, or have no end."""

from __future__ import annotations

import os
import stat

# No source text that people write is as large.
_LARGEST = 20_000_000


def find_obstacle(file: str) -> str:
    """Return why a file is not to be read as source text, "" if it may be; one that is missing may, too."""
    try:
        status = os.stat(file)
    except (FileNotFoundError, ValueError):  # nothing, or no name of a file
        return ""
    except OSError as error:
        return "a link that leads to itself" if os.path.islink(file) else error.strerror or str(error)
    if stat.S_ISDIR(status.st_mode):
        return "a folder"
    if not stat.S_ISREG(status.st_mode):
        return "no regular file"
    if status.st_size > _LARGEST:
        return f"{status.st_size / 1e6:.0f} MB are more than any source text has"
    return ""


def list_left_out(folder: str) -> list[str]:
    """Return a sentence on each file below a folder that has the name of a module and is not read."""
    found = []
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(files):
            obstacle = find_obstacle(os.path.join(above, name)) if name.endswith(".py") else ""
            if obstacle:
                found.append(f"left out: {os.path.join(above, name)} ({obstacle})")
    return found
