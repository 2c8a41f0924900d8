"""What all tests share: the law, one server a worker, the same examples and the same surroundings in every run.

Hypothesis measures no time and keeps nothing from one run to the next. `--hypothesis-profile=hunt` draws new examples
in each run, for who looks for faults.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from storage.fixtures import administrator, database, own_settings, prepared, prepared_settings, storage_settings
from wayfare.law import Law
from wayfare.rulebook import load_rulebook

__all__ = ["administrator", "database", "own_settings", "prepared", "prepared_settings", "storage_settings"]

OF_THE_TESTS = ("WAYFARE_TEST_SERVER", "WAYFARE_RUN_AS")
OF_A_TERMINAL = ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "PY_COLORS", "TTY_COMPATIBLE", "GITHUB_ACTIONS")
for name in tuple(os.environ):  # what somebody has set for their own work, or a service for its terminals
    if name in OF_A_TERMINAL or (name.startswith(("WAYFARE_", "PG")) and name not in OF_THE_TESTS):
        del os.environ[name]

_constants_of_loaded_modules = providers._get_local_constants


def constants() -> Constants:
    """None but Hypothesis's own, for the others depend on which modules a worker has loaded before."""
    return Constants() if settings.default.derandomize else _constants_of_loaded_modules()


providers._get_local_constants = constants
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hunt", parent=settings.get_profile("steady"), derandomize=False, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def law() -> Law:
    """The law of China with its base assumptions."""
    return load_rulebook()
