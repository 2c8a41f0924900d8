"""Every error of the kernel has a code of its own and a page."""

from __future__ import annotations

import pytest

import wayfare.kernel.number_columns
from wayfare.kernel import Mode, Rank, Status, WayfareError


def kernel_errors():
    found = WayfareError.__subclasses__()
    return [error for error in found if error.__module__.startswith("wayfare.kernel.")]


def test_the_codes_run_from_one_without_a_gap():
    assert wayfare.kernel.number_columns
    codes = sorted(error.code for error in kernel_errors())
    assert codes == [f"WF-KRN-{number:03d}" for number in range(1, len(codes) + 1)]


@pytest.mark.parametrize("error", kernel_errors(), ids=lambda error: error.code)
def test_every_error_says_in_its_docstring_what_is_wrong(error):
    assert error.__doc__ and error.__doc__ != WayfareError.__doc__


def test_an_error_is_a_document_with_code_message_field_and_line():
    error = WayfareError("Two is odd.", next_step="Count again.", field="insurance[0].from", line=3)
    assert str(error) == "WF-000  Two is odd.\n        Count again."
    assert error.as_document() == {
        "code": "WF-000",
        "message": "Two is odd. Count again.",
        "field": "insurance[0].from",
        "line": 3,
    }


def test_only_official_and_verified_values_decide():
    assert [status.value for status in Status if status.decides] == ["official", "verified"]
    assert Status("assumed") is Status.ASSUMED and Mode("estimate") is Mode.ESTIMATE and Rank("law") is Rank.LAW
