"""Over twenty years of adjustments, corrections, interest and deaths everyone gets what the law gives, to the fen."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funds.benefits.lives import FIRST, FUND, MONTHS, Walk, told_lives, written
from wayfare.funds.benefits import inheritance_batch, recovery_account, repayment_batch
from wayfare.rulebook import load_rulebook

LAW = load_rulebook()


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lives=st.lists(told_lives(), min_size=1, max_size=3), rate=st.integers(0, 900))
def test_every_pensioner_gets_what_the_law_gives_and_the_accounts_end_empty(lives, rate):
    walk = Walk(LAW, lives)
    rows = range(len(lives))
    for now in range(FIRST, FIRST + MONTHS):
        found = walk.run(now)
        assert found.payable >= 0
        for row in rows:
            assert walk.held(walk.names[row]) == walk.expected[row] >= 0
            assert walk.held(recovery_account(walk.members[row])) == -walk.owed[row] <= 0
            assert all(sum(walk.settled[row, m]) == walk.due(row, m, now) for m in range(max(FIRST, now - 20), now + 1))
        if now % 12 == 11:
            walk.earn(now // 12, rate)
    last = FIRST + MONTHS - 1
    for row in rows:
        for month in range(FIRST, last + 1):
            assert sum(walk.settled[row, month]) == walk.due(row, month, last)
        settle(walk, row)
    assert sum(each.amount_fen for each in walk.books.trial_balance(FUND).values()) == 0


def settle(walk, row):
    """Whoever still owes pays it back, and the account of the dead is inherited: then nothing is left of either."""
    told, member, on = walk.lives[row], walk.members[row], date(2025, 1, 31)
    if walk.owed[row]:
        fen = walk.owed[row]
        walk.books.post(repayment_batch(FUND, member, "L1", amount=fen, owed=fen, bank="6222-1", on=on))
    assert walk.held(recovery_account(member)) == 0
    left = walk.held(walk.names[row])
    from_account = sum(walk.settled[row, month][0] for month in range(FIRST, FIRST + MONTHS))
    assert left + from_account == told.account + walk.earned[row]
    if told.died is not None:
        batch = inheritance_batch(FUND, member, balance=left, owed=0, on=on, decision="S")
        if batch is not None:
            walk.books.post(batch)
        assert walk.held(walk.names[row]) == 0
        assert all(sum(walk.settled[row, month]) == 0 for month in range(told.died[0] + 1, FIRST + MONTHS))


def test_months_are_written_as_the_books_write_them():
    assert [written(FIRST), written(FIRST + 11), written(FIRST + MONTHS - 1)] == [200501, 200512, 202412]
