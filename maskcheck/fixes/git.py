"""What git knows of the user's files; where there is no git, nothing."""

from __future__ import annotations

import os
import subprocess


def find_repository(directory: str) -> str:
    """Return the top directory of the repository that a directory lies in, "" if in none."""
    return _run_git(directory, "rev-parse", "--show-toplevel").rstrip("\n")


def has_uncommitted_changes(file: str) -> bool:
    """Tell whether a file lies in a repository and has changes there that are not committed."""
    folder, name = os.path.split(os.path.realpath(file))
    return bool(_run_git(folder, "status", "--porcelain", "--", name))


def _run_git(directory: str, *words: str) -> str:
    """Return what git prints, "" where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", directory, *words], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return ""
    return "" if done.returncode else os.fsdecode(done.stdout)
