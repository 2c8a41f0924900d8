"""A resident's account, from the page on it: yearly payments, recorded balances and the interest of each province."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rulebook.oracle import residents
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, half_up, january
from rulebook.oracle.record import province_of
from rulebook.oracle.residents import Balance, Payment, known

Amount = Callable[[Payment], int]
FIRST = 2009


def whole_payment(payment: Payment) -> int:
    return known(payment.contribution) + known(payment.subsidy) + payment.collective


def government_payment(payment: Payment) -> int:
    return known(payment.subsidy)


@once
def rate(asked: Asked, province: str, year: int) -> Fraction:
    """The province's; of an account whose holder has moved neither's is sure after the last payment there."""
    paid = [p.year for p in residents.payments(asked) if p.province == province]
    if province == province_of(residents.home(asked)) or year <= max(paid, default=0):
        return Fraction(asked.figure("resident_interest_rate", year, place=province))
    return Fraction(asked.figure("moved_rate"))


def grown(asked: Asked, balance: int, province: str, year: int, since: int) -> int:
    """A balance at the end of the year: the year's rate for the months since `since` that have passed."""
    months = min(residents.account_end(asked), january(year + 1)) - max(since, january(year))
    if balance <= 0 or months <= 0:
        return balance
    return balance + half_up(balance * rate(asked, province, year) * Fraction(months, 12))


def free(asked: Asked, payment: Payment) -> list[int]:
    """The months of a payment that the recorded balance does not hold."""
    since = max((b.first_free_month for b in residents.latest_balances(asked)), default=0)
    return [m for m in residents.begun(asked, payment) if m >= since]


def is_clear(asked: Asked, payment: Payment) -> bool:
    """Whether a payment is sure to stand beside the record: of the scheme's years, and no month of it held already."""
    found = free(asked, payment)
    return bool(found) and found == residents.in_scheme(asked, payment)


def paid_in(asked: Asked, province: str, amount: Amount) -> int:
    """What was paid in a province: each year's payments come after the year's interest."""
    clear = [p for p in residents.payments(asked) if p.province == province and is_clear(asked, p)]
    balance = 0
    for year in range(FIRST, asked.record.asked // 12 + 1):
        balance = grown(asked, balance, province, year, january(year))
        balance += sum(amount(p) for p in clear if p.year == year)
    return balance


def written(asked: Asked, balance: Balance, amount: int) -> int:
    """A recorded amount with interest since."""
    for year in range(balance.first_free_month // 12, asked.record.asked // 12 + 1):
        amount = grown(asked, amount, province_of(balance.place), year, balance.first_free_month)
    return amount


def unclear(asked: Asked, amount: Amount) -> int:
    """Payments of a year in whose middle a balance was recorded, or from before the scheme: a share that none knows."""
    found = [p for p in residents.payments(asked) if free(asked, p) and not is_clear(asked, p)]
    total = sum(amount(p) for p in found)
    return half_up(total * asked.figure("unclear_share")) if total else 0


def account(asked: Asked, amount: Amount, recorded: Callable[[Balance], int]) -> int:
    provinces = {p.province for p in residents.payments(asked)}
    total = sum(paid_in(asked, province, amount) for province in provinces)
    total += sum(written(asked, b, recorded(b)) for b in residents.latest_balances(asked))
    return total + unclear(asked, amount)


@once
def recorded_account(asked: Asked) -> int:
    """What the record gives, before anything is refunded."""
    return account(asked, whole_payment, lambda balance: balance.amount)


@once
def resident_account(asked: Asked) -> int:
    given = asked.record.given("resident_account")
    return recorded_account(asked) if given is None else int(Fraction(given) * 100)


@once
def government_part(asked: Asked) -> int:
    """What the government added, with its own interest."""
    return account(asked, government_payment, lambda balance: known(balance.subsidy))


def account_after_refund(asked: Asked) -> int:
    """What is refunded for months paid twice comes off the account first."""
    return max(resident_account(asked) - residents.refund(asked), 0)


@once
def account_left(asked: Asked) -> int:
    """What a pension in payment has left since the last recorded balance nobody knows."""
    since = max((b.first_free_month for b in residents.latest_balances(asked)), default=0)
    if residents.drew(asked, residents.SCHEME) and since < residents.account_end(asked):
        raise NotKnown
    return account_after_refund(asked)
