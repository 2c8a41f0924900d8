"""The individual account: what is credited each month, and the interest of each year.

Every province in which a person paid keeps an account (`relation`). Its years are walked in order; each year's credits
are summed exactly and rounded once. A balance that a fund has recorded stands for all that came before its month, and
earns interest on its own line from then on.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, find, hang, look_up, pick, question, scan, span, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    TWO,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    month_weights,
    months_in,
    shared,
    when,
    whole,
    year_of,
)
from wayfare.rulebook.national.life.rule import (
    FIRST_ACCOUNT_YEAR,
    LAST_ACCOUNT_YEAR,
    LIFETIME_MONTHS,
    NEVER_DAY,
    NEVER_MONTH,
    ONE_MONTH,
    TWELVE_MONTHS,
    WALKED_SINCE,
)

# ---- months
recorded_paid_months = total("counted", level="person", where="is_paid")
recorded_months = total("counted", level="person")


@clause("国办发〔2009〕66号", article="12", level="person")
def paid_months(recorded_paid_months):
    """Months with a contribution, each once however many funds report it; deemed months are not in it."""
    return least(recorded_paid_months, LIFETIME_MONTHS)


@clause("国办发〔2009〕66号", article="12", level="person")
def counted_months(recorded_months, further_months):
    """Months that count for a pension: paid, deemed, and those the person says they will still pay."""
    return least(recorded_months + further_months, LIFETIME_MONTHS)


# ---- balances recorded by a fund: the latest day on or before the day asked about, province by province
recorded_province = distinct("recorded_account", of="account_record", by="account_province", within="person", most=34)


last_surrender = pick(
    "surrendered_day", level="relation", by="surrendered_day", where="is_surrendered", none=NEVER_DAY
)
account_surrendered = find(
    "last_surrender", of="relation", key="relation_province", by="account_province", level="account_record",
    none=int(NEVER_DAY),
)  # fmt: skip


@clause("Wayfare: reading of the record", level="account_record", rank="practice")
def is_known_then(account_day, asked_day, account_surrendered):
    """Whether the balance was recorded by the day asked about, and not paid out by a surrender since."""
    return (account_day <= asked_day) & (account_day > account_surrendered)


record_day = pick("account_day", level="recorded_account", by="account_day", where="is_known_then", none=NEVER_DAY)


@clause("Wayfare: reading of the record", level="account_record", rank="practice")
def is_last_record(account_day, record_day):
    """Whether this is the latest balance of its province; balances of one day in several cities add up."""
    return account_day == record_day


last_record_balance = total("record_balance", level="recorded_account", where="is_last_record")


@clause("Wayfare: reading of the record", level="recorded_account", rank="practice")
def record_month(record_day):
    """The first month that a recorded balance does not hold: a balance of the last day of a month holds that month."""
    return month_of(record_day + 1)


covered_until = find(
    "record_month", of="recorded_account", key="recorded_province", by="contribution_province", level="contribution",
    none=int(NEVER_MONTH),
)  # fmt: skip


@clause("Wayfare: reading of the record", level="piece", rank="practice")
def covered_part(covered_until, piece_year):
    """How many months of the piece's year a recorded balance already holds, from none to all twelve."""
    return least(greatest(covered_until - first_month(piece_year), 0), TWELVE_MONTHS)


later_set = look_up("months_after", level="piece", by={"months_passed": "covered_part"})


@clause("Wayfare: reading of the record", level="piece", rank="practice")
def credited_set(counted_set, later_set):
    """The months of the piece that are credited one by one: those after the last recorded balance."""
    return shared(counted_set, later_set)


# ---- credits of a year
@clause("劳办发〔1997〕116号", level="piece", since="1998-01-01")
def passed_months(asked_month, piece_year):
    """Months of the piece's year that lie before the month asked about; twelve once the year is over."""
    return least(greatest(asked_month - first_month(piece_year), 0), TWELVE_MONTHS)


@clause("国发〔1997〕26号", article="4", level="piece", since="1997-07-16")
def credited_wages(is_paid, base, credited_set):
    """Contribution wages of the months to be credited; deemed months carry none."""
    return when(is_paid, base * months_in(credited_set), 0)


@clause("劳办发〔1997〕116号", level="piece", since="1998-01-01")
def weighted_wages(is_paid, base, credited_set, passed_months):
    """Wages times the months they earn interest: January's for twelve months, December's for one."""
    to_come = months_in(credited_set) * whole(TWELVE_MONTHS - passed_months, ONE_MONTH)
    return when(is_paid, base * greatest(month_weights(credited_set) - to_come, 0), 0)


@clause("Wayfare: reading of the record", level="piece", rank="practice")
def earlier_wages(credited_wages, piece_year):
    """Wages of months before the first year that accounts are walked through."""
    return when(piece_year < WALKED_SINCE, credited_wages, 0)


earlier_relation_wages = total("earlier_wages", level="relation")


@clause("Wayfare: reading of the record", level="relation", rank="practice")
def earlier_credit(earlier_relation_wages, earlier_credit_rate):
    """What months before 1984 left in an account; no text at hand says how much."""
    return when(earlier_relation_wages > 0, half_up(earlier_relation_wages * earlier_credit_rate, PER_10_000), 0)


# An account is walked from the year of its first month to the year asked about: before, nothing stands in it, and after
# it nothing is added.
opening_month = pick(
    "first_month", level="relation", of="contribution", by="first_month", first=True, none=NEVER_MONTH
)


