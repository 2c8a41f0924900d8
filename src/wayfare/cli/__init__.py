"""The command line: one of the three ways in, over the same use cases.

Results go to stdout, progress and faults to stderr. Exit 0 is an answer, 2 a wrong call or a refused document, 1 a
fault of ours.
"""

from __future__ import annotations

from wayfare.cli.main import main

__all__ = ["main"]
