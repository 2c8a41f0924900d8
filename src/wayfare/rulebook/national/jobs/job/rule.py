"""The job that a question about work is about: where it is done, since when, for what wage, and what was paid for it.

It is the last job for an employer that had begun by the day asked about. Pay is read from the records of pay at the
place of that job; where nothing is recorded, what the person states counts. Around it stand the figures that every
rule on pay needs: the minimum wage of the place, and the bounds between which it must lie where its class is not known.
"""

from __future__ import annotations

from datetime import date

from wayfare.law.declare import choice, clause, fact, given, level, look_up, pick
from wayfare.law.words import Scale, greatest, one_of, when
from wayfare.rulebook.national.life.rule import NEVER_DAY, OPEN_MONTH, work_words

LABOUR_LAW, CONTRACT_LAW, CONTRACT_RULES = "劳动法", "劳动合同法", "劳动合同法实施条例"
RECORD = "Wayfare: reading of the record"
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
_FIRST_MONTH = 1900 * 12
SINCE = "2008-01-01"
AT_END = {"level": "person", "since": SINCE, "at": "last_job_day"}
ONE_DAY = Scale(1, "days")
MOST_HOURS = 74_400  # hundredths of an hour: no month has more than 744 hours
NO_HOURS = Scale(0, "hours*percent")
ALL_WORKED = Scale(1, "truth")  # the normal hours of a month of which nothing else is recorded

ENDINGS = (
    "resignation", "for_cause", "agreed_on_employers_offer", "agreed_on_workers_offer", "dismissed_for_fault",
    "dismissed_with_notice", "redundancy", "expiry", "expiry_renewal_declined", "task_done", "employer_closed",
    "retired_or_died", "contract_refused", "unlawful",
)  # fmt: skip
EMPLOYED, INFORMAL = work_words.employee, work_words.informal
ending_words = choice("ending_kind", *ENDINGS)
FOR_CAUSE, UNLAWFUL, WITH_NOTICE = ending_words.for_cause, ending_words.unlawful, ending_words.dismissed_with_notice
CONTRACT_REFUSED = ending_words.contract_refused

# ---- what the record of a job holds beside its days, its place and its wage
contract_words = choice("contract_kind", "none", "fixed_term", "open_ended", "task")
contract_kind = fact(
    "work_spell", "contract_kind", 0, 3, choices=contract_words.members,
    ask={"en": "Have you a written labour contract?", "zh": "您有没有书面劳动合同？"},
)  # fmt: skip
contract_signed = fact(
    "work_spell", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day was the labour contract signed?", "zh": "劳动合同是哪一天签的？"},
)  # fmt: skip
ending_kind = fact(
    "work_spell", "ending_kind", 0, len(ENDINGS) - 1, choices=ENDINGS,
    ask={"en": "How did the work end, or how would it end?", "zh": "劳动关系是怎样结束的，或者将怎样结束？"},
)  # fmt: skip
notice_given = fact(
    "work_spell", "truth", 0, 1,
    ask={"en": "Did the employer give notice in writing 30 days before?", "zh": "单位有没有提前三十日书面通知？"},
)  # fmt: skip

# ---- what was paid for a month
pay_records = level("pay_record", above="person", most=1_200)
pay_month = fact("pay_record", "month", _FIRST_MONTH, OPEN_MONTH)
pay_place = fact(
    "pay_record", "place", 0, 9_999, ask={"en": "Where was this month's work done?", "zh": "这个月在哪里工作？"}
)
pay_amount = fact(
    "pay_record", "fen/months", 0, 20_000_000,
    ask={"en": "What was paid for the month, without overtime pay?", "zh": "这个月不含加班费发了多少工资？"},
)  # fmt: skip
pay_overtime_amount = fact(
    "pay_record", "fen", 0, 20_000_000,
    ask={"en": "How much overtime pay was paid for the month?", "zh": "这个月发了多少加班费？"},
)  # fmt: skip
pay_is_full_month = fact("pay_record", "truth", 0, 1)
pay_hours_workday = fact(
    "pay_record", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours of overtime were worked on workdays?", "zh": "这个月平时加班多少小时？"},
)  # fmt: skip
pay_hours_rest_day = fact(
    "pay_record", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours were worked on rest days?", "zh": "这个月休息日加班多少小时？"},
)  # fmt: skip
pay_hours_made_good = fact("pay_record", "hours*percent", 0, MOST_HOURS)
pay_hours_holiday = fact(
    "pay_record", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours were worked on statutory holidays?", "zh": "这个月法定休假日加班多少小时？"},
)  # fmt: skip

# ---- what the person states where no job and no pay is recorded
stated_wage = fact(
    "person", "fen/months", 0, 20_000_000, ask={"en": "What is your wage in a month?", "zh": "您的月工资是多少？"}
)
stated_job_place = fact("person", "place", 0, 9_999, ask={"en": "Where do you work?", "zh": "您在哪里工作？"})
stated_hours_workday = fact(
    "person", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours of overtime did you work on workdays in the month?", "zh": "这个月您平时加班多少小时？"},
)  # fmt: skip
stated_hours_rest_day = fact(
    "person", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours did you work on rest days in the month?", "zh": "这个月您休息日加班多少小时？"},
)  # fmt: skip
stated_hours_holiday = fact(
    "person", "hours*percent", 0, MOST_HOURS,
    ask={"en": "How many hours did you work on statutory holidays in the month?",
         "zh": "这个月您法定休假日加班多少小时？"},
)  # fmt: skip

