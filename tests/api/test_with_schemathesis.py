"""Calls drawn from the interface's own description: no fault of ours, and every response is of the shape promised.

A document that is right in form may still say what cannot be so, so a refusal of one is no failure. An answer of
another shape, an undeclared status, or a call against the description that is accepted, is one.
"""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from wayfare.api import create_app
from wayfare.api.asking import LINES
from wayfare.api.examples import ASKED
from wayfare.rulebook import load_rulebook

CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection,
)  # fmt: skip
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(law=load_rulebook()))


@schemathesis.serializer(*LINES)
def lines(_context, value):
    return value if isinstance(value, bytes) else str(value).encode()


schemathesis.openapi.media_type(
    LINES[0],
    st.lists(st.sampled_from([json.dumps(each["value"]) for each in ASKED.values()]) | st.text(max_size=20), max_size=4)
    .map("\n".join).map(str.encode),
)  # fmt: skip


def calls(examples):
    return settings(
        max_examples=examples,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@schema.parametrize()
@calls(12)
def test_a_call_from_the_description_gets_what_the_description_promises(case):
    case.call_and_validate(checks=CHECKS)


@pytest.mark.slow
@schema.parametrize()
@calls(300)
def test_many_calls_from_the_description_get_what_it_promises(case):
    case.call_and_validate(checks=CHECKS)
