"""The interface over HTTP: one of the three ways in, over the same use cases; it keeps nothing and logs no facts.

`create_app` puts together the JSON interface under /api/v1, the pages of the portals and the files they link to;
`serve` runs it until it is stopped.
"""

from wayfare.api.application import create_app
from wayfare.api.running import bound, serve

__all__ = ["bound", "create_app", "serve"]
