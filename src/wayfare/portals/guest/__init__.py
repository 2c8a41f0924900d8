"""The guest's pages: tell a life in a few plain questions, or open one, and see what the law answers."""

from wayfare.portals.guest.results import warm
from wayfare.portals.guest.routes import router

__all__ = ["router", "warm"]
