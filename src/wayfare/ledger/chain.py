"""The chain of a fund's book.

Every sealed batch has a link: the hash of the link before it, its own number and its content. Whoever changes a row, a
header or the order of batches changes every later link, so the last link of a fund, printed or held by another fund,
vouches for the whole book. There is one chain per fund, so that no fund waits for another.
"""

from __future__ import annotations

from hashlib import sha256

__all__ = ["FIRST_LINK", "link_after"]

FIRST_LINK = bytes(32)
"""What stands before the first batch of a fund."""


def link_after(link: bytes, *, number: int, content: bytes) -> bytes:
    """The link of batch `number` of a fund, given the link before it."""
    return sha256(link + number.to_bytes(8, "big") + content).digest()
