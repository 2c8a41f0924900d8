"""A database of its own for each test of a command that works in one."""

from __future__ import annotations

from storage.conftest import administrator, database, storage_settings

__all__ = ["administrator", "database", "storage_settings"]
