"""Money in: matched to its employer or kept in suspense, posted once, and what came late bears the fee of the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.funds_office import FUND, Office
from wayfare.app.funds.bank import import_bank_statement, match_bank_account
from wayfare.app.funds.owed import Owed, owed
from wayfare.app.funds.payments import PaymentsPosted, match_payment, post_payments
from wayfare.app.funds.reports import read_ageing
from wayfare.app.funds.run_month import correct_month, post_month, prepare_month
from wayfare.app.sessions import at_work
from wayfare.funds.month import Payer
from wayfare.funds.month.errors import PaymentPlaced, UnknownPayer, UnknownPayment
from wayfare.kernel import Money, Month
from wayfare.ledger import reversal
from wayfare.storage import Role
from wayfare.storage.ledger_store import LedgerStore

DUE = "name,from,value,source\ndue_day,2024-01,15,a notice\n"
HEAD = "id,bank_account,on,amount,payer,for_month\n"


@pytest.fixture
def office(database, law, tmp_path: Path) -> Office:
    """Of June 2024 E1 owes 2400.00 and E2 1754.40, by the fifteenth of July."""
    office = Office(database, law, tmp_path)
    office.stock()
    office.take("rules", DUE)
    post_month(database, prepare_month(database, law, FUND, Month("2024-06")))
    return office


def pay(office: Office, *lines: str) -> PaymentsPosted:
    assert not office.take("payments", HEAD + "\n".join(lines) + "\n").problems
    return post_payments(office.database, office.law, FUND)


def standing(office: Office, on: str = "2024-08-01", month: str | None = None) -> Owed:
    return owed(
        office.database, office.law, FUND, on=date.fromisoformat(on), month=Month(month) if month else None
    )  # fmt: skip


def balance(office: Office, account: str) -> str:
    with at_work(office.database, Role.POSTER, "a test") as session:
        return str(LedgerStore(session.connection).balance(FUND, account))


def test_a_payment_is_matched_by_employer_id_or_credit_code_in_the_reference(office: Office) -> None:
    posted = pay(
        office, "P1,ICBC,2024-07-10,2400.00,913100000000000001,", "P2,ICBC,2024-07-11,1000.00,社保费 e2 June,"
    )
    assert [each.payer for each in posted.payments] == [Payer("E1"), Payer("E2")]
    assert balance(office, "contribution_clearing:employer:E1") == "0.00"
    assert balance(office, "contribution_clearing:employer:E2") == "-754.40"
    assert balance(office, "bank:ICBC") == "-3400.00"


def test_a_payment_that_names_nobody_or_two_lies_in_suspense_until_somebody_says_whose_it_is(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,no name,", "P2,ICBC,2024-07-10,200.00,E1 and E2,")
    assert balance(office, "suspense") == "500.00"
    assert [each.id for each in standing(office).suspense] == ["P1", "P2"]
    match_payment(office.database, office.law, FUND, "P1", Payer("E2"), on=date(2024, 7, 12))
    assert balance(office, "suspense") == "200.00"
    assert balance(office, "contribution_clearing:employer:E2") == "-1454.40"


def test_a_payment_is_posted_once_however_often_it_is_said(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,E1,", "P1,ICBC,2024-07-10,300.00,E1,")
    assert post_payments(office.database, office.law, FUND).payments == ()
    assert balance(office, "bank:ICBC") == "-300.00"
    found = office.take("payments", HEAD + "P1,ICBC,2024-07-10,301.00,E1,\n")
    assert [each.error.code for each in found.problems] == ["WF-FND-004"]
    assert balance(office, "bank:ICBC") == "-300.00"


def test_too_much_stays_as_credit_and_is_told(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,2500.00,E1,")
    first = {each.employer.id: each.standing for each in standing(office).employers}["E1"]
    assert (first.owed, first.credit) == (0, 10_000)
    assert balance(office, "contribution_clearing:employer:E1") == "100.00"


def test_what_comes_after_the_fifteenth_bears_the_fee_of_the_law_for_its_days_once(office: Office) -> None:
    posted = pay(office, "P1,ICBC,2024-07-25,1000.00,E1,")
    assert posted.late_fees == {"E1": 500}  # 1000.00 x 0.05 % x 10 days
    assert post_payments(office.database, office.law, FUND).late_fees == {}
    assert balance(office, "contribution_clearing:employer:E1") == "-1405.00"
    assert balance(office, "pooled_fund") == "3734.60"
    (found,) = [each for each in standing(office, "2024-07-25").employers if each.employer.id == "E1"]
    assert (found.standing.late_fees, dict(found.running)) == (500, {202406: 700})


def test_the_arrears_are_told_by_employer_and_month_the_greatest_debt_first(office: Office) -> None:
    found = standing(office)
    assert [(each.employer.id, each.standing.owed) for each in found.employers] == [("E1", 240_000), ("E2", 175_440)]
    assert found.as_document()["employers"][0]["months"] == [
        {"month": "2024-06", "owed": "2400.00", "due": "2024-07-15", "late_fee_so_far": "20.40"}
    ]
    assert standing(office, month="2024-05").employers == ()


def test_without_a_rule_of_the_office_no_late_fee_is_counted(database, law, tmp_path: Path) -> None:
    office = Office(database, law, tmp_path)
    office.stock()
    post_month(database, prepare_month(database, law, FUND, Month("2024-06")))
    assert pay(office, "P1,ICBC,2026-07-25,1000.00,E1,").late_fees == {}


def test_only_a_payment_that_lies_in_suspense_is_matched_and_only_to_an_employer_of_the_fund(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,E1,", "P2,ICBC,2024-07-10,300.00,nobody,")
    day = date(2024, 7, 12)
    with pytest.raises(PaymentPlaced, match="Payment P1 does not lie in suspense"):
        match_payment(office.database, office.law, FUND, "P1", Payer("E2"), on=day)
    with pytest.raises(UnknownPayer, match="no record of an employer E9"):
        match_payment(office.database, office.law, FUND, "P2", Payer("E9"), on=day)
    with pytest.raises(UnknownPayment, match="holds no payment P3"):
        match_payment(office.database, office.law, FUND, "P3", Payer("E2"), on=day)


def test_who_pays_alone_is_matched_by_the_own_id_and_bears_no_late_fee(office: Office) -> None:
    assert standing(office).by_people == Money.yuan("1600.01")
    posted = pay(office, "P1,ICBC,2024-09-10,1000.00,m4,", "P2,ICBC,2024-09-10,700.00,no name,")
    assert [each.payer for each in posted.payments] == [Payer("m4", is_member=True), None] and not posted.late_fees
    match_payment(
        office.database, office.law, FUND, "P2", Payer("m4", is_member=True), on=date(2024, 9, 12)
    )  # fmt: skip
    assert balance(office, "contribution_clearing:person") == "99.99"
    (alone,) = standing(office, "2024-12-31").as_document()["people"]
    assert alone == {"member": "m4", "owed": "0.00", "credit": "99.99"}


def test_an_employee_pays_nothing_alone_so_the_own_id_matches_nobody(office: Office) -> None:
    assert [each.payer for each in pay(office, "P1,ICBC,2024-07-10,300.00,m1,").payments] == [None]
    with pytest.raises(UnknownPayer, match="no record of a member who pays alone m1"):
        match_payment(office.database, office.law, FUND, "P1", Payer("m1", is_member=True), on=date(2024, 7, 12))


def test_a_credit_code_that_two_employers_share_tells_nobody_and_the_payment_lies_in_suspense(office: Office) -> None:
    office.take("employers", "id,name,credit_code\nE3,Mill two,913100000000000001\n")
    assert [each.payer for each in pay(office, "P1,ICBC,2024-07-10,300.00,913100000000000001,").payments] == [None]


def test_what_an_employer_owes_less_its_credit_is_the_balance_of_its_clearing_account(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-25,1000.00,E1,", "P2,ICBC,2024-07-10,9000.00,E2,", "P3,ICBC,2024-09-25,1000.00,E1,")
    for each in standing(office, "2024-12-31").employers:
        left = Money.fen(each.standing.credit - each.standing.owed)
        assert balance(office, f"contribution_clearing:employer:{each.employer.id}") == str(left)


def correct(office: Office, payment: str, payer: Payer, on: date = date(2024, 8, 2)) -> PaymentsPosted:
    return match_payment(office.database, office.law, FUND, payment, payer, on=on, correct=True)


def test_a_payment_credited_to_the_wrong_payer_is_taken_back_with_its_late_fee_and_booked_anew(office: Office) -> None:
    assert pay(office, "P1,ICBC,2024-07-25,1000.00,E1,").late_fees == {"E1": 500}
    found = correct(office, "P1", Payer("E2"))
    assert (found.taken_back, [each.key for each in found.payments]) == (("payment:P1",), ["payment:P1:2"])
    assert found.late_fees == {"E1": -500, "E2": 500}
    assert balance(office, "contribution_clearing:employer:E1") == "-2400.00"
    assert balance(office, "contribution_clearing:employer:E2") == "-759.40"
    assert (balance(office, "bank:ICBC"), balance(office, "pooled_fund")) == ("-1000.00", "3734.60")
    assert post_payments(office.database, office.law, FUND).payments == ()
    back = correct(office, "P1", Payer("E1"))
    assert [each.key for each in back.payments] == ["payment:P1:3"] and back.late_fees == {"E1": 500, "E2": -500}
    assert balance(office, "contribution_clearing:employer:E1") == "-1405.00"


def test_a_match_that_was_wrong_goes_back_to_suspense_and_from_there_to_the_right_payer(office: Office) -> None:
    pay(office, "P0,ICBC,2024-07-08,70.00,nobody,", "P1,ICBC,2024-07-10,300.00,no name,")
    match_payment(office.database, office.law, FUND, "P1", Payer("E1"), on=date(2024, 7, 12))
    found = correct(office, "P1", Payer("m4", is_member=True))
    assert (found.taken_back, [each.key for each in found.payments]) == (("match:P1",), ["match:P1:2"])
    assert balance(office, "suspense") == "70.00"
    assert [each.matter for each in read_ageing(office.database, FUND, date(2024, 8, 31)).items] == ["P0"]
    assert balance(office, "contribution_clearing:person") == "-1300.01"


def test_a_payment_that_was_reversed_by_hand_is_booked_again_under_a_number(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,E1,")
    with at_work(office.database, Role.POSTER, "a test") as session:
        store = LedgerStore(session.connection)
        first = store.batch(FUND, "payment:P1")
        assert first is not None
        store.post(reversal(first, key="reversal:payment:P1", on=date(2024, 7, 11)))
    assert balance(office, "bank:ICBC") == "0.00"
    found = post_payments(office.database, office.law, FUND)
    assert [each.as_document()["batch"] for each in found.payments] == ["payment:P1:2"]
    assert balance(office, "bank:ICBC") == "-300.00"
    assert post_payments(office.database, office.law, FUND).payments == ()


def test_a_correction_given_again_or_to_the_same_payer_is_told_and_moves_nothing(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,E1,")
    with pytest.raises(PaymentPlaced, match="P1 is credited to E1 already"):
        correct(office, "P1", Payer("E1"))
    with pytest.raises(PaymentPlaced, match="does not lie in suspense"):
        match_payment(office.database, office.law, FUND, "P1", Payer("E2"), on=date(2024, 8, 1))
    correct(office, "P1", Payer("E2"))
    with pytest.raises(PaymentPlaced, match="P1 is credited to E2 already"):
        correct(office, "P1", Payer("E2"))
    assert balance(office, "contribution_clearing:employer:E2") == "-1454.40"


def test_the_bank_saw_a_corrected_payment_once_and_so_it_is_matched_once(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-10,300.00,E1,")
    correct(office, "P1", Payer("E2"))
    lines = "id,on,amount,balance\nP1,2024-07-10,300.00,300.00\nP9,2024-08-10,5.00,305.00\n"
    import_bank_statement(office.database, FUND, "ICBC", lines)
    matching = match_bank_account(office.database, FUND, "ICBC", date(2024, 8, 31))
    assert matching is not None
    assert [(each.book.key, each.by) for each in matching.matches] == [("payment:P1:2", "id")]
    assert ([each.id for each in matching.only_bank], matching.only_book) == (["P9"], ())


def test_a_fee_follows_what_a_payment_settles_after_an_older_one_was_found_in_suspense(office: Office) -> None:
    office.take("wages", "member,month,wage\nm1,2024-07,10000.00\n")
    post_month(office.database, prepare_month(office.database, office.law, FUND, Month("2024-07")))
    pay(office, "P1,ICBC,2024-07-20,2400.00,no name,", "P2,ICBC,2024-08-25,2400.00,E1,")
    assert standing(office, "2024-12-31").employers[0].standing.late_fees == 4_920  # P2 paid June, it seemed
    matched = match_payment(office.database, office.law, FUND, "P1", Payer("E1"), on=date(2024, 9, 2))
    (found,) = [each for each in standing(office, "2024-12-31").employers if each.employer.id == "E1"]
    assert (found.standing.arrears, found.standing.late_fees) == ((), 600 + 1_200)  # June 5 days late, July 10
    assert matched.late_fees == {"E1": 1_800 - 4_920}
    assert balance(office, "contribution_clearing:employer:E1") == "-18.00"


def test_a_fee_is_charged_for_a_month_that_an_earlier_payment_did_not_reach_after_all(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-25,2400.00,E1,")
    assert balance(office, "contribution_clearing:employer:E1") == "-12.00"  # 10 days
    office.take("wages", "member,month,wage\nm1,2024-05,10000.00\nm2,2024-05,10000.00\n")
    post_month(office.database, prepare_month(office.database, office.law, FUND, Month("2024-05")))
    assert pay(office, "P2,ICBC,2024-08-15,4800.00,E1,").late_fees == {"E1": 4_800 + 7_320 + 3_720 - 1_200}
    # May owes 4800.00 since 15 June: half of it came after 40 days, half after 61; June came after 31 days


def test_a_fee_follows_the_charge_when_a_month_is_corrected(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-25,2400.00,E1,")
    office.take("wages", "member,month,wage\nm1,2024-06,8000.00\n")
    corrected = correct_month(office.database, office.law, FUND, Month("2024-06"))
    assert corrected.late_fees == {"E1": 960 - 1_200}  # 1920.00 instead of 2400.00, 10 days late
    assert balance(office, "contribution_clearing:employer:E1") == "470.40"


def test_what_was_owed_on_a_day_leaves_out_what_came_after_it_and_tells_what_is_past_its_day(office: Office) -> None:
    pay(office, "P1,ICBC,2024-07-25,1000.00,E1,", "P2,ICBC,2024-07-26,5.00,no name,")
    before, after = standing(office, "2024-07-10"), standing(office, "2024-07-26")
    assert (str(before.total), str(before.overdue), len(before.suspense)) == ("4154.40", "0.00", 0)
    assert (str(after.total), str(after.overdue), len(after.suspense)) == ("3159.40", "3159.40", 1)
    assert standing(office, "2024-05-31").employers == ()
