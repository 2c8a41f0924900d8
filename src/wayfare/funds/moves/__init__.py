"""Money that a fund moves to another by decision: what the office asks for, and how a move stands."""

from wayfare.funds.moves.known import DOCUMENT, KnownMove
from wayfare.funds.moves.wanted import OWN, POOLED, Wanted, move_of

__all__ = ["DOCUMENT", "OWN", "POOLED", "KnownMove", "Wanted", "move_of"]
