"""A resident's individual account: contributions, subsidies and the interest that the province sets.

What was paid is walked year by year for each province in which the person paid. A balance that an office recorded
stands for all that came before it, wherever it was paid, for the whole account follows a registration that moves. What
the government added is kept apart all the way, since refunds and old inheritances leave it out.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, find, hang, look_up, pick, scan, span, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    ZERO_FEN,
    Scale,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    months_in,
    shared,
    when,
    year_of,
)
from wayfare.rulebook.national.life.rule import LAST_ACCOUNT_YEAR, NEVER_DAY, ONE_MONTH, TWELVE_MONTHS
from wayfare.rulebook.national.residents.rule import BEGAN, SCHEME

FIRST_YEAR = Scale(2009, "year")  # the walk begins with the scheme (resident_first_year)
READING = "Wayfare: reading of the record"


@clause(SCHEME, level="person", since=BEGAN)
def resident_account_month(asked_month, died_day):
    """The first month whose interest does not count: the one asked about, or the one after a death before it."""
    return least(asked_month, month_of(died_day) + ONE_MONTH)


# ---- the last balance recorded, in all places
last_balance_day = pick(
    "resident_record_day", level="person", of="resident_record", by="resident_record_day",
    where="resident_record_is_known", none=NEVER_DAY,
)  # fmt: skip


@clause(READING, level="person", rank="practice")
def last_balance_month(last_balance_day):
    """The first month that the recorded balance does not hold."""
    return month_of(last_balance_day + 1)


@clause(READING, level="resident_record", rank="practice")
def is_last_balance(resident_record_day, last_balance_day):
    """Whether this is the latest balance; balances of one day in several places add up."""
    return resident_record_day == last_balance_day


# ---- what is credited of each year's payment
@clause(READING, level="resident_contribution", rank="practice")
def held_months(last_balance_month, resident_year):
    """How many months of the year a recorded balance already holds, from none to all twelve."""
    return least(greatest(last_balance_month - first_month(resident_year), 0), TWELVE_MONTHS)


after_balance_set = look_up("months_after", level="resident_contribution", by={"months_passed": "held_months"})


@clause(READING, level="resident_contribution", rank="practice")
def free_months(begun_set, after_balance_set):
    """Months of the record that no recorded balance holds."""
    return months_in(shared(begun_set, after_balance_set))


@clause(READING, level="resident_contribution", rank="practice")
def is_credited(begun_set, free_months, resident_year, resident_first_year):
    """Whether the year's payment is credited: none of it lies in a recorded balance or before the scheme."""
    return (free_months > 0) & (free_months == months_in(begun_set)) & (resident_year >= resident_first_year)


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def resident_payment(free_months, resident_contribution, resident_subsidy, resident_collective):
    """What came into the account for the year: contribution, government subsidy and collective subsidy."""
    return when(free_months > 0, resident_contribution + resident_subsidy + resident_collective, 0)


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def credited_payment(is_credited, resident_payment):
    """The year's payment when it is sure to stand in the account."""
    return when(is_credited, resident_payment, 0)


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def credited_subsidy(is_credited, resident_subsidy):
    """The government's part of it."""
    return when(is_credited, resident_subsidy, 0)


@clause(READING, level="resident_contribution", rank="practice")
def unclear_payment(is_credited, resident_payment):
    """A payment from before the scheme, or of a year in whose middle a balance was recorded."""
    return when(is_credited, 0, resident_payment)


@clause(READING, level="resident_contribution", rank="practice")
def unclear_subsidy(is_credited, free_months, resident_subsidy):
    """The government's part of it."""
    return when(is_credited | (free_months <= 0), 0, resident_subsidy)


unclear_subsidies = total("unclear_subsidy", level="person")
unclear_payments = total("unclear_payment", level="person")


@clause(READING, level="person", rank="practice")
def unclear_part(unclear_payments, unclear_share):
    """What such payments left in the account beside a recorded balance; no text and no record says."""
    return when(unclear_payments > 0, half_up(unclear_payments * unclear_share, PER_10_000), 0)


# ---- the walk over the years of each province in which the person paid
resident_province = look_up("province_of", level="resident_contribution", by={"place": "resident_place"})
resident_home_province = look_up("province_of", level="person", by={"place": "resident_home"})
line_province = distinct("resident_line", of="resident_contribution", by="resident_province", within="person", most=34)
line_first_year = pick("resident_year", level="resident_line", by="resident_year", first=True, none=FIRST_YEAR)
line_last_year = pick("resident_year", level="resident_line", by="resident_year", none=FIRST_YEAR)
line_year = span(
    "line_year", within="resident_line", low=int(FIRST_YEAR), high=LAST_ACCOUNT_YEAR, since="line_first_year",
    until="asked_year",
)  # fmt: skip
payment_in_line = hang("resident_contribution", under="line_year", by="resident_year")
line_payment = total("credited_payment", level="line_year")
line_subsidy = total("credited_subsidy", level="line_year")
line_announced_rate = look_up(
    "resident_interest_rate", level="line_year", by={"year": "line_year"}, where="line_province"
)


@clause(SCHEME, level="line_year", since=BEGAN)
def line_rate(line_province, resident_home_province, line_year, line_last_year, line_announced_rate, moved_rate):
    """The province's rate of the year; after the last payment there, the account of one who moved may lie elsewhere."""
    stays = (line_province == resident_home_province) | (line_year <= line_last_year)
    return when(stays, line_announced_rate, moved_rate)


