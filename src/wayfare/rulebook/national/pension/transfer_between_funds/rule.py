"""What moves between funds when a person's relation moves: the account whole, and twelve per cent of covered wages.

All relations outside the province that takes over move together. At the age of the law everything goes to the province
that pays; before, to the province where the person pays now, unless it opens a temporary account: then nothing moves.
"""

from __future__ import annotations

from wayfare.law.declare import clause, find, look_up, pick, question, scan, slices, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    first_day,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    months_in,
    no,
    shared,
    when,
    without,
    year_of,
)
from wayfare.rulebook.national.life.rule import (
    EMPLOYEE_PENSION,
    FLEXIBLE,
    HIGHEST_BASE,
    IS_ACCEPTED,
    KEPT_FIRST,
    LIFETIME_MONTHS,
    LUMP_SUM,
    NEVER_DAY,
    NEVER_MONTH,
    ONE_MONTH,
    ORDINARY,
    TWELVE_MONTHS,
)

MEASURES, NOTICE, OPINIONS = "国办发〔2009〕66号", "人社部发〔2009〕187号", "人社部发〔2010〕70号"
REFINEMENTS = "人社部规〔2016〕5号"
HIGHEST_EXCESS = HIGHEST_BASE * LIFETIME_MONTHS * PER_10_000  # every month of a life at the highest base, all of it

# ---- which province takes over
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


@clause(MEASURES, article="5", level="person", since="2010-01-01")
def destination_province(has_reached_age, benefit_province, latest_province):
    """The province that takes over: where the person pays now, or from the age of the law on the one that pays."""
    return when(has_reached_age, benefit_province, latest_province)


@clause("各省省内转移接续规定", level="relation", since="2010-01-01", rank="practice")
def is_inside_province(relation_province, destination_province):
    """Whether the relation lies in the province that takes over: between its cities only the records move."""
    return relation_province == destination_province


@clause(MEASURES, article="2", level="benefit", since="2010-01-01")
def is_pension_drawn(benefit_scheme, benefit_from, benefit_to, asked_month):
    """Whether the benefit is an employees' pension that is drawn in the month asked about."""
    is_running = (benefit_from <= asked_month) & (asked_month < benefit_to)
    return (benefit_scheme == EMPLOYEE_PENSION) & is_running


is_drawing_pension = total("is_pension_drawn", level="person", how="any")


@clause(MEASURES, article="2", level="relation", since="2010-01-01")
def relation_moves(is_inside_province, account_kind, is_sealed, is_drawing_pension):
    """Whether the money of a province moves: it lies elsewhere, no temporary account holds it, no pension is drawn."""
    return no(is_inside_province) & (account_kind == ORDINARY) & no(is_sealed) & no(is_drawing_pension)


# ---- one-off payments for three years or more: without proof of the employment the new place need not take them
@clause(REFINEMENTS, article="4", level="contribution", since="2010-01-01")
def is_lump_sum(contribution_kind):
    """Whether the run was paid in one sum, afterwards."""
    return contribution_kind == LUMP_SUM


lump_sum_months = total("counted", level="relation", where="is_lump_sum")


@clause(REFINEMENTS, article="4", level="contribution", since="2010-01-01", until="2016-11-28", value="is_accepted")
def accepted_before_2016():
    """Before the notice of 2016 what a fund recorded was taken over."""
    return IS_ACCEPTED


@clause(REFINEMENTS, article="4", level="contribution", since="2016-11-28")
def is_accepted(is_lump_sum, lump_sum_months, lump_sum_proof_months, lump_sum_is_proved):
    """Whether the new place has to take the run over: a lump sum of three years or more only with its proof."""
    return no(is_lump_sum & (lump_sum_months >= lump_sum_proof_months)) | lump_sum_is_proved


@clause(REFINEMENTS, article="4", level="piece", since="2010-01-01")
def is_taken_over(is_accepted, counted):
    """Whether nothing of the piece has to stay behind: it is accepted, or all its months count elsewhere."""
    return is_accepted | (counted <= 0)


@clause(REFINEMENTS, article="4", level="piece", since="2010-01-01")
def unaccepted_part(is_taken_over, counted):
    """Months of the piece that the new place need not take over."""
    return when(is_taken_over, 0, counted)


unaccepted_months = total("unaccepted_part", level="relation")
months_not_accepted = total("unaccepted_months", level="person", where="relation_moves")


# ---- pooled money: actual contribution wages since 1998, no interest, rounded once
@clause(MEASURES, article="4(2)", level="piece", since="2010-01-01")
def pooled_piece(is_paid, is_taken_over, piece_year, pooled_since_year, base, counted_set):
    """Contribution wages of a piece that carry pooled money; deemed months and years before 1998 carry none."""
    return when(is_paid & is_taken_over & (piece_year >= pooled_since_year), base * months_in(counted_set), 0)


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


@clause(NOTICE, level="relation", since="2010-01-01")
def excess_of_relation(relation_excess):
    """What a province's temporary account passes on above the usual share; months count once, which bounds it."""
    return least(relation_excess, HIGHEST_EXCESS)


excess_of_temporary = total("excess_of_relation", level="person", where="relation_moves")


@clause(MEASURES, article="4(2)", level="person", since="2010-01-01")
def pooled_transfer(pooled_wages, pooled_share, excess_of_temporary):
    """Pooled money that follows the person, in fen, rounded once at the end; no interest is added (no. 187)."""
    return half_up(pooled_wages * pooled_share + excess_of_temporary, PER_10_000)


# ---- the account at the size of the law, with interest to the end of the year before
normal_rate = look_up("transfer_credit_rate", level="account_year", at="account_year")
moving_wages = total("credited_wages", level="account_year", where="is_taken_over")
moving_weighted = total("weighted_wages", level="account_year", where="is_taken_over")


