"""Rules of exports: read back they are the book to the fen, nothing in them runs, Beancount adds up what we did."""

from __future__ import annotations

import csv
import weakref
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from beancount import loader
from beancount.core import realization

from funds.reports.small_fund import BANK, EMPLOYER, GUANGDONG, batch, books_of, lines_of, small_batches
from wayfare.app.funds.export import export, format_of
from wayfare.app.funds.export.csv_file import inert, write_csv
from wayfare.app.funds.export.excel_file import ROWS_MOST, write_excel
from wayfare.app.funds.export.parquet_file import write_parquet
from wayfare.app.funds.export.table import Column, ExportTable, Kind
from wayfare.app.sessions import at_work
from wayfare.funds.reports.beancount import account_name
from wayfare.funds.reports.errors import ExportNotWritten, ExportTooLong, ExportUnknown
from wayfare.kernel import Month
from wayfare.storage import Role
from wayfare.storage.ledger_store import LedgerStore

YEAR = Month("2024-01"), Month("2024-12")
ODD = [
    batch(GUANGDONG, "2024-08-01", '=cmd("calc")', (EMPLOYER, "account:=1+1", 1, "=1+1", 202408)),
    batch(GUANGDONG, "2024-08-02", '@x "quoted" \\ back', (BANK, "suspense", 12_345_678_901_234)),
    batch(GUANGDONG, "2024-08-03", "payment:中国银行", ("bank:建设银行", "contribution_clearing:person", 3)),
]


@pytest.fixture
def booked(database):
    """The small funds, and batches whose names a spreadsheet might run or a journal might not take."""
    with at_work(database, Role.POSTER, "a test") as session:
        for each in [*small_batches(), *ODD]:
            LedgerStore(session.connection).post(each)
    return database


@pytest.fixture
def write(booked, tmp_path):
    """Export what the small fund holds; the file."""

    def to(name: str, what: str = "transfers", first: Month = YEAR[0], last: Month = YEAR[1]):
        return export(booked, tmp_path / name, GUANGDONG, what, first, last).file

    return to


def expected() -> list[tuple]:
    own = lines_of([*small_batches(), *ODD], GUANGDONG)
    return [(line.batch, line.key, line.on, line.debit, line.credit, line.amount.amount_fen) for line in own]


def table(rows, *kinds: Kind) -> ExportTable:
    columns = tuple(Column(f"c{place}", kind) for place, kind in enumerate(kinds))
    return ExportTable("a table", columns, len(rows), iter([rows]))


def test_csv_holds_exact_decimal_text_and_reads_back_as_the_book(write):
    with write("book.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        (int(row["batch"]), row["key"].removeprefix("'"), date.fromisoformat(row["on"]), row["debit"], row["credit"],
         int(Decimal(row["amount"]) * 100))
        for row in rows
    ]  # fmt: skip
    assert found == expected()
    assert {row["effective_from"] for row in rows} >= {"2024-05", "2024-12"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_of_a_csv_file_is_run_by_a_spreadsheet(text):
    assert inert(text) == "'" + text


def test_a_harmless_text_is_left_alone():
    assert [inert(text) for text in ("W-104", "a=b", "", "'x")] == ["W-104", "a=b", "", "'x"]


def test_no_cell_of_a_csv_export_begins_with_what_a_spreadsheet_runs(write):
    with write("book.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert '\'=cmd("calc")' in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")]


def test_parquet_holds_exact_decimals_and_fen_and_reads_back_as_the_book(write):
    rows = pq.read_table(write("book.parquet")).to_pylist()
    found = [(row["batch"], row["key"], row["on"], row["debit"], row["credit"], row["amount_fen"]) for row in rows]
    assert found == expected()
    assert all(row["amount"] == Decimal(row["amount_fen"]) / 100 for row in rows)


def test_a_negative_amount_is_the_same_in_both_columns_of_parquet(write):
    rows = pq.read_table(write("balance.parquet", "trial-balance")).to_pylist()
    assert [row["closing"] * 100 for row in rows] == [row["closing_fen"] for row in rows]
    assert min(row["closing_fen"] for row in rows) < 0
    assert sum(row["closing_fen"] for row in rows) == 0


