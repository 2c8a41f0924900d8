"""The served pages with the rulebook loaded once, standing on a fixed day."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient

from wayfare.api import create_app
from wayfare.portals.guest.routes import today

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def served():
    app = create_app()
    app.dependency_overrides[today] = lambda: TODAY
    return app


@pytest.fixture(scope="session")
def client(served):
    with TestClient(served) as client:
        yield client
