"""The pension rules a second time: sets of months, loops and exact fractions, read from the law's texts.

Nothing of the engine or of the rulebook's functions is used here, only the raw rows of the rulebook's files and the raw
facts document. Every rounding stands where the rules' texts say that it stands, and nowhere else.
"""

from __future__ import annotations

from rulebook.oracle.answers import FURTHER, KINDS, VALUES, answers
from rulebook.oracle.both_schemes import BOTH_SCHEMES, BY_WAY, answers_of_both
from rulebook.oracle.figures import Figures, read_figures

__all__ = [
    "BOTH_SCHEMES", "BY_WAY", "FURTHER", "KINDS", "VALUES", "Figures", "answers", "answers_of_both", "read_figures",
]  # fmt: skip
