"""A working life as the law reads it: who the person is, where they were registered, what was paid and recorded.

Here stand the facts, and the levels that every pension rule shares: a contribution is a run of months with one base, a
piece is its share of one calendar year, a relation is all that was paid in one province. Each month counts once.
"""

from __future__ import annotations

from datetime import date

from wayfare.law.declare import choice, clause, distinct, fact, level, look_up, months_once, slices
from wayfare.law.words import Scale, greatest, least, month_of, months_in, no, when

FIRST_ACCOUNT_YEAR, LAST_ACCOUNT_YEAR = 1984, 2060  # accounts are walked through these years; assumptions end there too
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
_FIRST_MONTH, _OPEN_MONTH = 1900 * 12, 2200 * 12
_LAST_ASKED_DAY, _LAST_ASKED_MONTH = date(LAST_ACCOUNT_YEAR, 12, 31).toordinal(), LAST_ACCOUNT_YEAR * 12 + 11
_MOST_PLACES = 9_999

ONE_MONTH = Scale(1, "months")
TWELVE_MONTHS = Scale(12, "months")
LIFETIME_MONTHS = Scale(1_332, "months")  # 111 years; months count once, so nobody can have more
HIGHEST_BASE = Scale(20_000_000, "fen/months")  # no base above it is read
NEVER_DAY, NEVER_MONTH = Scale(_FIRST_DAY, "day"), Scale(_FIRST_MONTH, "month")  # before every life
WALKED_SINCE = Scale(FIRST_ACCOUNT_YEAR, "year")
OPEN_MONTH = Scale(_OPEN_MONTH, "month")  # the end of a spell that still runs
IS_ORDINARY = Scale(1, "truth")  # of an account where nothing says otherwise
IS_ACCEPTED = Scale(1, "truth")  # of months that no rule asks proof for
NO_MONTH = Scale(0, "month")  # nothing was chosen

SCHEMES = (
    "employee_pension", "resident_pension", "employee_medical", "resident_medical", "rural_medical", "injury",
    "unemployment", "maternity", "housing_fund",
)  # fmt: skip
sex_words = choice("sex", "male", "female")
group_words = choice("retirement_group", "male", "female_55", "female_50")
basis_words = choice("contribution_basis", "employee", "flexible", "resident")
kind_words = choice("contribution_kind", "actual", "deemed", "back_paid", "lump_sum")
scheme_words = choice("benefit_scheme", *SCHEMES)
account_words = choice("account_kind", "ordinary", "temporary")
EMPLOYEE_PENSION, RESIDENT_PENSION = scheme_words.employee_pension, scheme_words.resident_pension
work_words = choice("work_kind", "employee", "flexible", "self_employed", "informal")
EMPLOYEE, FLEXIBLE = basis_words.employee, basis_words.flexible
ACTUAL, DEEMED, BACK_PAID, LUMP_SUM = kind_words.actual, kind_words.deemed, kind_words.back_paid, kind_words.lump_sum
UNEMPLOYMENT = scheme_words.unemployment
ORDINARY, TEMPORARY = account_words.ordinary, account_words.temporary

