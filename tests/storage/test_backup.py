"""Rules of backup and restore: what comes back elsewhere is what was kept, or it is refused."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import stat
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from storage.lives import COOK
from storage.servers import officer
from wayfare.app.backup import back_up_books, restore_books
from wayfare.app.funds.verify import root_of_day, verify_funds
from wayfare.ledger import Batch, Move, Part
from wayfare.storage import Role, Viewer, open_database
from wayfare.storage import registry_store as registry
from wayfare.storage.backup import DUMP, MANIFEST, _Access, _programs, back_up, read_backup, restore
from wayfare.storage.connect import OWNER
from wayfare.storage.errors import BackupDamaged, NoBackupTools, RestoreRefused, TargetTaken, TargetUnwritable
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.move_store import MoveStore

POSTER = Viewer(name="clearing", role=Role.POSTER, scope=None, purpose="a test")
GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
DAY = date(2024, 6, 30)


def fill(database):
    """Two funds with members, a move carried out and one prepared, a large batch of its own, a year closed, a root."""
    with database.session(viewer=POSTER) as session:
        store, moves = LedgerStore(session.connection, own_leaf_from=3), MoveStore(session.connection)
        for fund in (GUANGDONG, SICHUAN):
            batch = Batch(fund, date(2023, 12, 31), "opening")
            for name in ("outside:employers", "pooled_fund", *(f"account:{n}" for n in range(5))):
                batch.open(name)
            for n in range(5):
                batch.move(debit="outside:employers", credit=f"account:{n}", amount=100 + n)
            batch.move(debit="outside:employers", credit="pooled_fund", amount=1000)
            store.post(batch.seal())
            store.close(fund, 202312)
        for key in ("claim:1", "claim:2"):
            moves.prepare_move(Move(key, GUANGDONG, SICHUAN, (Part("pooled_fund", "pooled_fund", 7, 202406),)), on=DAY)
        moves.confirm_move(GUANGDONG, "claim:1", on=DAY)
    root_of_day(database, DAY)


def trial_balances(database):
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        return {fund: store.trial_balance(fund) for fund in store.funds()}


@pytest.fixture(scope="session")
def kept(tmp_path_factory, storage_settings):
    """A backup of filled books, with their trial balances, on the server that the tests share."""
    folder = tmp_path_factory.mktemp("backups") / "2024-06-30"
    with open_database(storage_settings, name="kept_books") as database:
        fill(database)
        balances = trial_balances(database)
    back_up(storage_settings, folder, on=DAY, name="kept_books", told=lambda done, total: None)
    return folder, balances


def test_a_backup_restored_into_another_state_directory_is_the_same_to_the_fen(kept, prepared_settings, own_settings):
    folder, balances = kept
    settings = own_settings("elsewhere")
    restored = restore_books(prepared_settings("here"), folder, into=settings.state)
    assert restored.report.is_well and restored.report.batches == 4
    with open_database(settings) as database:
        assert trial_balances(database) == balances
        with database.session(viewer=POSTER) as session:  # the roles, the holds and the books work on
            MoveStore(session.connection).confirm_move(GUANGDONG, "claim:2", on=DAY)
        assert verify_funds(database).is_well


def test_a_backup_is_private_to_its_owner(kept):
    folder, _ = kept
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_backup_overwrites_nothing_and_is_restored_over_nothing(kept, storage_settings):
    folder, _ = kept
    with pytest.raises(TargetTaken, match="WF-STO-040"):
        back_up_books(storage_settings, folder, on=DAY)
    with pytest.raises(RestoreRefused, match="WF-STO-043"):
        restore_books(storage_settings, folder, name="kept_books")


def copied(kept, tmp_path):
    shutil.copytree(kept[0], tmp_path / "copy")
    return tmp_path / "copy"


def test_a_flipped_byte_of_the_dump_is_refused(kept, tmp_path, storage_settings):
    folder = copied(kept, tmp_path)
    content = bytearray((folder / DUMP).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / DUMP).write_bytes(content)
    with pytest.raises(BackupDamaged, match="the dump is not the one"):
        restore_books(storage_settings, folder, name="never_made")


@pytest.mark.parametrize("spoil", ["bytes", "head", "text", "gone"])
def test_a_manifest_that_was_changed_is_refused(kept, tmp_path, spoil):
    folder = copied(kept, tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text())
    if spoil == "bytes":
        manifest["dump"]["bytes"] += 1
    elif spoil == "head":
        manifest["books"]["funds"][0]["head"] = "00" * 32
    (folder / MANIFEST).write_text("{" if spoil == "text" else json.dumps(manifest))
    if spoil == "gone":
        (folder / MANIFEST).unlink()
    with pytest.raises(BackupDamaged, match="WF-STO-042"):
        read_backup(folder)


def test_a_manifest_forged_with_its_hashes_is_found_by_the_chains(kept, storage_settings, administrator):
    backup = read_backup(kept[0])
    first = backup.heads.heads[0]
    forged = type(first)(first.fund, first.batches, bytes(32), first.open_holds, first.holds)
    heads = type(backup.heads)(backup.heads.day, backup.heads.before, (forged, *backup.heads.heads[1:]))
    try:
        restore(storage_settings, backup, name="forged_books", told=lambda done, total: None)
        with open_database(storage_settings, name="forged_books") as database:
            assert "The chain of 440000:employee_pension" in verify_funds(database, root=heads).findings[0].message
    finally:
        with psycopg.connect(**administrator, autocommit=True) as connection:
            connection.execute("drop database if exists forged_books with (force)")


@pytest.mark.parametrize(("said", "found"), [("schema", "migrations; this program knows"), ("server", "PostgreSQL 99")])
def test_a_backup_of_a_newer_program_or_server_is_refused_before_anything_is_made(kept, own_settings, said, found):
    settings = own_settings("elsewhere")
    with pytest.raises(RestoreRefused, match=found):
        restore(settings, replace(read_backup(kept[0]), **{said: 99}), told=lambda done, total: None)
    with open_database(settings) as database:
        assert trial_balances(database) == {}


def backed_up(settings, target):
    return back_up(settings, target, on=DAY, name="kept_books", told=lambda done, total: None)


def test_a_disk_that_is_full_is_told_and_nothing_of_the_backup_is_left(kept, storage_settings, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(NoBackupTools, match=r"WF-STO-041  pg_dump stopped: .*(signal|File too large)"):
            backed_up(storage_settings, tmp_path / "full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_that_cannot_be_written_is_told_and_leaves_nothing(kept, storage_settings, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TargetUnwritable, match=r"WF-STO-044  .*full cannot be written: No space left"):
        backed_up(storage_settings, tmp_path / "full")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(kept, storage_settings, tmp_path):
    with pytest.raises(TargetUnwritable, match="No such file or directory"):
        backed_up(storage_settings, tmp_path / "no" / "such" / "directory")


def test_a_program_that_says_much_and_stops_is_told_by_its_last_words(tmp_path):
    script = tmp_path / "pg_dump"
    script.write_text("#!/bin/sh\nyes error | head -c 200000 >&2\necho the disk is gone >&2\nexit 1\n")
    script.chmod(0o755)
    with pytest.raises(NoBackupTools, match="the disk is gone"):
        _Access({"host": "nowhere"}, tmp_path, 18).run("pg_dump")


def test_a_backup_taken_in_the_midst_of_a_large_run_is_of_one_moment(storage_settings, administrator, tmp_path):
    run = Batch(GUANGDONG, date(2024, 1, 31), "run")
    for n in range(5):
        run.move(debit="outside:employers", credit=f"account:{n}", amount=7)
    try:
        with open_database(storage_settings, name="in_the_midst") as database:
            fill(database)
            balances = trial_balances(database)
            with database.session(viewer=POSTER) as session:
                LedgerStore(session.connection, own_leaf_from=3).post(run.seal())
                back_up(
                    storage_settings, tmp_path / "midst", on=DAY, name="in_the_midst", told=lambda done, total: None
                )
        assert restore_books(storage_settings, tmp_path / "midst", name="came_back_whole").report.is_well
        with open_database(storage_settings, name="came_back_whole") as database:
            assert trial_balances(database) == balances
            with database.session(viewer=POSTER) as session:
                assert LedgerStore(session.connection, own_leaf_from=3).post(run.seal()).fresh
            assert verify_funds(database).is_well
    finally:
        with psycopg.connect(**administrator, autocommit=True) as connection:
            for name in ("in_the_midst", "came_back_whole"):
                connection.execute(f"drop database if exists {name} with (force)")


def test_programs_that_are_missing_or_older_than_the_server_are_named(tmp_path):
    with pytest.raises(NoBackupTools, match="has no pg_dump that runs"):
        _programs(tmp_path, 18)
    for program in ("pg_dump", "pg_restore"):
        (tmp_path / program).write_text(f"#!/bin/sh\necho '{program} (PostgreSQL) 15.4'\n")
        (tmp_path / program).chmod(0o755)
    with pytest.raises(NoBackupTools, match=r"pg_dump is of version 15.4; the server is PostgreSQL 18"):
        _programs(tmp_path, 18)
    assert _programs(tmp_path, 15) == (tmp_path, 15)


def test_a_program_that_complains_at_length_is_heard_to_its_end(tmp_path):
    loud = "#!/bin/sh\nhead -c 200000 /dev/zero | tr '\\0' x >&2\necho ' no space' >&2\nexit 1\n"
    (tmp_path / "pg_dump").write_text(loud)
    (tmp_path / "pg_dump").chmod(0o755)
    with pytest.raises(NoBackupTools, match="xxx no space"):
        _Access({}, tmp_path, 18).run("pg_dump")


def test_the_owner_of_a_server_elsewhere_backs_up_every_record_though_row_security_binds_them(
    database, storage_settings, administrator, tmp_path
):
    with database.session(viewer=officer()) as session:
        registry.save(session, COOK)
    fill(database)
    there = replace(storage_settings, database=make_conninfo(**database.parameters))
    backup = back_up_books(there, tmp_path / "elsewhere", on=DAY)
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"create database came_back owner {OWNER}")
    try:
        back = replace(there, database=make_conninfo(**{**database.parameters, "dbname": "came_back"}))
        assert restore_books(back, backup.folder).report.is_well
        with open_database(back) as restored, restored.session(viewer=officer()) as session:
            assert registry.load(session, "cook") == COOK
    finally:
        with psycopg.connect(**administrator, autocommit=True) as connection:
            connection.execute("drop database came_back with (force)")
