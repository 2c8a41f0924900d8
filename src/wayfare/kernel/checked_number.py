"""What every check of a number answers, whatever kind of number it is: whether it is valid, its code, its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["CheckedNumber", "sentences_of"]


class CheckedNumber:
    """The shared part of a check's answer; `findings` hold every fault, in the order of the codes."""

    __slots__ = ()
    findings: tuple[Any, ...]

    @property
    def is_valid(self) -> bool:
        return not self.findings

    @property
    def code(self) -> int:
        """The first finding as a column holds it; 0 for a valid number."""
        return int(self.findings[0]) if self.findings else 0


def sentences_of(findings: Sequence[Any], fits: str | None, language: str) -> tuple[str, ...]:
    """One sentence for each finding; the last says which check character would fit, where that is known."""
    said = [finding.sentence(language) for finding in findings]
    if fits is not None:
        said[-1] = {"en": f"{said[-1][:-1]}; {fits} would.", "zh": f"{said[-1][:-1]},应为 {fits}。"}[language]
    return tuple(said)
