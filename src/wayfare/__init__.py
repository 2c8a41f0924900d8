"""Wayfare: social protection that moves with the person.

Facts and law give decisions; decisions move money; funds settle with each other; the same law runs over one life
or over millions. docs/start.md is the way in.
"""

__version__ = "0.1.0"
