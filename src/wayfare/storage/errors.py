"""What can go wrong between Wayfare and its database, each with its code.

Refusals of the place where the database lives come first (WF-STO-001 to 012), then of its schema (020 to 025), then
of what is to be stored or read (030 to 039) and of backups (040 to 043). Every message says what to do next.
"""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "BackupDamaged",
    "BadSetting",
    "DatabaseNewer",
    "DatabaseUnreachable",
    "DecisionRefused",
    "FactsNotStorable",
    "MigrationEdited",
    "MigrationFailed",
    "MigrationsMisnumbered",
    "NoBackupTools",
    "NoPostgres",
    "NoWayToRun",
    "NobodyLooks",
    "OtherOwner",
    "OtherVersion",
    "PersonAlreadyRecorded",
    "PersonNotInView",
    "RestoreRefused",
    "RunAsRefused",
    "ServerNotStarted",
    "ServerTooOld",
    "SpellsOverlap",
    "StateInClone",
    "StateNotWritable",
    "TargetTaken",
    "UnsafeDirectory",
]


class BadSetting(WayfareError):
    """A setting (an environment variable that begins with WAYFARE_) has a value that means nothing."""

    code = "WF-STO-001"


class StateNotWritable(WayfareError):
    """The directory that would keep Wayfare's data cannot be written."""

    code = "WF-STO-002"


class StateInClone(WayfareError):
    """The directory that would keep Wayfare's data lies inside the program's own source; people's records never do."""

    code = "WF-STO-003"


class UnsafeDirectory(WayfareError):
    """A directory that must be private belongs to someone else, is a link, or can be entered by others."""

    code = "WF-STO-004"


class NoPostgres(WayfareError):
    """No PostgreSQL 15 or newer was found, or the one that a setting names is not one."""

    code = "WF-STO-005"


class NoWayToRun(WayfareError):
    """PostgreSQL refuses to run as root, and no way to run it as someone else works here."""

    code = "WF-STO-006"


class RunAsRefused(WayfareError):
    """The way to run the server that WAYFARE_RUN_AS forces does not work here."""

    code = "WF-STO-007"


class OtherOwner(WayfareError):
    """The data directory belongs to another user than the one who would run the server."""

    code = "WF-STO-008"


class OtherVersion(WayfareError):
    """The data directory was made by another major version of PostgreSQL."""

    code = "WF-STO-009"


class ServerNotStarted(WayfareError):
    """The server was started and did not become ready; the message carries the end of its log."""

    code = "WF-STO-010"


class DatabaseUnreachable(WayfareError):
    """The server that WAYFARE_DATABASE names did not answer, or refused us."""

    code = "WF-STO-011"


class ServerTooOld(WayfareError):
    """The server that WAYFARE_DATABASE names is older than PostgreSQL 15."""

    code = "WF-STO-012"


class MigrationEdited(WayfareError):
    """A migration that this database already carries has been changed since, or is gone."""

    code = "WF-STO-020"


class DatabaseNewer(WayfareError):
    """The database carries migrations that this program does not know: it was used by a newer one."""

    code = "WF-STO-021"


class MigrationsMisnumbered(WayfareError):
    """The migrations are not numbered one by one from 0001: a number is missing, or two files share one."""

    code = "WF-STO-022"


class MigrationFailed(WayfareError):
    """The server refused a migration; nothing of it was kept."""

    code = "WF-STO-023"


class FactsNotStorable(WayfareError):
    """A document holds what cannot be kept exactly: a day that is not one, a fraction, or no identity of the person."""

    code = "WF-STO-030"


class SpellsOverlap(WayfareError):
    """Two spells of a kind that a person can have only one of at a time cover the same day."""

    code = "WF-STO-031"


class PersonAlreadyRecorded(WayfareError):
    """The person has a record with other facts; a change is a correction with its reason, not a second record."""

    code = "WF-STO-032"


class PersonNotInView(WayfareError):
    """The person has no record, or none that this viewer's places include; the answer does not say which of the two."""

    code = "WF-STO-033"


class DecisionRefused(WayfareError):
    """A decision is unknown to this viewer, was already replaced, or its identity is taken by another."""

    code = "WF-STO-034"


class NobodyLooks(WayfareError):
    """A session was asked for without saying who looks, or why; the access record needs both."""

    code = "WF-STO-035"


class TargetTaken(WayfareError):
    """The folder that a backup would be written to exists; a backup never overwrites anything."""

    code = "WF-STO-040"


class NoBackupTools(WayfareError):
    """pg_dump or pg_restore is missing, is older than the server, or stopped with an error."""

    code = "WF-STO-041"


class BackupDamaged(WayfareError):
    """A backup is not whole: its manifest or its dump was changed or lost since it was written."""

    code = "WF-STO-042"


class RestoreRefused(WayfareError):
    """A restore fills an empty database, never one that holds anything, from a backup no newer than the programs."""

    code = "WF-STO-043"


class TargetUnwritable(WayfareError):
    """The folder that a backup would be written to cannot be made, or its disk is full; nothing of it is left."""

    code = "WF-STO-044"