@clause(SCHEME, level="line_year", since=BEGAN)
def line_months(line_year, resident_account_month):
    """Months of the year that earn interest."""
    return least(greatest(resident_account_month - first_month(line_year), 0), TWELVE_MONTHS)


@scan(SCHEME, level="line_year", within="resident_line", start={"line_balance": ZERO_FEN, "line_subsidised": ZERO_FEN},
      leaves={"line_balance": "line_account", "line_subsidised": "line_government"})  # fmt: skip
def line_walk(line_balance, line_subsidised, line_rate, line_months, line_payment, line_subsidy):
    """A year of the account: what stood there earns the year's rate, then the year's payment comes to it."""
    interest = half_up(line_balance * line_rate * line_months, MONTHS_A_YEAR * PER_10_000)
    part = half_up(line_subsidised * line_rate * line_months, MONTHS_A_YEAR * PER_10_000)
    earned = when((line_balance > 0) & (line_months > 0), interest, 0)
    part_earned = when((line_subsidised > 0) & (line_months > 0), part, 0)
    return line_balance + earned + line_payment, line_subsidised + part_earned + line_subsidy


# ---- the recorded balance on its own line
balance_province = look_up("province_of", level="resident_record", by={"place": "resident_record_place"})


@clause(READING, level="resident_record", rank="practice")
def held_balance(is_last_balance, resident_record_balance):
    """The balance, when it is the latest."""
    return when(is_last_balance, resident_record_balance, 0)


@clause(READING, level="resident_record", rank="practice")
def held_subsidy(is_last_balance, resident_record_subsidy):
    """The government's part of the latest balance."""
    return when(is_last_balance, resident_record_subsidy, 0)


@clause(READING, level="resident_record", rank="practice")
def balance_first_year(is_last_balance, last_balance_month, asked_year):
    """The year in which the balance begins to earn; an earlier balance is not followed."""
    return when(is_last_balance, year_of(last_balance_month), asked_year)


balance_year = span(
    "balance_year", within="resident_record", low=int(FIRST_YEAR), high=LAST_ACCOUNT_YEAR, since="balance_first_year",
    until="asked_year",
)  # fmt: skip
balance_announced_rate = look_up(
    "resident_interest_rate", level="balance_year", by={"year": "balance_year"}, where="balance_province"
)


last_paid_beside = find(
    "line_last_year", of="resident_line", key="line_province", by="balance_province", level="resident_record", none=0
)  # fmt: skip


@clause(SCHEME, level="balance_year", since=BEGAN)
def balance_rate(
    balance_province, resident_home_province, balance_year, last_paid_beside, balance_announced_rate, moved_rate
):  # fmt: skip
    """The province's rate of the year; after the last payment there, the account of one who moved may lie elsewhere."""
    stays = (balance_province == resident_home_province) | (balance_year <= last_paid_beside)
    return when(stays, balance_announced_rate, moved_rate)


@clause(SCHEME, level="balance_year", since=BEGAN)
def balance_months(balance_year, last_balance_month, resident_account_month):
    """Months of the year after the record that earn interest."""
    end = least(resident_account_month, first_month(balance_year + 1))
    return least(greatest(end - greatest(last_balance_month, first_month(balance_year)), 0), TWELVE_MONTHS)


@scan(SCHEME, level="balance_year", within="resident_record", start={"balance_grown": "held_balance"},
      leaves={"balance_grown": "balance_account"})  # fmt: skip
def balance_walk(balance_grown, balance_rate, balance_months):
    """A year of a recorded balance: it earns the year's rate for the months after the record."""
    interest = half_up(balance_grown * balance_rate * balance_months, MONTHS_A_YEAR * PER_10_000)
    return (balance_grown + when((balance_grown > 0) & (balance_months > 0), interest, 0),)


@scan(SCHEME, level="balance_year", within="resident_record", start={"subsidy_grown": "held_subsidy"},
      leaves={"subsidy_grown": "balance_government"})  # fmt: skip
def subsidy_walk(subsidy_grown, balance_rate, balance_months):
    """A year of the government's part of a recorded balance."""
    interest = half_up(subsidy_grown * balance_rate * balance_months, MONTHS_A_YEAR * PER_10_000)
    return (subsidy_grown + when((subsidy_grown > 0) & (balance_months > 0), interest, 0),)


# ---- the person's account
paid_into_account = total("line_account", level="person")
paid_by_government = total("line_government", level="person")
recorded_in_account = total("balance_account", level="person")
recorded_of_government = total("balance_government", level="person")


@clause(SCHEME, level="person", since=BEGAN)
def recorded_resident_account(paid_into_account, recorded_in_account, unclear_part):
    """What the facts give for a resident's account, with interest, before anything is refunded."""
    return paid_into_account + recorded_in_account + unclear_part


@clause(SCHEME, level="person", since=BEGAN)
def resident_account(recorded_resident_account):
    """What stands in a resident's account, with interest, before anything is refunded."""
    return recorded_resident_account + 0


@clause(SCHEME, level="person", since=BEGAN)
def government_part(paid_by_government, recorded_of_government, unclear_subsidies, unclear_share):
    """How much of the account the government added, with its interest."""
    unclear = when(unclear_subsidies > 0, half_up(unclear_subsidies * unclear_share, PER_10_000), 0)
    return paid_by_government + recorded_of_government + unclear
