"""The month of a fund's office: files come in line by line, everybody is charged once, and a repeat does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.funds_office import FUND, WAGES, Office
from wayfare.app.funds.run_month import correct_month, post_month, prepare_month
from wayfare.app.sessions import at_work
from wayfare.funds.month.errors import ImportFileWrong, MonthNotAssessed
from wayfare.kernel import Money, Month
from wayfare.ledger import Batch, reversal
from wayfare.ledger.errors import AccountWrong, Overdrawn
from wayfare.storage import Role
from wayfare.storage.ledger_store import LedgerStore

JUNE, SEPTEMBER = Month("2024-06"), Month("2025-09")


@pytest.fixture
def office(database, law, tmp_path: Path) -> Office:
    return Office(database, law, tmp_path)


@pytest.fixture
def stocked(office: Office) -> Office:
    office.stock()
    return office


def poster(office: Office):
    return at_work(office.database, Role.POSTER, "a test")


def balances(office: Office) -> dict[str, str]:
    with poster(office) as session:
        found = LedgerStore(session.connection).trial_balance(FUND)
    return {name: str(amount) for name, amount in found.items() if amount}


# ---- files
def test_good_lines_are_kept_and_each_bad_one_is_told_with_its_line_code_and_next_step(stocked: Office) -> None:
    found = stocked.take(
        "wages",
        "member,month,wage\nm1,2024-07,10000.00\nm1,2024-7,1.00\nm3,2024-07,5k\nm3,2024-07\nnobody,2024-07,1.00\n"
        "m1,2024-07,10000.00\nm1,2024-07,10000.01\n\nm4,2024-07,300000.00\nm3,2024-07,5000.00\n",
    )
    assert (found.added, found.repeated) == (2, 1)
    assert [(each.line, each.error.code) for each in found.problems] == [
        (3, "WF-FND-003"), (4, "WF-FND-003"), (5, "WF-FND-003"), (6, "WF-FND-005"), (8, "WF-FND-004"),
        (10, "WF-FND-003"),
    ]  # fmt: skip
    assert all(each.error.next_step for each in found.problems)
    assert found.as_document()["problems"][1]["message"] == (
        "wage: '5k' is no amount. Write yuan with two decimals and no other sign: 1234.50."
    )


def test_the_same_file_again_adds_nothing_and_says_so_also_after_a_correction(stocked: Office) -> None:
    assert stocked.take("wages", "member,month,wage\nm1,2024-06,12000.00\n").corrected == 1
    again = stocked.take("wages", WAGES)
    assert again.is_again and (again.added, again.corrected, again.repeated) == (0, 0, 3)
    assert prepare_month(stocked.database, stocked.law, FUND, JUNE).dues[0].own == 96_000  # 8 % of 12000.00


def test_a_file_that_comes_again_adds_what_it_could_not_add_before(office: Office) -> None:
    enrolments = "member,employer,basis,from\nm1,E1,employee,2023-01\nm2,E2,employee,2023-01\n"
    office.take("employers", "id,name\nE1,Mill\n")
    assert [each.error.code for each in office.take("enrolments", enrolments).problems] == ["WF-FND-005"]
    office.take("employers", "id,name\nE2,Hotel\n")
    again = office.take("enrolments", enrolments)
    assert (again.added, again.repeated) == (1, 1) and not again.problems


def test_a_file_may_begin_with_a_byte_order_mark_and_hold_quoted_fields(office: Office) -> None:
    found = office.take("employers", "\ufeffid,name\nE1,\"棉纺厂, 一车间\"\n")
    assert found.added == 1 and not found.problems


def test_a_line_in_another_encoding_is_left_out_and_told(office: Office) -> None:
    found = office.take("employers", b"id,name\nE1," + "棉纺厂".encode("gbk") + b"\nE2,Hotel\n")
    assert found.added == 1
    assert [(each.line, each.error.code) for each in found.problems] == [(2, "WF-FND-003")]


def test_a_quote_left_open_costs_its_own_line_alone(office: Office) -> None:
    found = office.take("employers", 'id,name\n"E1,Mill\nE2,Hotel\n,\nE3,Bank\n')
    assert found.added == 2 and [each.line for each in found.problems] == [2]


@pytest.mark.parametrize("name", ["1.10101E+17", "ＳＨ-0001", "SH-0001\u200b", "SH‐００01"])
def test_a_name_that_a_spreadsheet_or_a_keyboard_has_changed_makes_no_new_member(stocked: Office, name: str) -> None:
    found = stocked.take("enrolments", f"member,employer,basis,from\n{name},E1,employee,2024-06\n")
    assert found.added == 0 and found.problems[0].error.as_document()["message"].startswith("member: ")


@pytest.mark.parametrize("fund", ["310000:pension", "319999:employee_pension"])
def test_a_slip_in_the_name_of_the_fund_takes_no_file_in(database, law, tmp_path: Path, fund: str) -> None:
    with pytest.raises(AccountWrong):
        Office(database, law, tmp_path, fund=fund).stock()


@pytest.mark.parametrize("text", ["", "id\nE1\n", "id,name,colour\nE1,Mill,red\n"])
def test_a_file_whose_heading_does_not_fit_is_refused_whole(office: Office, text: str) -> None:
    with pytest.raises(ImportFileWrong, match="The heading of a file of employers does not fit"):
        office.take("employers", text)


def test_a_place_outside_the_fund_is_left_out(office: Office) -> None:
    found = office.take("employers", "id,name,place\nE1,Mill,440300\nE2,Hotel,310101\n")
    assert found.added == 1 and "does not lie in 310000" in found.problems[0].error.found


def test_an_enrolment_that_was_wrong_is_taken_back_by_ending_it_where_it_began(stocked: Office) -> None:
    stocked.take("enrolments", "member,employer,basis,from,to\nm3,E2,employee,2024-06,2024-06\n")
    assert prepare_month(stocked.database, stocked.law, FUND, JUNE).enrolled == 3


# ---- the run
def test_the_month_charges_employers_and_people_and_lists_whom_it_cannot_assess(stocked: Office) -> None:
    run = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert [(due.employer.id if due.employer else None, due.members, due.pool, due.own) for due in run.dues] == [
        ("E1", 1, 160_000, 80_000), ("E2", 1, 116_960, 58_480), (None, 1, 96_000, 64_001)
    ]  # fmt: skip
    assert [(each.name, each.members) for each in run.not_assessed] == [("wage", ("m5",))]
    assert balances(stocked) == {}  # a preview posts nothing
    assert post_month(stocked.database, run).fresh
    assert balances(stocked) == {
        "pooled_fund": "3729.60", "account:m1": "800.00", "account:m3": "584.80", "account:m4": "640.01",
        "contribution_clearing:employer:E1": "-2400.00", "contribution_clearing:employer:E2": "-1754.40",
        "contribution_clearing:person": "-1600.01",
    }  # fmt: skip


def test_a_repeat_of_the_month_does_nothing_and_one_of_the_batch_is_harmless(stocked: Office) -> None:
    first = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    post_month(stocked.database, first)
    again = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert again.batch is None and (again.charged, again.charged_before) == (0, 3)
    assert not post_month(stocked.database, first).fresh


def test_who_was_missed_is_charged_later_in_the_open_month_for_the_month_it_is_for(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    with poster(stocked) as session:
        LedgerStore(session.connection).close(FUND, 202407)
    stocked.take("wages", "member,month,wage\nm5,2024-06,9000.00\n")
    late = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert (late.key, late.on.isoformat(), late.charged) == ("contributions:2024-06:late-1", "2024-08-01", 1)
    post_month(stocked.database, late)
    with poster(stocked) as session:
        lines = LedgerStore(session.connection).member_statement("m5")
    assert [(line.effective_from, line.on.isoformat(), line.amount) for line in lines] == [
        (202406, "2024-08-01", Money.fen(144_000)), (202406, "2024-08-01", Money.fen(72_000))
    ]  # fmt: skip
    assert prepare_month(stocked.database, stocked.law, FUND, JUNE).batch is None


def test_a_month_that_was_taken_back_is_charged_again(stocked: Office) -> None:
    run = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    post_month(stocked.database, run)
    with poster(stocked) as session:
        store = LedgerStore(session.connection)
        store.post(reversal(store.batch(FUND, run.key), on=run.on, key="undo"))
    again = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert (again.charged, again.key) == (3, "contributions:2024-06:late-1")
    assert post_month(stocked.database, again).fresh


def test_an_earlier_month_that_is_posted_late_leaves_the_months_after_it_to_be_charged(stocked: Office) -> None:
    stocked.take("wages", "member,month,wage\nm1,2024-05,10000.00\n")
    with poster(stocked) as session:
        LedgerStore(session.connection).close(FUND, 202405)
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, Month("2024-05")))
    assert prepare_month(stocked.database, stocked.law, FUND, JUNE).charged == 3
    assert prepare_month(stocked.database, stocked.law, FUND, Month("2024-05")).charged == 0


def test_a_month_in_which_nobody_is_enrolled_is_no_month_to_run(stocked: Office) -> None:
    with pytest.raises(MonthNotAssessed, match="Nobody is enrolled in 310000:employee_pension in 2019-01"):
        prepare_month(stocked.database, stocked.law, FUND, Month("2019-01"))


def test_a_rule_of_the_office_is_dated_and_cited_fills_a_gap_and_replaces_no_figure_of_the_law(
    database, law, tmp_path: Path
) -> None:
    office = Office(database, law, tmp_path, fund="440000:employee_pension")
    office.take("employers", "id,name,place\nE1,Mill,440300\n")
    office.take("enrolments", "member,employer,basis,from\nm1,E1,employee,2025-01\n")
    office.take("wages", "member,month,wage\nm1,2025-09,10000.00\n")
    before = prepare_month(database, law, office.fund, SEPTEMBER)
    assert [each.name for each in before.not_assessed] == ["employer_rate"]
    found = office.take(
        "rules",
        "name,from,value,source\nemployer_rate,2025-07,0.14,Notice 7\nno_such_rate,2025-07,0.15,Notice 7\n"
        "due_day,2024-01,32,Notice 8\ndue_day,2024-01,15,Notice 8\nemployer_rate,2025-08,1.5,Notice 7\n"
        "announced_base_floor,2025-07,4000.00,Notice 7\nwage_base,2025-07,4000.00,Notice 7\n",
    )
    assert found.added == 2 and [each.line for each in found.problems] == [3, 4, 6, 7, 8]
    assert "The rulebook has a sure figure for announced_base_floor in 2025-07: 4775.00" in str(found.problems[3].error)
    run = prepare_month(database, law, office.fund, SEPTEMBER)
    assert run.rules == {"due_day": ("15", "Notice 8"), "employer_rate": ("0.14", "Notice 7")}
    assert [(due.pool, due.own) for due in run.dues] == [(140_000, 80_000)]


def test_an_employer_that_declared_nothing_owes_a_tenth_more_than_last_time_which_is_told_and_not_booked(
    stocked: Office,
) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    stocked.take("wages", "member,month,wage\nm1,2024-07,10000.00\nm1,2024-08,10000.00\n")
    july, august = (prepare_month(stocked.database, stocked.law, FUND, Month(m)) for m in ("2024-07", "2024-08"))
    assert [(each.employer.id, each.last_month, each.fen) for each in july.undeclared] == [("E2", 202406, 192_984)]
    assert [each.fen for each in august.undeclared] == [212_282]  # 1754.40 x 110 % x 110 %
    assert [due.employer.id for due in july.dues] == ["E1"]
    assert july.as_document()["undeclared"][0]["owed_for_now"] == "1929.84"


def test_an_employer_that_was_never_charged_has_no_month_to_reckon_from(office: Office) -> None:
    office.take("employers", "id,name\nE1,Mill\n")
    office.take("enrolments", "member,employer,basis,from\nm1,E1,employee,2024-06\n")
    (silent,) = prepare_month(office.database, office.law, FUND, JUNE).undeclared
    assert (silent.employer.id, silent.last_month, silent.fen) == ("E1", None, None)


def test_who_is_charged_for_another_amount_than_the_records_give_now_is_told(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    assert prepare_month(stocked.database, stocked.law, FUND, JUNE).differing == ()
    stocked.take("wages", "member,month,wage\nm1,2024-06,12000.00\n")
    stocked.take("enrolments", "member,employer,basis,from,to\nm3,E2,employee,2024-06,2024-06\n")
    again = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert [(each.member, each.charged, each.now) for each in again.differing] == [
        ("m1", 240_000, 288_000), ("m3", 175_440, 0)
    ]  # fmt: skip
    assert again.batch is None and again.as_document()["differing"][0] == {
        "member": "m1", "charged": "2400.00", "now": "2880.00", "payer": "E1", "payer_now": "E1"
    }  # fmt: skip


def test_who_is_charged_to_another_payer_than_the_records_give_now_is_told_and_put_right(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    stocked.take(
        "enrolments", "member,employer,basis,from,to\nm1,E1,employee,2023-01,2024-06\nm1,E2,employee,2024-06,\n"
    )
    (found,) = prepare_month(stocked.database, stocked.law, FUND, JUNE).differing
    assert (found.charged, found.now, found.payer, found.payer_now) == (240_000, 240_000, "E1", "E2")
    anew = prepare_month(stocked.database, stocked.law, FUND, JUNE, anew=True)
    assert (anew.charged, anew.batch is not None) == (3, True)
    corrected = correct_month(stocked.database, stocked.law, FUND, JUNE)
    assert (corrected.taken_back, corrected.run.dues) == (("contributions:2024-06",), anew.dues)
    found = balances(stocked)
    assert "contribution_clearing:employer:E1" not in found  # nothing is left there
    assert found["contribution_clearing:employer:E2"] == "-4154.40"


def test_a_member_whom_two_payers_enrol_is_told_with_the_one_begun_last_charged(stocked: Office) -> None:
    stocked.take("enrolments", "member,employer,basis,from\nm1,E2,employee,2024-05\n")
    run = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert run.several == ("m1",) and run.as_document()["several_payers"] == ["m1"]
    assert [(each.employer.id, each.members) for each in run.dues if each.employer] == [("E2", 2)]


def test_who_was_charged_and_can_no_longer_be_assessed_is_told(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    stocked.take("enrolments", "member,employer,basis,from\nm1,E2,employee,2023-01\n")
    again = prepare_month(stocked.database, stocked.law, FUND, JUNE)
    assert [each.members for each in again.not_assessed if each.name == "enrolled_twice"] == [("m1",)]


def test_a_month_is_corrected_by_taking_it_back_and_posting_it_anew_both_or_neither(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    stocked.take("wages", "member,month,wage\nm1,2024-06,12000.00\nm5,2024-06,9000.00\n")
    run, posted, *_ = correct_month(stocked.database, stocked.law, FUND, JUNE)
    assert posted.fresh and run.key == "contributions:2024-06:late-1" and run.charged == 4
    found = balances(stocked)
    assert found["account:m1"] == "960.00" and found["contribution_clearing:employer:E1"] == "-2880.00"
    assert found["account:m5"] == "720.00" and found["account:m3"] == "584.80"
    again, posted, *_ = correct_month(stocked.database, stocked.law, FUND, JUNE)
    assert posted is None and again.differing == () and balances(stocked) == found


def test_a_correction_of_a_month_whose_money_is_gone_is_refused_whole(stocked: Office) -> None:
    post_month(stocked.database, prepare_month(stocked.database, stocked.law, FUND, JUNE))
    batch = Batch(FUND, JUNE.last_day, "gone")
    batch.open("in_transit_out:440000:employee_pension")
    batch.move(debit="account:m3", credit="in_transit_out:440000:employee_pension", amount=58_480)
    with poster(stocked) as session:
        LedgerStore(session.connection).post(batch.seal())
    stocked.take("wages", "member,month,wage\nm1,2024-06,12000.00\n")
    before = balances(stocked)
    with pytest.raises(Overdrawn):
        correct_month(stocked.database, stocked.law, FUND, JUNE)
    assert balances(stocked) == before
