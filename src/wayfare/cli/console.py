"""Where results are printed: a terminal as wide as it is; a file or a pipe gets lines that hold a row."""

from __future__ import annotations

import sys

from rich.console import Console

__all__ = ["results"]

PIPE_WIDTH = 220


def results() -> Console:
    """The console for stdout."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
