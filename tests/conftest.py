"""Every run draws the same examples, however busy the machine is and whatever ran before.

Hypothesis measures no time and keeps nothing from one run to the next. `--hypothesis-profile=hunt` draws new examples
in each run, for who looks for faults.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

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