stated_overtime_pay = fact(
    "person", "fen", 0, 20_000_000,
    ask={"en": "How much overtime pay were you paid for the month?", "zh": "这个月发给您多少加班费？"},
)  # fmt: skip

stated_first_day = fact(
    "person", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day did this job begin?", "zh": "这份工作是哪一天开始的？"},
)  # fmt: skip
stated_ending = fact(
    "person", "ending_kind", 0, len(ENDINGS) - 1, choices=ENDINGS,
    ask={"en": "How did the work end, or how would it end?", "zh": "劳动关系是怎样结束的，或者将怎样结束？"},
)  # fmt: skip
stated_notice = fact(
    "person", "truth", 0, 1,
    ask={"en": "Did the employer give notice in writing 30 days before?", "zh": "单位有没有提前三十日书面通知？"},
)  # fmt: skip
stated_contract = fact(
    "person", "contract_kind", 0, 3, choices=contract_words.members,
    ask={"en": "Have you a written labour contract?", "zh": "您有没有书面劳动合同？"},
)  # fmt: skip
stated_signed_day = fact(
    "person", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day was the labour contract signed?", "zh": "劳动合同是哪一天签的？"},
)  # fmt: skip


# ---- the job
@clause(RECORD, level="work_spell", rank="practice")
def is_for_employer(work_kind, work_from, asked_day):
    """Whether this is work for an employer, with or without a contract, that had begun by the day asked about."""
    return one_of(work_kind, EMPLOYED, INFORMAL) & (work_from <= asked_day)


@clause(RECORD, level="work_spell", rank="practice")
def job_spell_end(work_to, asked_day):
    """The first day after the job; of one that still runs or ends later, the day after the day asked about."""
    return when(work_to <= asked_day, work_to, asked_day + 1)


job_place = pick(
    "work_place", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_job_place"
)
job_wage = pick(
    "monthly_wage", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_wage"
)


# ---- the month whose pay is asked about
@clause(RECORD, level="pay_record", rank="practice")
def is_paid_by_then(pay_month, asked_month, pay_place, job_place):
    """Whether this is pay for the job, for a month up to the one asked about."""
    return (pay_month <= asked_month) & (pay_place == job_place)


wage_month = pick(
    "pay_month", level="person", of="pay_record", by="pay_month", where="is_paid_by_then", none="asked_month"
)


@clause(RECORD, level="pay_record", rank="practice")
def is_of_wage_month(is_paid_by_then, pay_month, wage_month):
    """Whether this is the pay of the month asked about, or else of the last month recorded before it."""
    return is_paid_by_then & (pay_month == wage_month)


# ---- the minimum wage of the place, and the bounds between which it lies where only its province is known
minimum_wage_class = look_up("minimum_wage_class_of_place", level="person", at="wage_month", where="job_place")
minimum_wage = look_up(
    "minimum_wage_by_class", level="person", by={"minimum_wage_class": "minimum_wage_class"}, at="wage_month",
    where="job_place",
)  # fmt: skip
minimum_wage_is_given = given("minimum_wage")
lowest_of_tables = look_up("minimum_wage_lowest", level="person", at="wage_month", where="job_place")
highest_of_tables = look_up("minimum_wage_highest", level="person", at="wage_month", where="job_place")


@clause(LABOUR_LAW, article="48", level="person", since="1995-01-01", rank="law")
def minimum_wage_at_least(minimum_wage_is_given, minimum_wage, lowest_of_tables):
    """What the minimum wage of the place is at least: the lowest class that its province had by then."""
    return when(minimum_wage_is_given, minimum_wage, lowest_of_tables)


@clause(LABOUR_LAW, article="48", level="person", since="1995-01-01", rank="law")
def minimum_wage_at_most(minimum_wage_is_given, minimum_wage, highest_of_tables):
    """What the minimum wage of the place is at most: the first class that its province had by then or since."""
    return when(minimum_wage_is_given, minimum_wage, highest_of_tables)


# ---- the job and its end
job_from = pick(
    "work_from", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_first_day"
)
job_end = pick(
    "job_spell_end", level="person", of="work_spell", by="work_from", where="is_for_employer", none="day_after_asked"
)
job_ending = pick(
    "ending_kind", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_ending"
)
job_notice = pick(
    "notice_given", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_notice"
)
job_contract = pick(
    "contract_kind", level="person", of="work_spell", by="work_from", where="is_for_employer", none="stated_contract"
)
job_signed = pick(
    "contract_signed", level="person", of="work_spell", by="work_from", where="is_for_employer",
    none="stated_signed_day",
)  # fmt: skip


@clause(RECORD, level="person", rank="practice")
def day_after_asked(asked_day):
    """The day after the one asked about, on which a job that still runs would have ended."""
    return asked_day + ONE_DAY


@clause(RECORD, level="person", rank="practice")
def last_job_day(job_end):
    """The last day of the job, whose law and figures count."""
    return greatest(job_end - ONE_DAY, NEVER_DAY)