def test_excel_holds_numbers_and_days_and_reads_back_as_the_book(write):
    book = openpyxl.load_workbook(write("book.xlsx"))
    sheet = book["transfers"]
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    at = {name: place for place, name in enumerate(head)}
    found = [
        (row[at["batch"]], row[at["key"]], row[at["on"]].date(), row[at["debit"]], row[at["credit"]],
         round(row[at["amount"]] * 100))
        for row in rows
    ]  # fmt: skip
    assert found == expected()
    amount = sheet.cell(2, at["amount"] + 1)
    assert (amount.data_type, amount.number_format, sheet.freeze_panes) == ("n", "#,##0.00", "A2")
    book.close()


def test_no_text_of_an_excel_sheet_is_a_formula(write):
    book = openpyxl.load_workbook(write("book.xlsx"))
    kinds = {cell.data_type for row in book["transfers"].iter_rows() for cell in row}
    odd = [cell for row in book["transfers"].iter_rows() for cell in row if cell.value == '=cmd("calc")']
    assert kinds <= {"s", "n", "d", "inlineStr"}
    assert odd and all(cell.quotePrefix for cell in odd)
    book.close()


def test_an_amount_with_more_digits_than_excel_keeps_is_text(tmp_path):
    write_excel(tmp_path / "a.xlsx", table([(10**15 + 1,), (10**15 - 1,)], Kind.MONEY))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [cell.value for cell in book["a table"]["A"][1:]] == ["10000000000000.01", 9999999999999.99]
    book.close()


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(tmp_path):
    long = ExportTable("transfers", (Column("a"),), ROWS_MOST + 1, iter(()))
    with pytest.raises(ExportTooLong, match=r"WF-FND-052 .*1,048,576 rows") as refused:
        write_excel(tmp_path / "a.xlsx", long)
    assert ".parquet" in refused.value.next_step
    assert list(tmp_path.iterdir()) == []


class Chunk(list):
    """Rows that can be watched."""


@pytest.mark.parametrize("write_table", [write_csv, write_parquet, write_excel])
def test_no_more_than_two_chunks_of_rows_are_held_at_a_time(tmp_path, write_table):
    made: list[weakref.ref] = []

    def chunks():
        for number in range(5):
            assert [ref() for ref in made[:-1]] == [None] * len(made[:-1])
            rows = Chunk([(number, "text")] * 10)
            made.append(weakref.ref(rows))
            yield rows
            del rows

    columns = Column("amount", Kind.MONEY), Column("text")
    whole = ExportTable("a table", columns, 50, chunks()).telling(lambda done, total: None)
    assert write_table(tmp_path / "a.file.xlsx", whole) == 50


@pytest.mark.parametrize(("name", "format"), [("a.CSV", "csv"), ("a.bean", "beancount"), ("a.xlsx", "xlsx")])
def test_the_ending_of_the_file_names_its_format(tmp_path, name, format):
    assert format_of(tmp_path / name) == format
    assert format_of(tmp_path / name, "parquet") == "parquet"


def test_an_unknown_format_and_a_journal_of_a_report_are_refused(write):
    with pytest.raises(ExportUnknown, match=r"WF-FND-051 .*\.pdf"):
        write("a.pdf")
    with pytest.raises(ExportUnknown, match="accounts cannot be written as beancount"):
        write("a.beancount", "accounts")


def test_a_file_that_cannot_be_written_leaves_nothing(write, tmp_path):
    with pytest.raises(ExportNotWritten, match="WF-FND-053"):
        write("nowhere/a.csv")
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_one_look_at_all_that_it_names(write, database):
    write("a.csv")
    with at_work(database, Role.OFFICER, "a test") as session:
        looks = session.connection.execute("select person, subject from access_record").fetchall()
    assert looks == [(None, f"export of transfers of {GUANGDONG} 2024-01..2024-12")]