@clause("Wayfare: reading of the record", level="relation", rank="practice")
def opening_year(opening_month):
    """The year in which the account of a province begins."""
    return year_of(opening_month)


@clause("Wayfare: reading of the record", level="person", rank="practice")
def asked_year(asked_month):
    """The year of the month asked about."""
    return year_of(asked_month)


account_year = span(
    "account_year", within="relation", low=FIRST_ACCOUNT_YEAR, high=LAST_ACCOUNT_YEAR, since="opening_year",
    until="asked_year",
)  # fmt: skip
piece_in_account = hang("piece", under="account_year", by="piece_year")
year_wages = total("credited_wages", level="account_year")
year_weighted = total("weighted_wages", level="account_year")


credit_rate = look_up("account_credit_rate", level="account_year", at="account_year", where="relation_province")


@clause("国发〔1997〕26号", article="4", level="account_year", since="1997-07-16")
def year_credit(year_wages, credit_rate):
    """Credits of the year: wages times the rate of the year, rounded once."""
    return when(year_wages > 0, half_up(year_wages * credit_rate, PER_10_000), 0)


# ---- interest of a year
@clause("人社部发〔2017〕31号", since="1998-01-01", level="account_year")
def rate_year(account_year, asked_month, last_announced_interest):
    """The year whose rate applies: a running year takes the last rate announced by the day asked about."""
    return when(account_year == year_of(asked_month), least(account_year, last_announced_interest), account_year)


year_rate = look_up("account_interest_rate", level="account_year", by={"year": "rate_year"}, where="relation_province")


@clause("劳办发〔1997〕116号", level="account_year", since="1998-01-01")
def interest_months(account_year, asked_month):
    """Months of the account year that lie before the month asked about."""
    return least(greatest(asked_month - first_month(account_year), 0), TWELVE_MONTHS)


@clause("劳办发〔1997〕116号", level="account_year", since="1998-01-01")
def credit_interest(
    year_credit, year_weighted, credit_rate, year_rate, interest_months, interest_by_month, annual_method_time
):
    """Interest on the year's own credits: by the product of months, or for a full year by the annual formula."""
    by_month = half_up(year_weighted * credit_rate * year_rate * ONE_MONTH, MONTHS_A_YEAR * PER_10_000 * PER_10_000)
    by_year = half_up(year_credit * year_rate * annual_method_time, TWO * PER_10_000 * PER_10_000)
    found = when(interest_by_month | (interest_months < TWELVE_MONTHS), by_month, by_year)
    return when(year_weighted > 0, found, 0)


@scan("劳办发〔1997〕116号", level="account_year", within="relation", start={"year_balance": "earlier_credit"},
      leaves={"year_balance": "relation_balance"})  # fmt: skip
def account_walk(year_balance, year_rate, interest_months, year_credit, credit_interest):
    """A year of the account: what stood there earns the year's rate for the months passed, then come the credits."""
    interest = half_up(year_balance * year_rate * interest_months, MONTHS_A_YEAR * PER_10_000)
    earned = when((year_balance > 0) & (interest_months > 0), interest, 0)
    return (year_balance + earned + year_credit + credit_interest,)


# ---- a recorded balance on its own line
@clause("Wayfare: reading of the record", level="recorded_account", rank="practice")
def first_record_year(record_month):
    """The year in which a recorded balance begins to earn."""
    return year_of(record_month)


record_year = span(
    "record_year", within="recorded_account", low=FIRST_ACCOUNT_YEAR, high=LAST_ACCOUNT_YEAR,
    since="first_record_year", until="asked_year",
)  # fmt: skip


@clause("人社部发〔2017〕31号", since="1998-01-01", level="record_year")
def record_rate_year(record_year, asked_month, last_announced_interest):
    """The year whose rate applies to a recorded balance; as for credits."""
    return when(record_year == year_of(asked_month), least(record_year, last_announced_interest), record_year)


record_rate = look_up(
    "account_interest_rate", level="record_year", by={"year": "record_rate_year"}, where="recorded_province"
)


@clause("劳办发〔1997〕116号", level="record_year", since="1998-01-01")
def record_interest_months(record_year, record_month, asked_month):
    """Months of the year after the record and before the month asked about."""
    end = least(asked_month, first_month(record_year + 1))
    return least(greatest(end - greatest(record_month, first_month(record_year)), 0), TWELVE_MONTHS)


@scan(
    "劳办发〔1997〕116号", level="record_year", within="recorded_account",
    start={"recorded_balance": "last_record_balance"}, leaves={"recorded_balance": "grown_record"},
)  # fmt: skip
def record_walk(recorded_balance, record_rate, record_interest_months):
    """A year of a recorded balance: it earns the year's rate for the months after the record."""
    interest = half_up(recorded_balance * record_rate * record_interest_months, MONTHS_A_YEAR * PER_10_000)
    return (recorded_balance + when((recorded_balance > 0) & (record_interest_months > 0), interest, 0),)


contributed_balance = total("relation_balance", level="person")
recorded_part = total("grown_record", level="person")


@clause("国发〔1997〕26号", article="4", level="person", since="1997-07-16")
def account_balance(contributed_balance, recorded_part):
    """What stands in a person's accounts on the day asked about, over all provinces, with interest."""
    return contributed_balance + recorded_part


account = question(
    "pension.account", answer="account_balance",
    values=("account_balance", "relation_balance", "grown_record", "paid_months", "counted_months"),
    say={"en": "What have I built up in my own account?", "zh": "我的个人账户攒下了多少？"},
)  # fmt: skip
