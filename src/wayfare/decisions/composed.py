"""The questions that are composed of others, for lists of what can be asked: paths ahead, services of a place."""

from __future__ import annotations

from wayfare.decisions.paths.answering import with_paths
from wayfare.decisions.services.answering import with_services
from wayfare.law import Law

__all__ = ["with_composed"]


def with_composed(law: Law) -> Law:
    """The law with its composed questions among the others."""
    return with_services(with_paths(law))
