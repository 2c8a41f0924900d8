"""The paths of one person (`pension.paths`): five directions of mobility, projected to retirement under one law."""

from wayfare.decisions.paths.answering import PathsAnswer, ask_paths, with_paths
from wayfare.decisions.paths.finding import find_paths
from wayfare.decisions.paths.values import (
    Direction,
    FundShare,
    Loss,
    Path,
    Paths,
    Setting,
    Stay,
    Turning,
    Warned,
)

__all__ = [
    "Direction", "FundShare", "Loss", "Path", "Paths", "PathsAnswer", "Setting", "Stay", "Turning", "Warned",
    "ask_paths", "find_paths", "with_paths",
]  # fmt: skip
