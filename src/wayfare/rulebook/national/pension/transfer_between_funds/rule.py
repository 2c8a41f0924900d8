"""What moves between funds when a person's relation moves: the account whole, and twelve per cent of covered wages.

All relations outside the province that takes over move together. At the age of the law everything goes to the province
that pays; before, men of fifty and women of forty who are away from home get a temporary account in the new place, and
nothing moves.
"""

from __future__ import annotations

from wayfare.law.declare import clause, find, look_up, pick, question, scan, slices, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    NOT_YET,
    PER_10_000,
    first_day,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    months_in,
    shared,
    when,
    without,
    year_of,
)
from wayfare.rulebook.national.life.rule import (
    FLEXIBLE,
    IS_ORDINARY,
    KEPT_FIRST,
    NEVER_DAY,
    NEVER_MONTH,
    ONE_MONTH,
    ORDINARY,
    TEMPORARY,
    TWELVE_MONTHS,
)

MEASURES, NOTICE, OPINIONS = "国办发〔2009〕66号", "人社部发〔2009〕187号", "人社部发〔2010〕70号"

# ---- which province takes over, and with what kind of account
latest_month_paid = pick(
    "until_month", level="person", of="contribution", by="until_month", where="has_begun", none=NEVER_MONTH
)


@clause("Wayfare: reading of the record", level="contribution", rank="practice")
def is_latest(has_begun, until_month, latest_month_paid):
    """Whether the run holds the last contribution, on whatever account."""
    return has_begun & (until_month == latest_month_paid)


latest_province = pick(
    "contribution_province", level="person", by=KEPT_FIRST, where="is_latest", first=True, none="hukou_province"
)


@clause(MEASURES, article="5", level="contribution", since="2010-01-01")
def is_in_latest(contribution_province, latest_province):
    """Whether the run was paid in the province where the person pays now."""
    return contribution_province == latest_province


arrival_month = pick(
    "first_month", level="person", of="contribution", by="first_month", where="is_in_latest", first=True, none=NOT_YET
)
latest_is_ordinary = pick(
    "counts_for_place", level="person", of="contribution", by=KEPT_FIRST, where="is_latest", first=True,
    none=IS_ORDINARY,
)  # fmt: skip


@clause(MEASURES, article="5", level="person", since="2010-01-01")
def opens_ordinary(
    latest_province, hukou_province, arrival_month, birth_month, temporary_account_age, temporary_account_since,
    is_approved_transfer,
):  # fmt: skip
    """Whether the new place opens an ordinary account: at home, or first paid there below the age limit.

    Relations opened before 2010 and approved job transfers know no limit; all others get a temporary account.
    """
    is_home = latest_province == hukou_province
    is_young = arrival_month - birth_month < temporary_account_age
    return is_home | is_young | (arrival_month < temporary_account_since) | is_approved_transfer


@clause(MEASURES, article="5", level="person", since="2010-01-01")
def account_kind(has_reached_age, latest_is_ordinary, opens_ordinary):
    """The kind of account in the new place; at the age of the law all is gathered and only ordinary ones remain."""
    return when(has_reached_age | (latest_is_ordinary & opens_ordinary), ORDINARY, TEMPORARY)


@clause(MEASURES, article="5", level="person", since="2010-01-01")
def destination_province(has_reached_age, place_of_benefit, latest_province):
    """The province that takes over: where the person pays now, or from the age of the law on the one that pays."""
    return when(has_reached_age, place_of_benefit, latest_province)


relation_is_ordinary = total("counts_for_place", level="relation", of="contribution", how="any")


@clause(MEASURES, article="5", level="relation", since="2010-01-01")
def relation_moves(relation_province, destination_province, account_kind, relation_is_ordinary, has_reached_age):
    """Whether the money of a province moves: it lies elsewhere, and no temporary account holds it back."""
    is_free = (account_kind == ORDINARY) & (relation_is_ordinary | has_reached_age)
    return (relation_province != destination_province) & is_free


