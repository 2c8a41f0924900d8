"""Rules of tamper evidence: what the database's owner changes behind the triggers is named, and a root kept elsewhere
finds also a chain that was rewritten whole."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest

from wayfare.app.funds.verify import root_of_day, verify_funds
from wayfare.ledger import Account, Batch, Hold, Move, Part, link_after
from wayfare.ledger.batch import content_hash
from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.errors import AppendOnly, RootDiffers
from wayfare.ledger.roots import root_from_document
from wayfare.storage import Role, Viewer
from wayfare.storage.ledger_store import LedgerStore, copied_rows, refusals_of_the_books
from wayfare.storage.move_store import MoveStore
from wayfare.storage.root_store import RootStore

POSTER = Viewer(name="clearing", role=Role.POSTER, scope=None, purpose="a test")
GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
DAY = date(2024, 6, 30)


def paid(fund, key, amount=200, *, opens=()):
    batch = Batch(fund, DAY, key)
    for name in opens:
        batch.open(name)
    batch.move(debit="outside:employers", credit="pooled_fund", amount=amount)
    return batch.seal()


@pytest.fixture
def books(database):
    """Two funds with three batches each, a hold, a prepared move and the root of a day."""
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        for fund in (GUANGDONG, SICHUAN):
            store.post(paid(fund, "first", opens=("outside:employers", "pooled_fund")))
            store.post(paid(fund, "second"))
            store.post(paid(fund, "third"))
        store.place(Hold(GUANGDONG, "hold:1", DAY, {"pooled_fund": 50}))
        move = Move("move:1", GUANGDONG, SICHUAN, (Part("pooled_fund", "pooled_fund", 7, 202406),))
        MoveStore(session.connection).prepare_move(move, on=DAY)
    root_of_day(database, DAY)
    return database


@pytest.fixture
def tamper(books, administrator):
    """Run statements as the server's superuser, with no trigger in the way."""

    def run(*statements):
        with psycopg.connect(**{**administrator, "dbname": books.parameters["dbname"]}) as connection:
            connection.execute("set session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)
        return verify_funds(books)

    return run


def test_books_that_nobody_touched_are_well(books):
    report = verify_funds(books)
    assert report.is_well
    assert (report.funds, report.batches, report.transfers, report.roots) == (2, 6, 6, 1)


GUANGDONG_ONLY = "fund = (select fund from ledger.fund where name = '440000:employee_pension')"
REMOVED = [
    "delete from ledger.transfer where batch = 3", "delete from ledger.seal where number = 3",
    "delete from ledger.batch where number = 3",
]  # fmt: skip
END = "'confirmed', 1"
ENDED, STRAY = "hold: how it ended", "hold: an amount of a hold that is not there"
ACCOUNT = "an account, its name, its floor or the batch that opened it"
BALANCE, HELD = "a running balance, its floor or what is held on it", "hold: an amount, a day or where it goes"


@pytest.mark.parametrize(
    ("statements", "number", "key", "what"),
    [
        (["update ledger.transfer set amount = amount + 1 where batch = 2"], 2, "second", "its content"),
        (["update ledger.batch set decision = 'D-9' where number = 2"], 2, "second", "its content"),
        (["update ledger.batch set key = key || number where number > 1"], 2, "second2", "its content"),
        (["update ledger.seal set amount = amount + 1 where number = 1"], 1, "first", "its totals"),
        (REMOVED, 3, None, "the last link or the number of batches"),
        (REMOVED[:1], 3, "third", "its content"),
        (["update ledger.hold_line set amount = 51"], None, "hold:1", HELD),
        (["update ledger.hold set expires = '2030-01-01'"], None, "hold:1", HELD),
        (["update ledger.hold set receiver = '110000:injury' where key = 'move:1'"], None, "move:1", HELD),
        (["update ledger.hold set arrives = 'reserve' where key = 'move:1'"], None, "move:1", HELD),
        (["update ledger.hold set account = account + 1 where key = 'move:1'"], None, "move:1", HELD),
        (["update ledger.hold set amount = amount + 1 where key = 'move:1'"], None, "move:1", HELD),
        ([f"insert into ledger.hold_end select fund, key, {END} from ledger.hold"], None, "hold:1", ENDED),
        (
            ["insert into ledger.hold_line select fund, 'none', account, 1 from ledger.hold_line where key = 'hold:1'"],
            None,
            "none",
            STRAY,
        ),
        ([f"insert into ledger.hold_end select fund, 'none', {END} from ledger.fund"], None, "none", ENDED),
        (["update ledger.control_balance set floor = -1 where floor = 0"], None, None, BALANCE),
        (["update ledger.control_balance set posted = posted + 1 where floor = 0"], None, None, BALANCE),
        (["update ledger.account set floor = -1 where floor = 0"], None, None, ACCOUNT),
    ],
)
def test_the_first_batch_that_the_owner_changed_is_named(tamper, statements, number, key, what):
    report = tamper(*(f"{each} {'and' if 'where' in each else 'where'} {GUANGDONG_ONLY}" for each in statements))
    found = report.findings[0]
    assert (found.fund, found.number, found.key, found.what) == (GUANGDONG, number, key, what)
    assert SICHUAN in report.heads


AT_ONCE = "link is not null and confirms is not null"


@pytest.mark.parametrize(
    ("statement", "number", "key", "what"),
    [
        (f"update ledger.batch set amount = 8 where {AT_ONCE}", 5, "move:2:sent", "its totals"),
        (f"update ledger.batch set lines = null where {AT_ONCE}", 5, "move:2:sent", "its totals"),
        (f"update ledger.batch set link = sha256('x') where {AT_ONCE}", 5, "move:2:sent", "its link"),
        (f"update ledger.batch set link = null where {AT_ONCE}", 5, "move:2:sent", "its totals"),
        (
            f"insert into ledger.seal select fund, number, lines, amount, link from ledger.batch where {AT_ONCE}",
            6, "move:2:sent", "its number",
        ),
        ("insert into ledger.hold_end select fund, 'move:2', 'released' from ledger.fund", None, "move:2", ENDED),
        ("delete from ledger.hold where key = 'move:2'", None, "move:2", ENDED),
    ],
)  # fmt: skip
def test_a_move_that_was_written_at_once_and_changed_by_the_owner_is_named(
    books, tamper, statement, number, key, what
):
    with books.session(viewer=POSTER) as session:
        store = MoveStore(session.connection)
        store.confirm_move(GUANGDONG, "move:1", on=DAY)  # it opens the transit accounts
        store.prepare_move(Move("move:2", GUANGDONG, SICHUAN, (Part("pooled_fund", "pooled_fund", 7, 202406),)), on=DAY)
        store.confirm_move(GUANGDONG, "move:2", on=DAY)
    assert verify_funds(books).is_well
    found = tamper(statement).findings[0]
    assert (found.fund, found.number, found.key, found.what) == (GUANGDONG, number, key, what)


def test_two_batches_whose_order_was_swapped_are_found(tamper):
    steps = []
    for table, column in (("transfer", "batch"), ("seal", "number"), ("batch", "number")):
        steps += [
            f"update ledger.{table} set {column} = {column} + 100 where {column} in (2, 3) and {GUANGDONG_ONLY}",
            f"update ledger.{table} set {column} = case {column} when 102 then 3 else 2 end where {column} > 100",
        ]
    found = tamper(*steps).findings[0]
    assert (found.number, found.key, found.what) == (2, "third", "its link")


def rewritten(connection, fund, amount):
    """The statements by which an owner would change the second batch and rebuild everything that follows from it."""
    number = connection.execute("select fund from ledger.fund where name = %s", (fund,)).fetchone()[0]
    link, statements = FIRST_LINK, []
    for batch in (1, 2, 3):
        key, opens, floors = connection.execute(
            "select key, opens, floors from ledger.batch where fund = %s and number = %s", (number, batch)
        ).fetchone()
        rows = copied_rows(connection, number, batch, 202406).copy()
        rows["amount"] = rows["amount"] if batch != 2 else amount
        accounts = tuple(Account(*terms) for terms in zip(opens, floors, strict=True))
        content = content_hash(rows, fund, DAY, key, None, None, None, accounts)
        link = link_after(link, number=batch, content=content)
        total = int(rows["amount"].sum())
        statements += [
            f"update ledger.transfer set amount = {total} where fund = {number} and batch = {batch}",
            f"update ledger.batch set content = '\\x{content.hex()}' where fund = {number} and number = {batch}",
            f"update ledger.seal set amount = {total} where fund = {number} and number = {batch}",
            f"update ledger.seal set link = '\\x{link.hex()}' where fund = {number} and number = {batch}",
        ]
    return [
        *statements, f"update ledger.fund set head = '\\x{link.hex()}' where fund = {number}",
        f"update ledger.control_balance set posted = {400 + amount} where fund = {number} and floor = 0",
        f"update ledger.control_balance set posted = -{400 + amount} where fund = {number} and floor is null",
    ]  # fmt: skip


def statements_of(books, amount):
    with books.connect() as connection:
        return rewritten(connection, SICHUAN, amount)


def test_a_chain_that_was_rewritten_whole_is_found_by_the_root_that_was_kept(books, tamper):
    report = tamper(*statements_of(books, 201))
    assert [finding.what for finding in report.findings] == ["root"]
    assert "The chain of 510000:employee_pension up to batch 3" in report.findings[0].message


def test_a_chain_rewritten_with_its_roots_is_found_by_a_root_kept_elsewhere(books, tamper):
    elsewhere = root_of_day(books, DAY)
    no_roots = ["delete from ledger.daily_root_fund", "delete from ledger.daily_root"]
    assert tamper(*statements_of(books, 201), *no_roots).is_well
    copy = root_from_document(elsewhere.as_document())
    assert "The chain of 510000" in verify_funds(books, root=copy).findings[0].message
    root_of_day(books, DAY)
    assert "No root kept here is" in verify_funds(books, root=elsewhere.root).findings[0].message


def test_the_root_of_a_day_is_made_once_and_chained_to_the_one_before(books):
    first, later = root_of_day(books, DAY), root_of_day(books, date(2024, 7, 1))
    with books.session(viewer=POSTER) as session:
        LedgerStore(session.connection).post(paid(GUANGDONG, "fourth"))
    assert root_of_day(books, DAY) == first and later.before == first.root
    assert verify_funds(books, root=first.root).is_well and verify_funds(books, GUANGDONG, root=later).is_well
    with pytest.raises(RootDiffers, match="roots of that day or later"):
        root_of_day(books, date(2024, 6, 1))


def test_a_hold_that_was_open_on_the_day_of_a_root_cannot_vanish(tamper):
    report = tamper(
        "delete from ledger.hold_line", "delete from ledger.hold", "update ledger.control_balance set reserved = 0"
    )
    assert "A hold of 440000:employee_pension that was open on 2024-06-30 is gone" in report.findings[0].message


def test_a_root_that_was_changed_on_its_way_is_refused(books):
    document = root_of_day(books, DAY).as_document()
    document["funds"][0]["batches"] = 2
    with pytest.raises(RootDiffers, match="WF-LED-027"):
        root_from_document(document)
    with pytest.raises(RootDiffers, match="is not a daily root"):
        root_from_document({"day": "x"})


def test_a_root_is_never_rewritten_and_kept_only_by_who_sees_all_funds(books):
    with books.connect() as connection, pytest.raises(AppendOnly), refusals_of_the_books("roots", ""):
        connection.execute("update ledger.daily_root set root = before")

    class Guangdong:
        code = "440000"

    viewer = Viewer(name="guangdong", role=Role.POSTER, scope=Guangdong(), purpose="a test")
    with books.session(viewer=viewer) as session:
        assert RootStore(session.connection).heads() == ()


RECORDS = {
    "office.employer": ("(fund, id, name, place) values ('{}', 'E-1', 'Clay Works', 440100)", "name", "'Clay'"),
    "office.enrolment": (
        "(fund, member, employer, basis, place, from_month, to_month)"
        " values ('{}', 'W-1', 'E-1', 'employee', 440100, 202301, 219912)",
        "to_month", "202412",
    ),
    "office.wage": ("(fund, member, month, fen) values ('{}', 'W-1', 202406, 500000)", "fen", "500001"),
    "office.payment": (
        "(fund, id, bank_account, on_day, fen, payer_reference) values ('{}', 'P-1', 'B', '2024-06-03', 5, 'E-1')",
        "on_day", "date '2024-06-04'",
    ),
    "office.rule": (
        "(fund, name, from_month, value, source) values ('{}', 'due_day', 202401, '15', 'n')", "value", "'16'",
    ),
    "office.benefit_record": (
        "(fund, member, what, from_month, pension, account_pension, decision, viewer)"
        " values ('{}', 'W-1', 'award', 202406, 300000, 100000, 'D-1', 'x')",
        "pension", "300001",
    ),
    "office.payroll": (
        "(fund, month, batch, through, viewer) values ('{}', 202406, 'payroll:2024-06', 1, 'x')", "through", "2",
    ),
    "office.overpaid": ("(fund, month, account, since, fen) values ('{}', 202406, 1, 202405, 7)", "fen", "8"),
    "office.recovery_plan": (
        "(fund, member, number, amount, from_month, approved_on, document, reason, viewer)"
        " values ('{}', 'W-1', 1, 7, 202407, '2024-06-03', 'd', 'r', 'x')",
        "amount", "8",
    ),
    "bank.statement": (
        "(fund, account, first, last, opening, closing, imported_by)"
        " values ('{}', 'B', '2024-06-01', '2024-06-30', 0, 5, 'x')",
        "closing", "6",
    ),
    "bank.line": (
        "(fund, account, id, on_day, amount, payer, reference, told)"
        " values ('{}', 'B', 'L-1', '2024-06-03', 5, '', '', '')",
        "amount", "6",
    ),
    "public.decision": (
        "(id, scope, question, as_of_law, as_of_known, mode, law_version, document, facts)"
        " values ('D-1', '440000', 'pension.monthly', '2024-06-01', now(), 'decision', 'v', '{{}}', '{{}}')",
        "document", "'[]'",
    ),
}  # fmt: skip


@pytest.fixture
def superuser(books, administrator):
    """The server's superuser, with no trigger in the way; each statement is kept at once."""
    parameters = {**administrator, "dbname": books.parameters["dbname"]}
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


def test_a_record_that_the_owner_changed_removed_or_added_since_a_root_is_named(books, superuser):
    for kind, (values, *_) in RECORDS.items():
        superuser.execute(f"insert into {kind} {values.format(GUANGDONG)}")
    root = root_of_day(books, date(2024, 7, 1))
    assert {each.kind for each in root.records} == set(RECORDS)
    assert verify_funds(books, root=root_from_document(root.as_document())).is_well
    for kind, (_, column, value) in RECORDS.items():
        (before,) = superuser.execute(f"select to_jsonb({column}) #>> '{{}}' from {kind}").fetchone()
        superuser.execute(f"update {kind} set {column} = {value}")
        assert found(books).startswith(f"Records 1 to 1 of {kind}"), kind
        superuser.execute(f"update {kind} set {column} = '{before}'")
    superuser.execute("delete from bank.line")
    assert "bank.line of 440000:employee_pension are not what the root of 2024-07-01" in found(books)
    assert verify_funds(books, SICHUAN).is_well


def found(books):
    return verify_funds(books).findings[0].message


def test_a_record_put_among_those_of_a_root_is_found(books, superuser):
    rule = RECORDS["office.rule"][0]
    for fund in (GUANGDONG, SICHUAN, GUANGDONG):
        superuser.execute(f"insert into office.rule {rule.format(fund)}")
        root_of_day(books, DAY + timedelta(days=superuser.execute("select count(*) from office.rule").fetchone()[0]))
    assert verify_funds(books).is_well
    columns, values = rule.format(SICHUAN).split(" values ")
    superuser.execute(
        f"insert into office.rule (row, {columns[1:]} overriding system value values (1, {values[1:]}"
    )
    assert "office.rule has 1 records more" in found(books)


def test_records_that_come_after_a_root_stand_under_the_next(books, superuser):
    rule = RECORDS["office.rule"][0].format(GUANGDONG)
    superuser.execute(f"insert into office.rule {rule}")
    first = root_of_day(books, date(2024, 7, 1))
    superuser.execute(f"insert into office.rule {rule}")
    assert verify_funds(books).is_well
    second = root_of_day(books, date(2024, 7, 2))
    assert [(each.first, each.last) for each in (*first.records, *second.records)] == [(1, 1), (2, 2)]


def test_the_records_of_a_root_are_kept_once_and_with_it(books):
    root_of_day(books, date(2024, 7, 1))
    refused = pytest.raises(AppendOnly)
    with refused, refusals_of_the_books("roots", ""), books.session(viewer=POSTER) as session:
        session.connection.execute(
            "select ledger.keep_root_records('2024-07-01', array['office.wage'], array[''], array[1::bigint],"
            " array[1::bigint], array[1::bigint], array[sha256('x')])"
        )
