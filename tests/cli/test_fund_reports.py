"""Rules of the commands that read a fund's book: whole figures at every width, both languages, JSON, refusals."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from funds.reports.small_fund import GUANGDONG, SICHUAN, batch, small_batches
from storage.servers import officer, settings_in
from wayfare.cli.main import app
from wayfare.kernel.errors import WayfareError
from wayfare.storage import Role, open_database
from wayfare.storage.decision_store import keep
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.server import stop_server

BIG = 123_456_789_012
BANK_CSV = "id,on,amount,balance\nB-2,2024-03-05,77.00,77.00\nB-1,2024-06-12,4800.00,4877.00\n"
DEEP = {"clause": "deep", "holds": True, "sentence": {"en": "Too deep to tell.", "zh": "过深。"}}
THIRD = {"clause": "third", "holds": None, "children": [DEEP]}
REASON = {
    "clause": "pooled_transfer", "holds": True, "source": "国办发〔2009〕66号", "article": "4(2)",
    "sentence": {"en": "Pooled money follows you.", "zh": "统筹资金随您转移。"},
    "children": [{"clause": "is_paid", "holds": False, "children": [THIRD]}],
}  # fmt: skip
READS = {
    "trial-balance": ("trial-balance",),
    "cash-book": ("cash-book",),
    "ageing": ("ageing", "--on", "2024-12-31"),
    "reconcile": ("reconcile", "--on", "2024-12-31"),
    "figure": ("explain", "account", "--month", "2024-06"),
    "batch": ("explain", "--batch", "contributions:2024-06"),
}


@pytest.fixture(scope="module")
def state(prepared):
    """The state directory of a server with the small funds in its book."""
    directory = Path(tempfile.mkdtemp(prefix="wayfare-test-"))
    directory.chmod(0o755)
    settings = settings_in(directory, idle_seconds=5.0)
    shutil.copytree(prepared, settings.state)
    with open_database(settings) as database, database.session(viewer=officer(role=Role.POSTER)) as session:
        for each in small_batches():
            LedgerStore(session.connection).post(each)
        moved = ("contribution_clearing:employer:E-1", "pooled_fund", BIG)
        LedgerStore(session.connection).post(batch("110000:injury", "2024-06-30", "big", moved, decision="D-1"))
    with open_database(settings) as database, database.session(viewer=officer()) as session:
        keep(
            session, question="pension.transfer", person=None, scope="110000", identity="D-1", mode="decision",
            as_of_law=date(2024, 6, 1), as_of_known=datetime(2024, 6, 1, tzinfo=UTC), law_version="v",
            document={"answer": "5.00", "reasons": [REASON, REASON]}, facts={},
        )  # fmt: skip
    yield settings
    stop_server(settings)
    shutil.rmtree(directory)


@pytest.fixture
def fund(state, monkeypatch):
    """Run a command of `wayfare fund` on the small fund, at a width if one is named; what it printed."""
    monkeypatch.setattr("wayfare.storage.Settings.from_environment", lambda: state)

    def run(command, *more, width=220, exit_code=0, of=GUANGDONG):
        monkeypatch.setattr("wayfare.cli.console.PIPE_WIDTH", width)
        named = ["--fund", of] if of else []
        result = CliRunner().invoke(app, ["fund", command, *more, *named])
        if isinstance(result.exception, WayfareError):
            raise result.exception
        assert (result.exit_code, result.exception if exit_code == 0 else None) == (exit_code, None), result.output
        return result.output

    return run


@pytest.mark.parametrize("width", [80, 160, 220])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", READS, ids=str)
def test_no_figure_is_cut_and_no_line_is_too_long(fund, command, language, width):
    shown = fund(*READS[command], "--lang", language, width=width)
    tables = [line for line in shown.splitlines() if "wayfare fund" not in line]
    assert "…" not in shown
    assert max(cell_len(line.rstrip()) for line in tables) <= width
    wide = fund(*READS[command], "--lang", language)
    figures = re.compile(r"-?[0-9,]+\.[0-9]{2}")
    assert sorted(figures.findall(shown)) == sorted(figures.findall(wide)) != []


def test_a_trial_balance_shows_classes_and_sums_to_zero(fund):
    lines = fund("trial-balance").splitlines()
    assert lines[0] == "Trial balance of Guangdong, employees’ pension, 2024-03 to 2024-12"
    assert [line.split()[-1] for line in lines if line.startswith("Sum")] == ["0.00"]
    assert any(re.search(r"All individual accounts \(2\) .* 2,073.45$", line) for line in lines)


def test_figures_stand_to_the_right_with_separators(fund):
    lines = fund("trial-balance", of="110000:injury").splitlines()
    ends = {len(line.rstrip()) for line in lines if line.rstrip().endswith(("1,234,567,890.12", "0.00"))}
    assert len(ends) == 1
    assert any("-1,234,567,890.12" in line for line in lines)


def test_a_trial_balance_speaks_chinese(fund):
    shown = fund("trial-balance", "--lang", "zh", "--month", "2024-06")
    assert "广东省职工基本养老保险基金试算平衡表，2024-06至2024-06" in shown
    assert "全部个人账户（2个）" in shown and "合计" in shown


def test_json_is_what_the_table_shows(fund):
    told = json.loads(fund("trial-balance", "--json"))
    assert (told["total"]["debits"], told["total"]["closing"]) == ("17120.45", "0.00")
    assert json.loads(fund("cash-book", "--json"))[0]["closing"] == "4637.00"
    assert json.loads(fund("ageing", "--json", "--on", "2024-12-31"))["total"] == "377.00"
    assert json.loads(fund("reconcile", "--json", "--on", "2024-12-31"))["members"]["difference"] == "0.00"
    assert json.loads(fund("explain", "suspense", "--json"))["closing"] == "77.00"
    assert json.loads(fund("statement", "W-105", "--json", of=None))["closing"] == "1600.00"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("trial-balance", "--month", "2020-01"), "Nothing was booked in Guangdong"),
        (("cash-book", "--month", "2020-01"), "Nothing was booked in Bank account: ICBC-1"),
        (("ageing", "--on", "2024-01-01"), "Nothing is open"),
    ],
)
def test_an_empty_report_says_so_in_a_sentence(fund, command, sentence):
    assert sentence in fund(*command)


def test_a_fund_without_a_bank_or_a_pair_says_so(fund):
    assert "keeps no bank account" in fund("cash-book", of=SICHUAN)
    assert "keeps no account with another fund" in fund("reconcile", of="110000:injury")


def test_a_statement_marks_the_month_that_the_employer_has_not_paid(fund):
    shown = fund("statement", "W-104", of=None)
    assert re.search(r"2024-06  Your share, kept back from your wage \* +800.00", shown)
    assert "* The employer has not yet paid this month" in shown
    assert "*" not in fund("statement", "W-104", "--to", "2024-06-29", of=None)


def test_a_person_without_an_account_is_a_refusal_with_a_next_step(fund):
    with pytest.raises(WayfareError, match=r"WF-FND-049 .*keeps an account for W-999"):
        fund("statement", "W-999", of=None)


def test_a_figure_leads_to_its_batches_and_a_batch_to_its_transfers(fund):
    assert re.search(r"2024-06-30  contributions:2024-06 +2 +1,600.00", fund("explain", "account"))
    shown = fund("explain", "account:W-104", "--batch", "contributions:2024-06")
    assert "800.00" in shown and "1,600.00" not in shown
    assert "No decision is named on this batch." in shown


def test_a_batch_shows_the_reasons_of_its_decision_with_their_articles_each_once(fund):
    shown = fund("explain", "--batch", "big", "--lang", "zh", of="110000:injury")
    assert "依据认定 D-1：pension.transfer，适用2024-06-01的法律，法律版本 v。" in shown
    assert shown.count("✓ 统筹资金随您转移。 (国办发〔2009〕66号 4(2))") == 1
    assert "    ✗ is_paid\n      ? third\n" in shown and "过深" not in shown


def test_a_bank_statement_is_imported_once_and_matched(fund, tmp_path):
    (tmp_path / "bank.csv").write_text(BANK_CSV + "B-3,2024-06-31,10.00,4887.00\n", encoding="utf-8")
    account, file = ("--account", "ICBC-1"), str(tmp_path / "bank.csv")
    assert "2 new lines, 0 known before, 1 refused." in fund("bank", "import", file, *account, exit_code=2)
    (tmp_path / "bank.csv").write_text(BANK_CSV, encoding="utf-8")
    assert "0 new lines, 2 known before, 0 refused." in fund("bank", "import", file, *account)
    shown = fund("bank", "match", *account, "--on", "2024-06-12")
    assert "Bank and book agree: 2 lines matched" in shown


def test_a_file_that_is_not_there_and_a_wrong_stretch_are_wrong_calls(fund):
    assert "There is no file" in fund("bank", "import", "none.csv", "--account", "A", exit_code=2)
    assert "lies before" in fund("cash-book", "--from", "2024-06", "--to", "2024-05", exit_code=2)
    assert "not both" in fund("cash-book", "--month", "2024-06", "--to", "2024-05", exit_code=2)
    assert "no month or day" in fund("cash-book", "--from", "June", exit_code=2)
    assert "Name an account" in fund("explain", exit_code=2)


def test_an_export_says_how_many_rows_it_wrote(fund, tmp_path):
    shown = fund("export", str(tmp_path / "book.csv"), "--month", "2024-06")
    assert shown.startswith("12 rows of Guangdong, employees’ pension written to")
    assert len((tmp_path / "book.csv").read_text(encoding="utf-8-sig").splitlines()) == 13