# ---- pooled money: actual contribution wages since 1998, no interest, rounded once
@clause(MEASURES, article="4(2)", level="piece", since="2010-01-01")
def pooled_piece(is_paid, piece_year, pooled_since_year, base, counted_set):
    """Contribution wages of a piece that carry pooled money; deemed months and years before 1998 carry none."""
    return when(is_paid & (piece_year >= pooled_since_year), base * months_in(counted_set), 0)


# ---- a temporary account: its years are cut where the employer's rate changes, for it passes on what was really paid
@clause(NOTICE, level="piece", since="2010-01-01")
def rated_from(piece_year):
    """The first day of the year whose rates are looked at."""
    return first_day(first_month(piece_year))


@clause(NOTICE, level="piece", since="2010-01-01")
def rated_until(is_temporary, piece_year):
    """The first day that is not looked at; on an ordinary account the rate does not matter, so none is."""
    return first_day(first_month(when(is_temporary, piece_year + 1, piece_year)))


rated_since = slices(
    "rated_part", of="piece", start="rated_from", end="rated_until", by="day", key="rated_to",
    at_table="employer_rate", most=4,
)  # fmt: skip


@clause(NOTICE, level="rated_part", since="2010-01-01")
def months_before_rate(rated_since, piece_year):
    """Months of the year before the rate began; a rate of the middle of a month begins with the next."""
    begins = month_of(greatest(rated_since - 1, NEVER_DAY)) + 1
    return least(greatest(begins - first_month(piece_year), 0), TWELVE_MONTHS)


@clause(NOTICE, level="rated_part", since="2010-01-01")
def months_to_next_rate(rated_to, piece_year):
    """Months of the year up to the next rate."""
    ends = month_of(greatest(rated_to - 1, NEVER_DAY)) + 1
    return least(greatest(ends - first_month(piece_year), 0), TWELVE_MONTHS)


set_since_rate = look_up("months_after", level="rated_part", by={"months_passed": "months_before_rate"})
set_after_rate = look_up("months_after", level="rated_part", by={"months_passed": "months_to_next_rate"})


@clause(NOTICE, level="rated_part", since="2010-01-01")
def rated_wages(pooled_piece, base, counted_set, set_since_rate, set_after_rate):
    """Contribution wages of the months with one rate."""
    found = base * months_in(without(shared(counted_set, set_since_rate), set_after_rate))
    return when(pooled_piece > 0, found, 0)


rate_of_employer = look_up("employer_rate", level="rated_part", at="rated_since", where="contribution_place")
rate_of_flexible = look_up("flexible_pooled_rate", level="rated_part", at="rated_since")


@clause(NOTICE, level="rated_part", since="2010-01-01")
def unit_rate(contribution_basis, rate_of_employer, rate_of_flexible):
    """The rate really paid into the pool: the employer's, or what a flexible worker pays beside the account."""
    return when(contribution_basis == FLEXIBLE, rate_of_flexible, rate_of_employer)


@clause(NOTICE, level="rated_part", since="2010-01-01")
def temporary_excess(counts_for_place, rated_wages, unit_rate, pooled_share):
    """What a temporary account passes on above the usual share, when more than that was really paid."""
    return when(counts_for_place | (rated_wages <= 0), 0, rated_wages * greatest(unit_rate - pooled_share, 0))


relation_wages = total("pooled_piece", level="relation")
relation_excess = total("temporary_excess", level="relation")
pooled_wages = total("relation_wages", level="person", where="relation_moves")
excess_of_temporary = total("relation_excess", level="person", where="relation_moves")


@clause(MEASURES, article="4(2)", level="person", since="2010-01-01")
def pooled_transfer(pooled_wages, pooled_share, excess_of_temporary):
    """Pooled money that follows the person, in fen, rounded once at the end; no interest is added (no. 187)."""
    return half_up(pooled_wages * pooled_share + excess_of_temporary, PER_10_000)


