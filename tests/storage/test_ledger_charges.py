"""Rules of the business key: a member is charged once for each month by each payer, whatever the batch is called."""

from __future__ import annotations

import threading
from dataclasses import replace

import psycopg
import pytest

from storage.books import DAY, FUND, MEMBERS, POSTER, ask, month, post, verified
from wayfare.kernel.money import Money
from wayfare.ledger import GOVERNMENT, PERSON, Batch, account_numbers, employer_clearing, member_account, reversal
from wayfare.ledger.errors import AppendOnly, BookDiffers, SecondCharge, UnknownAccount
from wayfare.storage.ledger_store import LedgerStore, refusals_of_the_books

LATE = "contributions:2024-06:late-1"


@pytest.mark.parametrize("own_leaf_from", [1, 1000])
def test_a_member_is_not_charged_again_under_another_key(database, own_leaf_from):
    post(database, month(), own_leaf_from=own_leaf_from)
    with pytest.raises(SecondCharge, match=r"account:W-2 of 440000:.* was charged before for 2024-06, by the same"):
        post(database, month(LATE, members=("W-2", "W-9")), own_leaf_from=own_leaf_from)
    assert post(database, month(LATE, members=("W-9",)), own_leaf_from=own_leaf_from).fresh


def test_the_first_member_by_number_and_their_first_month_is_named(database):
    post(database, month())
    first = min(map(member_account, MEMBERS), key=lambda name: account_numbers([name])[0])
    with pytest.raises(SecondCharge, match=f"{first} of .* for 2024-06"):
        post(database, month(LATE, first=202403, months=6))


def test_another_month_and_another_payer_are_other_charges(database):
    posted = [
        post(database, month()),
        post(database, month("next", first=202407)),
        post(database, month("years before", first=202301, months=17)),
        post(database, month("person", payer=PERSON)),
        post(database, month("government", payer=GOVERNMENT)),
    ]
    assert all(each.fresh for each in posted)


def test_another_employer_is_the_same_payer(database):
    post(database, month())
    with pytest.raises(SecondCharge):
        post(database, month(LATE, payer=employer_clearing("E-2")))


def test_a_batch_charges_a_member_once(database):
    batch = Batch(FUND, DAY, "twice")
    for name in ("pooled_fund", PERSON, GOVERNMENT, "account:W-1"):
        batch.open(name)
    for payer, first, months in ((PERSON, 202401, 3), (GOVERNMENT, 202401, 12), (PERSON, 202403, 1)):
        batch.move(debit=payer, credit="account:W-1", amount=5, effective_from=first, effective_months=months)
    with pytest.raises(SecondCharge, match=r"account:W-1 of .* for 2024-03"):
        post(database, batch.seal())


def test_months_that_do_not_meet_are_charged_in_one_batch(database):
    batch = Batch(FUND, DAY, "stretches")
    for name in ("pooled_fund", PERSON, "account:W-1"):
        batch.open(name)
    for first, months in ((202401, 2), (202303, 10), (202403, 1)):
        batch.move(debit=PERSON, credit="account:W-1", amount=5, effective_from=first, effective_months=months)
    assert post(database, batch.seal()).fresh


def test_a_reversal_frees_what_its_batch_charged_and_no_more(database):
    post(database, month(), month("person", payer=PERSON))
    post(database, reversal(month(), key="back", on=DAY))
    assert post(database, month(LATE)).fresh
    with pytest.raises(SecondCharge):
        post(database, month("person again", payer=PERSON))
    assert verified(database).batches == 4


def test_money_that_is_no_contribution_is_no_charge(database):
    post(database, month())
    for key in ("one", "two"):
        batch = Batch(FUND, DAY, key)
        batch.open("bank:1")
        batch.open("rounding")
        batch.move(debit="pooled_fund", credit="account:W-1", amount=3, effective_from=202406)
        batch.move(debit="bank:1", credit=employer_clearing("E-1"), amount=7)
        batch.move(debit=employer_clearing("E-1"), credit="pooled_fund", amount=7)  # a late fee: about no member
        assert post(database, batch.seal()).fresh
    assert ask(database, "balance", FUND, "account:W-1") == Money.fen(206)


def test_a_large_late_run_is_held_against_a_large_one(database):
    members = [f"M-{number}" for number in range(26_000)]
    post(database, month(members=members[:25_999]))
    with pytest.raises(SecondCharge):
        post(database, month(LATE, members=members))
    assert post(database, month(LATE, members=members[25_999:])).fresh
    assert verified(database).transfers == 52_000


@pytest.mark.parametrize("own_leaf_from", [1, 10**9])
def test_a_large_run_is_looked_through_like_a_small_one(database, own_leaf_from):
    members = [f"M-{number}" for number in range(25_001)]  # more rows than are looked up one by one
    with pytest.raises(SecondCharge, match=r"account:M-7 of .* for 2024-06"):
        post(database, month(members=[*members, "M-7"]), own_leaf_from=own_leaf_from)
    large = month(members=members)
    but_one = replace(large, opens=tuple(each for each in large.opens if each.name != "account:M-9"))
    with pytest.raises(UnknownAccount, match="account:M-9"):
        post(database, but_one, own_leaf_from=own_leaf_from)
    assert post(database, large, own_leaf_from=own_leaf_from).fresh
    assert ask(database, "balance", FUND, employer_clearing("E-1")) == Money.fen(-600 * 25_001)


FORBIDDEN = [
    "insert into ledger.charge values (1, 1, 0, 1, 1, 202406)",
    "update ledger.charge set kind = 5",
    "delete from ledger.charge",
    "truncate ledger.charge",
]


def test_an_ordinary_role_does_not_touch_the_key(database):
    post(database, month())
    with database.session(viewer=POSTER) as session:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
                session.connection.execute(statement)


@pytest.mark.parametrize("change", ["delete from ledger.charge", "update ledger.charge set kind = 5"])
def test_a_changed_key_is_refused_to_the_owner_and_found_behind_the_triggers(database, change):
    post(database, month())
    with database.connect() as connection:
        with pytest.raises(AppendOnly), refusals_of_the_books(FUND, "x"), connection.transaction():
            connection.execute(change)
        connection.execute("alter table ledger.charge disable trigger user")
        connection.execute(f"{change} where kind = 1")
        connection.commit()
    with pytest.raises(BookDiffers, match="the business key, which says what each batch charges, differs"):
        verified(database)


def test_two_runs_at_once_charge_a_member_once(database):
    post(database, month("contributions:2024-05", first=202405))
    outcomes = []

    def work(key):
        try:
            outcomes.append(post(database, month(key)).fresh)
        except SecondCharge:
            outcomes.append(False)

    threads = [threading.Thread(target=work, args=(key,)) for key in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]


def test_a_charge_in_the_same_transaction_counts(database):
    with pytest.raises(SecondCharge), database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        store.post(month())
        store.post(month(LATE))
