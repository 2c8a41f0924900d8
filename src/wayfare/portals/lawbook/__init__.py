"""The law browser: pages on which anyone can read what the program takes to be the law, figure by figure.

Each page is made from the same documents as the JSON interface, in English and Chinese, and works without scripts.
"""

from wayfare.portals.lawbook.router import router

__all__ = ["router"]
