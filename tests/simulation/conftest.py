"""The server and the databases of the simulated years are those of the storage tests."""

from storage.conftest import administrator, database, own_settings, storage_settings

__all__ = ["administrator", "database", "own_settings", "storage_settings"]