# ---- the person
asked_day = fact("person", "day", _FIRST_DAY, _LAST_ASKED_DAY)
asked_month = fact("person", "month", _FIRST_MONTH, _LAST_ASKED_MONTH)
born = fact(
    "person", "day", _FIRST_DAY, _LAST_ASKED_DAY,
    ask={"en": "On which day were you born?", "zh": "您是哪一天出生的？"},
)  # fmt: skip
birth_month = fact(
    "person", "month", _FIRST_MONTH, _LAST_ASKED_MONTH,
    ask={"en": "In which month were you born?", "zh": "您是哪年哪月出生的？"},
)  # fmt: skip
sex = fact(
    "person", "sex", 0, 1, choices=("male", "female"), ask={"en": "Are you a man or a woman?", "zh": "您的性别是？"}
)
retirement_group = fact(
    "person", "retirement_group", 0, 2, choices=("male", "female_55", "female_50"),
    ask={"en": "Women: was your age of retirement 50 or 55 before 2025? It follows your post; your employer can say.",
         "zh": "女性：按您的岗位，2025年前的退休年龄是50岁还是55岁？可以问用人单位。"},
)  # fmt: skip
chosen_month = fact(
    "person", "month", 0, _OPEN_MONTH, absent=0,
    ask={"en": "In which month do you want to retire? Leave it out for the month of the law.",
         "zh": "您想在哪个月退休？不填就按法定时间。"},
)  # fmt: skip
chosen_age_months = fact(
    "person", "months", 0, 1_200, absent=0,
    ask={"en": "At what age, in months, do you want to retire?", "zh": "您想在多少个月龄退休？"},
)  # fmt: skip
further_months = fact(
    "person", "months", 0, 480, absent=0,
    ask={"en": "How many months more will you pay where you pay now?", "zh": "您还打算在现在的参保地缴多少个月？"},
)  # fmt: skip
is_approved_transfer = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Was your move a job transfer approved by a county-level or higher Party or personnel department?",
         "zh": "您的流动是否经县级以上党委组织部门、人社部门批准调动？"},
)  # fmt: skip
has_settled_abroad = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Have you settled abroad, or in Hong Kong, Macao or Taiwan?",
         "zh": "您是否已经出国（境）定居，或者到香港、澳门、台湾定居？"},
)  # fmt: skip
lump_sum_is_proved = fact(
    "person", "truth", 0, 1,
    ask={"en": "One-off contributions for three years or more: is there a paper of a court, an audit office, the "
               "labour inspection or an arbitration committee that proves the employment? For payments before the "
               "notice of 2016 a written commitment of the old fund is enough.",
         "zh": "一次性补缴满三年的：有没有法院、审计、劳动监察或者劳动仲裁出具的、证明当时存在劳动关系的文书？"
               "2016年通知以前补缴的，转出地的书面承诺也可以。"},
)  # fmt: skip
is_special_work = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Have you the years of underground, high, hot or especially heavy work that allow earlier retirement?",
         "zh": "您从事井下、高空、高温、特别繁重体力劳动等工作的年限够提前退休吗？"},
)  # fmt: skip
died_day = fact(
    "person", "day", _FIRST_DAY, _OPEN_DAY, absent=_OPEN_DAY,
    ask={"en": "If this person has died, on which day?", "zh": "如果本人已经去世，是哪一天？"},
)  # fmt: skip
registered_place = fact(  # where no registration on record held on the day that decides
    "person", "place", 0, _MOST_PLACES,
    ask={"en": "Where is your household registered?", "zh": "您的户口在哪里？"},
)  # fmt: skip

# ---- registration
hukou_spells = level("hukou_spell", above="person", most=100)
hukou_place = fact("hukou_spell", "place", 0, _MOST_PLACES)
hukou_from = fact("hukou_spell", "day", _FIRST_DAY, _OPEN_DAY)
hukou_to = fact("hukou_spell", "day", _FIRST_DAY, _OPEN_DAY)

# ---- work
work_spells = level("work_spell", above="person", most=200)
work_place = fact("work_spell", "place", 0, _MOST_PLACES)
work_kind = fact(
    "work_spell", "work_kind", 0, 3, choices=("employee", "flexible", "self_employed", "informal"),
    ask={"en": "Do you work for an employer, flexibly, or for yourself?", "zh": "您是受雇、灵活就业还是自己经营？"},
)  # fmt: skip
work_from = fact("work_spell", "day", _FIRST_DAY, _OPEN_DAY)
work_to = fact("work_spell", "day", _FIRST_DAY, _OPEN_DAY)
monthly_wage = fact(
    "work_spell", "fen/months", 0, 20_000_000,
    ask={"en": "What is your wage in a month?", "zh": "您的月工资是多少？"},
)  # fmt: skip

# ---- contributions: runs of months with one base
contributions = level("contribution", above="person", most=1_200)
contribution_place = fact("contribution", "place", 0, _MOST_PLACES)
first_month = fact("contribution", "month", _FIRST_MONTH, _OPEN_MONTH)
end_month = fact("contribution", "month", _FIRST_MONTH, _OPEN_MONTH)
base = fact(
    "contribution", "fen/months", 0, 20_000_000,
    ask={"en": "On what monthly wage were contributions paid?", "zh": "缴费基数是每月多少？"},
)  # fmt: skip
contribution_basis = fact("contribution", "contribution_basis", 0, 2, choices=("employee", "flexible", "resident"))
contribution_kind = fact(
    "contribution", "contribution_kind", 0, 3, choices=("actual", "deemed", "back_paid", "lump_sum")
)
is_temporary = fact("contribution", "truth", 0, 1, absent=0)
is_kept = fact("contribution", "truth", 0, 1, absent=0)  # the fund and the person agreed to keep this relation
surrendered_day = fact("contribution", "day", _FIRST_DAY, _OPEN_DAY, absent=_OPEN_DAY)
contribution_province = look_up("province_of", level="contribution", by={"place": "contribution_place"})

