"""One application with the rulebook loaded once, and a client of it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from wayfare.api import create_app
from wayfare.rulebook import load_rulebook


@pytest.fixture(scope="session")
def app():
    return create_app(law=load_rulebook())


@pytest.fixture(scope="session")
def client(app):
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
