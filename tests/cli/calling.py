"""The command line as its users call it: what it prints, byte for byte, and its exit code.

A new program reads the law anew, which takes longer than most commands; so most calls are made in this process.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wayfare.cli import main

__all__ = ["as_program", "called"]

SOURCE = Path(__file__).parents[2] / "src"


def called(*arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """The command in this process, with streams and an end of its own."""
    text = given.encode() if isinstance(given, str) else given
    read, out, err = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (text, b"", b""))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["wayfare", *arguments])
        patched.setenv("COLUMNS", "200")
        for name, stream in (("stdin", read), ("stdout", out), ("stderr", err)):
            patched.setattr(sys, name, stream)
        try:
            code = main()
        except SystemExit as end:
            code = end.code
    for stream in (out, err):
        stream.flush()
    return subprocess.CompletedProcess(arguments, code or 0, out.buffer.getvalue(), err.buffer.getvalue())  # type: ignore[attr-defined]


def as_program(*arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """The command as a program of its own."""
    command = [sys.executable, "-c", "from wayfare.cli import main; main()", *arguments]
    text = given.encode() if isinstance(given, str) else given
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "200"}
    return subprocess.run(command, input=text, capture_output=True, check=False, env=environment)
