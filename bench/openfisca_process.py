"""OpenFisca-Core in a process and an environment of its own, installed when it is first asked for.

It is no dependency of Wayfare: it stands here to be measured against, on the same rows in the same run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench import data

VERSION = "46.0.1"
CLONE = Path(__file__).resolve().parent.parent


class NotToBeHad(Exception):
    """OpenFisca-Core could not be installed or does not run here; the message says what was tried."""


def python() -> Path:
    """The interpreter of an environment with OpenFisca-Core and our NumPy and Arrow, made on demand."""
    place = data.folder() / f"openfisca-{VERSION}"
    found = place / "bin" / "python"
    ready = place / "ready"
    if ready.exists():
        return found
    wanted = [f"openfisca-core=={VERSION}", f"numpy=={np.__version__}", f"pyarrow=={pa.__version__}"]
    print(f"  installing {wanted[0]} into an environment of the bench's own ...", file=sys.stderr, flush=True)
    try:
        venv.create(place, with_pip=True, clear=True)
    except subprocess.CalledProcessError as problem:
        raise NotToBeHad("no environment with pip could be made (is ensurepip installed?)") from problem
    done = subprocess.run([found, "-m", "pip", "install", "--quiet", *wanted], capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise NotToBeHad(f"pip could not install {wanted[0]}: {said[-1] if said else 'no message'}")
    ready.touch()
    return found


class OpenFisca:
    """A process that has run the workload once and runs it again when asked; `rows` and `flows` are its results."""

    def __init__(self, count: int) -> None:
        results = data.folder() / "openfisca-results.npz"
        command = [str(python()), "-W", "ignore", "-m", "bench.openfisca_version", str(count), str(results)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CLONE,
            env={**os.environ, "PYTHONPATH": str(CLONE)},
        )  # fmt: skip
        if self._line().strip() != "ready":
            raise NotToBeHad("OpenFisca-Core is installed and does not run; its message is above.")
        with np.load(results) as kept:
            self.rows, self.flows = kept["rows"], kept["flows"]

    def seconds(self) -> float:
        """One more run, from Parquet to rows and flows, as the process itself measured it."""
        assert self._process.stdin is not None
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        return float(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def __enter__(self) -> OpenFisca:
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.communicate()