# ---- the account at the size of the law, with interest to the end of the year before
normal_rate = look_up("transfer_credit_rate", level="account_year", at="account_year")


@clause(NOTICE, level="account_year", since="2010-01-01")
def transferred_credit(year_wages, normal_rate):
    """Credits of the year as they are passed on: 11 % of wages until 2005, 8 % since 2006, whatever was recorded."""
    return when(year_wages > 0, half_up(year_wages * normal_rate, PER_10_000), 0)


@clause(OPINIONS, level="account_year", since="2010-01-01")
def is_closed_year(account_year, asked_month):
    """Whether the year was over: the old fund counts interest to the end of the year before the transfer."""
    return account_year < year_of(asked_month)


@clause(OPINIONS, level="account_year", since="2010-01-01")
def transferred_interest(is_closed_year, year_weighted, normal_rate, year_rate):
    """Interest of a closed year on its own credits, by the product of months."""
    found = half_up(year_weighted * normal_rate * year_rate * ONE_MONTH, MONTHS_A_YEAR * PER_10_000 * PER_10_000)
    return when(is_closed_year & (year_weighted > 0), found, 0)


@scan(OPINIONS, level="account_year", within="relation", start={"transfer_balance": "earlier_credit"},
      leaves={"transfer_balance": "relation_transfer"})  # fmt: skip
def transfer_walk(transfer_balance, year_rate, is_closed_year, transferred_credit, transferred_interest):
    """A year of the account as it is passed on: interest only for closed years, then the year's credits."""
    interest = half_up(transfer_balance * year_rate * TWELVE_MONTHS, MONTHS_A_YEAR * PER_10_000)
    earned = when((transfer_balance > 0) & is_closed_year, interest, 0)
    return (transfer_balance + earned + transferred_credit + transferred_interest,)


@clause(OPINIONS, level="record_year", since="2010-01-01")
def closed_interest_months(record_year, record_month, asked_month):
    """Months of a closed year after a recorded balance."""
    end = least(first_month(year_of(asked_month)), first_month(record_year + 1))
    return least(greatest(end - greatest(record_month, first_month(record_year)), 0), TWELVE_MONTHS)


@scan(OPINIONS, level="record_year", within="recorded_account", start={"record_transfer": "last_record_balance"},
      leaves={"record_transfer": "recorded_transfer"})  # fmt: skip
def record_transfer_walk(record_transfer, record_rate, closed_interest_months):
    """A year of a recorded balance as it is passed on: interest to the end of the year before the transfer."""
    interest = half_up(record_transfer * record_rate * closed_interest_months, MONTHS_A_YEAR * PER_10_000)
    return (record_transfer + when((record_transfer > 0) & (closed_interest_months > 0), interest, 0),)


record_is_ordinary = find(
    "relation_is_ordinary", of="relation", key="relation_province", by="recorded_province", level="recorded_account",
    none=1,
)  # fmt: skip


@clause(MEASURES, article="5", level="recorded_account", since="2010-01-01")
def record_moves(recorded_province, destination_province, account_kind, record_is_ordinary, has_reached_age):
    """Whether a recorded balance moves; as for contributions."""
    is_free = (account_kind == ORDINARY) & (record_is_ordinary | has_reached_age)
    return (recorded_province != destination_province) & is_free


contributed_transfer = total("relation_transfer", level="person", where="relation_moves")
recorded_transfers = total("recorded_transfer", level="person", where="record_moves")


@clause(MEASURES, article="4(1)", level="person", since="2010-01-01")
def account_transfer(contributed_transfer, recorded_transfers):
    """The individual account that moves, in fen, from all provinces that pass theirs on."""
    return contributed_transfer + recorded_transfers


transfer = question(
    "pension.transfer", answer="pooled_transfer",
    values=("account_transfer", "pooled_transfer", "account_kind", "destination_province"),
    say={"en": "What moves with me to the new fund?", "zh": "转移时，哪些钱跟我走？"},
)  # fmt: skip