@pytest.mark.parametrize("name", ["a.csv", "a.beancount"])
def test_an_export_tells_how_far_it_is(booked, tmp_path, name):
    said = []

    def tell(done: int, total: int) -> None:
        said.append((done, total))

    export(booked, tmp_path / name, GUANGDONG, "transfers", *YEAR, progress=tell)
    rows = len(expected())
    assert (said[0], said[-1]) == ((0, rows), (rows, rows))


@pytest.mark.parametrize("what", ["accounts", "trial-balance", "cash-book", "ageing"])
def test_each_table_has_its_rows_in_every_format(write, what):
    with write("a.csv", what).open(encoding="utf-8-sig", newline="") as file:
        lines = len(list(csv.reader(file))) - 1
    sheet = openpyxl.load_workbook(write("a.xlsx", what))[what]
    assert lines == pq.read_table(write("a.parquet", what)).num_rows == sheet.max_row - 1 > 0


# ---------------------------------------------------------------- Beancount


def balances(entries) -> dict[str, int]:
    """By account what Beancount makes of a journal, in fen."""
    root = realization.realize(entries)
    return {
        each.account: int(each.balance.get_currency_units("CNY").number * 100)
        for each in realization.iter_children(root) if not each.balance.is_empty()
    }  # fmt: skip


def ours() -> dict[str, int]:
    book = books_of([*small_batches(), *ODD]).trial_balance(GUANGDONG)
    return {account_name(name): -balance.amount_fen for name, balance in book.items() if balance}


def test_beancount_accepts_the_journal_and_its_balances_are_ours(write):
    entries, errors, _ = loader.load_file(str(write("book.beancount")))
    assert errors == []
    assert balances(entries) == ours()


def test_a_journal_of_some_months_brings_forward_what_was_there_before(write):
    entries, errors, _ = loader.load_file(str(write("late.beancount", first=Month("2024-07"))))
    assert errors == []
    assert balances(entries) == ours()


def test_a_journal_in_which_one_fen_was_moved_fails(write):
    text = write("book.beancount").read_text(encoding="utf-8")
    for before, after in (
        ("Liabilities:Account:W-104  -23.45 CNY", "Liabilities:Account:W-104  -23.46 CNY"),
        ("Equity:PooledFund  23.45 CNY", "Equity:PooledFund  23.46 CNY"),
    ):
        assert before in text
        text = text.replace(before, after)
    _, errors, _ = loader.load_string(text)
    assert {type(error).__name__ for error in errors} == {"BalanceError"}


def test_a_journal_from_which_a_transfer_was_taken_fails(write):
    text = write("book.beancount").read_text(encoding="utf-8")
    head, _, tail = text.partition('2024-06-12 * "payment:B-1"')
    _, errors, _ = loader.load_string(head + tail[tail.index("2024-0") :])
    assert errors


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("account:W-104", "Liabilities:Account:W-104"),
        ("account:p1", "Liabilities:Account:X-p1"),
        ("account:X-p1", "Liabilities:Account:X-X-2d-p1"),
        ("account:a:b", "Liabilities:Account:X-a-3a-b"),
        ("bank:建设银行", "Assets:Bank:X-建设银行"),
        ("contribution_clearing:person", "Assets:ContributionClearing:Person"),
        ("contribution_clearing:employer:E-7", "Assets:ContributionClearing:Employer:E-7"),
        ("in_transit_in:440000:employee_pension", "Assets:InTransitIn:440000:EmployeePension"),
        ("prepaid", "Liabilities:Prepaid:X-"),
        ("benefits_payable:death_grant", "Liabilities:BenefitsPayable:DeathGrant"),
        ("pooled_fund", "Equity:PooledFund"),
    ],
)
def test_an_account_has_a_name_that_beancount_takes_and_no_other_account_has(account, name):
    assert account_name(account) == name
    _, errors, _ = loader.load_string(f"2024-01-01 open {name} CNY\n")
    assert errors == []