# ---- balances that a fund has recorded
account_records = level("account_record", above="person", most=200)
account_place = fact("account_record", "place", 0, _MOST_PLACES)
account_day = fact("account_record", "day", _FIRST_DAY, _OPEN_DAY)
record_balance = fact("account_record", "fen", 0, 1_000_000_000)
account_province = look_up("province_of", level="account_record", by={"place": "account_place"})

# ---- benefits drawn, from any scheme
benefits = level("benefit", above="person", most=200)
benefit_scheme = fact("benefit", "benefit_scheme", 0, 8, choices=SCHEMES)
benefit_place = fact("benefit", "place", 0, _MOST_PLACES)
benefit_from = fact("benefit", "month", _FIRST_MONTH, _OPEN_MONTH)
benefit_to = fact("benefit", "month", _FIRST_MONTH, _OPEN_MONTH)
benefit_amount = fact(
    "benefit", "fen/months", 0, 20_000_000, ask={"en": "How much is paid each month?", "zh": "每月领多少？"}
)


@clause("劳社部发〔2001〕20号", level="contribution")
def is_surrendered(surrendered_day, no_surrender_since, asked_day):
    """Whether the relation was ended and paid out by the day asked about, while the law still let a person do so."""
    return (month_of(surrendered_day) < no_surrender_since) & (surrendered_day <= asked_day)


@clause("Wayfare: reading of the record", level="contribution", rank="practice")
def recorded_until(first_month, end_month, asked_month):
    """The first month after a run, or after the month asked about: what lies after that is not yet paid."""
    return greatest(first_month, least(end_month, asked_month + 1))


@clause("劳社部发〔2001〕20号", level="contribution")
def until_month(first_month, recorded_until, is_surrendered):
    """The first month of a run that does not count; of a surrendered relation not even the first month counts."""
    return when(is_surrendered, first_month, recorded_until)


@clause("Wayfare: reading of the record", level="contribution", rank="practice")
def has_begun(first_month, asked_month, is_surrendered):
    """Whether the run has begun by the month asked about and was not surrendered; else it says nothing about today."""
    return (first_month <= asked_month) & no(is_surrendered)


@clause("人社部发〔2009〕187号", article="3", level="contribution")
def gives_way(is_kept):
    """Whether nobody agreed to keep this relation, so that of two reports of a month one that was agreed on stays."""
    return no(is_kept)


# Of two reports of one month one is kept: the one that fund and person agreed on. No text ranks two ordinary relations
# without such an agreement, so the order is of the rows' own content: cutting a run in two or listing it elsewhere
# changes nothing.
KEPT_FIRST = ("gives_way", "is_temporary", "contribution_basis", "contribution_province", "contribution_place")
months = slices("piece", of="contribution", start="first_month", end="until_month", key="piece_year", most=111)
calendar_year = distinct("calendar", of="piece", by="piece_year", within="person")
relation_province = distinct("relation", of="contribution", by="contribution_province", within="person", most=34)
counted_once = months_once(
    "人社部发〔2009〕187号", article="3", level="piece", within="calendar", months="months", counted="counted_set",
    taken="taken_set", order=KEPT_FIRST,
)  # fmt: skip


@clause("人社部发〔2009〕187号", article="3", level="piece")
def counted(counted_set):
    """Months of the piece that count: a month reported by two funds counts in one, the ordinary relation first."""
    return months_in(counted_set)


@clause("社会保险法", article="63", level="contribution", rank="law")
def is_back_paid(contribution_kind):
    """Whether the run was paid back later; such months count and carry money like any other."""
    return contribution_kind == BACK_PAID


@clause("国办发〔2009〕66号", article="12", level="contribution")
def is_paid(is_back_paid, contribution_kind):
    """Whether money was paid for the run, then or later; deemed years count as years and carry no money."""
    return is_back_paid | (contribution_kind != DEEMED)