@clause(NOTICE, level="account_year", since="2010-01-01")
def transferred_credit(moving_wages, normal_rate):
    """Credits of the year as they are passed on: 11 % of wages until 2005, 8 % since 2006, whatever was recorded."""
    return when(moving_wages > 0, half_up(moving_wages * normal_rate, PER_10_000), 0)


@clause(OPINIONS, level="account_year", since="2010-01-01")
def is_closed_year(account_year, asked_month):
    """Whether the year was over: the old fund counts interest to the end of the year before the transfer."""
    return account_year < year_of(asked_month)


@clause(OPINIONS, level="person", since="2010-01-01")
def last_rate_year(last_announced_interest):
    """The year whose rate was the last announced by the day of the transfer."""
    return last_announced_interest


last_rate = look_up("account_interest_rate", level="relation", by={"year": "last_rate_year"}, where="relation_province")


@clause(OPINIONS, level="account_year", since="2010-01-01")
def transfer_rate(account_year, last_rate_year, last_rate, year_rate):
    """The rate of a closed year; one that was not yet announced takes the last that was."""
    return when(account_year > last_rate_year, last_rate, year_rate)


@clause(OPINIONS, level="account_year", since="2010-01-01")
def transferred_interest(is_closed_year, moving_weighted, normal_rate, transfer_rate):
    """Interest of a closed year on its own credits, by the product of months."""
    found = half_up(moving_weighted * normal_rate * transfer_rate * ONE_MONTH, MONTHS_A_YEAR * PER_10_000 * PER_10_000)
    return when(is_closed_year & (moving_weighted > 0), found, 0)


@scan(OPINIONS, level="account_year", within="relation", start={"transfer_balance": "earlier_credit"},
      leaves={"transfer_balance": "relation_transfer"})  # fmt: skip
def transfer_walk(transfer_balance, transfer_rate, is_closed_year, transferred_credit, transferred_interest):
    """A year of the account as it is passed on: interest only for closed years, then the year's credits."""
    interest = half_up(transfer_balance * transfer_rate * TWELVE_MONTHS, MONTHS_A_YEAR * PER_10_000)
    earned = when((transfer_balance > 0) & is_closed_year, interest, 0)
    return (transfer_balance + earned + transferred_credit + transferred_interest,)


last_record_rate = look_up(
    "account_interest_rate", level="recorded_account", by={"year": "last_rate_year"}, where="recorded_province"
)


@clause(OPINIONS, level="record_year", since="2010-01-01")
def record_transfer_rate(record_year, last_rate_year, last_record_rate, record_rate):
    """The rate of a closed year for a recorded balance; as for credits."""
    return when(record_year > last_rate_year, last_record_rate, record_rate)


@clause(OPINIONS, level="record_year", since="2010-01-01")
def closed_interest_months(record_year, record_month, asked_month):
    """Months of a closed year after a recorded balance."""
    end = least(first_month(year_of(asked_month)), first_month(record_year + 1))
    return least(greatest(end - greatest(record_month, first_month(record_year)), 0), TWELVE_MONTHS)


@scan(OPINIONS, level="record_year", within="recorded_account", start={"record_transfer": "last_record_balance"},
      leaves={"record_transfer": "recorded_transfer"})  # fmt: skip
def record_transfer_walk(record_transfer, record_transfer_rate, closed_interest_months):
    """A year of a recorded balance as it is passed on: interest to the end of the year before the transfer."""
    interest = half_up(record_transfer * record_transfer_rate * closed_interest_months, MONTHS_A_YEAR * PER_10_000)
    return (record_transfer + when((record_transfer > 0) & (closed_interest_months > 0), interest, 0),)


@clause(MEASURES, article="5", level="recorded_account", since="2010-01-01")
def lone_record_moves(recorded_province, destination_province, account_kind, is_drawing_pension):
    """Whether a balance moves that was recorded where no contribution is on record; as for contributions."""
    return (recorded_province != destination_province) & (account_kind == ORDINARY) & no(is_drawing_pension)


record_moves = find(
    "relation_moves", of="relation", key="relation_province", by="recorded_province", level="recorded_account",
    none="lone_record_moves",
)  # fmt: skip
record_unaccepted = find(
    "unaccepted_months", of="relation", key="relation_province", by="recorded_province", level="recorded_account",
    none=0,
)  # fmt: skip


@clause(REFINEMENTS, article="4", level="recorded_account", since="2010-01-01")
def moving_record(recorded_transfer, record_unaccepted, accepted_share_of_record):
    """What moves of a recorded balance; how much of it stems from a lump sum without proof no record says."""
    accepted = half_up(recorded_transfer * accepted_share_of_record, PER_10_000)
    return when(record_unaccepted > 0, accepted, recorded_transfer)


contributed_transfer = total("relation_transfer", level="person", where="relation_moves")
recorded_transfers = total("moving_record", level="person", where="record_moves")


@clause(MEASURES, article="4(1)", level="person", since="2010-01-01")
def account_transfer(contributed_transfer, recorded_transfers):
    """The individual account that moves, in fen, from all provinces that pass theirs on."""
    return contributed_transfer + recorded_transfers


@clause(MEASURES, article="8", level="person", since="2010-01-01")
def transfer_working_days(review_working_days, sending_working_days, closing_working_days):
    """The working days that the offices have in all; the post between them is not counted."""
    return review_working_days + sending_working_days + closing_working_days


transfer = question(
    "pension.transfer", answer="pooled_transfer",
    values=("account_transfer", "pooled_transfer", "account_kind", "destination_province", "months_not_accepted",
            "transfer_working_days"),
    say={"en": "What moves with me to the new fund?", "zh": "转移时，哪些钱跟我走？"},
)  # fmt: skip
