"""Decisions: a question asked of facts and law, the answer kept with its reasons, replayed and compared."""

from wayfare.decisions.answer import Answer, Shown, Turn
from wayfare.decisions.asking import ask
from wayfare.decisions.errors import BadQuestion, OtherLaw
from wayfare.decisions.kept import Decision, Difference, compare, decide, replay
from wayfare.decisions.told import as_told
from wayfare.decisions.world import world_of

__all__ = [
    "Answer", "BadQuestion", "Decision", "Difference", "OtherLaw", "Shown", "Turn", "as_told", "ask", "compare",
    "decide", "replay", "world_of",
]  # fmt: skip
