"""PostgreSQL: the keeper of the embedded server, the migrations, and the stores that the application works with."""

from wayfare.storage.connect import Database, Role, Session, Viewer, open_database
from wayfare.storage.state import RunAs, Settings

__all__ = ["Database", "Role", "RunAs", "Session", "Settings", "Viewer", "open_database"]
