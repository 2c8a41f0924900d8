"""Which province pays the pension of a person who paid in several (Guobanfa [2009] 66, article 6).

Months count for a province when they were paid or deemed there, over all its cities, and never on a temporary account.
The household registration is that of the day on which the age of the law was reached, or of the day asked about before.
"""

from __future__ import annotations

from wayfare.law.declare import clause, lever, look_up, pick, question, total
from wayfare.law.words import first_day, greatest, least, month_of, no, when
from wayfare.rulebook.national.life.rule import KEPT_FIRST, NEVER_DAY, NEVER_MONTH

MEASURES, OPINIONS, REFINEMENTS = "国办发〔2009〕66号", "人社部发〔2010〕70号", "人社部规〔2016〕5号"


# ---- the registration that decides
@clause(OPINIONS, level="person", since="2010-01-01")
def decision_day(has_reached_age, retirement_month, born, birth_month, asked_day):
    """The day whose registration decides: the birthday on which the age is reached, else the day asked about."""
    birthday = first_day(retirement_month) + greatest(born - first_day(birth_month), 0)
    return when(has_reached_age, least(birthday, first_day(retirement_month + 1) - 1), asked_day)


hukou_count = total(level="person", of="hukou_spell", how="count")


@clause(OPINIONS, level="hukou_spell", since="2010-01-01")
def is_hukou_then(hukou_count, hukou_from, hukou_to, decision_day, asked_day):
    """Whether this registration held on the day that decides; the only one there is holds unless it has ended."""
    is_only = (hukou_count <= 1) & (asked_day < hukou_to)
    return is_only | ((hukou_from <= decision_day) & (decision_day < hukou_to))


hukou_then = pick("hukou_place", level="person", by="hukou_from", where="is_hukou_then", none="registered_place")
hukou_since = pick("hukou_from", level="person", by="hukou_from", where="is_hukou_then", none=NEVER_DAY)
hukou_province = look_up("province_of", level="person", by={"place": "hukou_then"})


# ---- what counts for a province
@clause(OPINIONS, level="contribution", since="2010-01-01")
def counts_for_place(is_temporary, has_begun, contribution_province, hukou_province, hukou_since, decision_day):
    """Whether a run counts for its province: not on a temporary account before its holder was registered there.

    A temporary account is ordinary from the month after the registration moved to its province.
    """
    has_settled = (contribution_province == hukou_province) & (month_of(hukou_since) < month_of(decision_day))
    return has_begun & (no(is_temporary) | has_settled)


ordinary_months = total("counted", level="relation", where="counts_for_place")
last_month = pick("until_month", level="relation", by="until_month", where="counts_for_place", none=NEVER_MONTH)
last_ordinary_month = pick(
    "until_month", level="person", of="contribution", by="until_month", where="counts_for_place", none=NEVER_MONTH
)


@clause("Wayfare: reading of the record", level="contribution", rank="practice")
def is_last_ordinary(counts_for_place, until_month, last_ordinary_month):
    """Whether the run holds the last contribution on an ordinary account."""
    return counts_for_place & (until_month == last_ordinary_month)


current_province = pick(
    "contribution_province", level="person", by=KEPT_FIRST, where="is_last_ordinary", first=True, none="hukou_province"
)


@clause(MEASURES, article="6", level="relation", since="2010-01-01")
def is_current(relation_province, current_province):
    """Whether the person's relation lies in this province now."""
    return relation_province == current_province


@clause(MEASURES, article="12", level="relation", since="2010-01-01")
def place_months(ordinary_months, is_current, further_months):
    """Months that count for the province, deemed ones included, with those the person will still pay there."""
    still_to_come = when(further_months > 0, when(is_current, further_months, 0), 0)
    return ordinary_months + still_to_come


@clause(MEASURES, article="6", level="relation", since="2010-01-01")
def has_ten_years(place_months, benefit_place_months):
    """Whether the province has the ten years that make it pay."""
    return place_months >= benefit_place_months


@clause(MEASURES, article="6", level="relation", since="2010-01-01")
def can_be_benefit_place(relation_province, hukou_province, has_ten_years):
    """Whether the province could be the one that pays: it is the registered one, or it has ten years."""
    return (relation_province == hukou_province) | has_ten_years


@clause(MEASURES, article="6(2)", level="relation", since="2010-01-01")
def is_current_with_ten(is_current, has_ten_years):
    """Whether the relation lies here now and has ten years."""
    return is_current & has_ten_years


@clause(MEASURES, article="6(3)", level="relation", since="2010-01-01")
def is_earlier_with_ten(is_current, has_ten_years):
    """Whether the relation lay here before and has ten years."""
    return no(is_current) & has_ten_years


current_has_ten = total("is_current_with_ten", level="person", how="any")
latest_with_ten = pick(
    "relation_province", level="person", of="relation", by=("last_month", "relation_province"),
    where="is_earlier_with_ten", none="hukou_province",
)  # fmt: skip


@clause(MEASURES, article="6(1)", level="person", since="2010-01-01")
def relation_is_at_home(current_province, hukou_province):
    """Whether the relation lies in the registered province, which then pays whatever the years."""
    return current_province == hukou_province


@clause(MEASURES, article="6", level="person", since="2010-01-01")
def place_of_benefit(relation_is_at_home, current_has_ten, current_province, latest_with_ten):
    """Home if the relation lies there; the current province with ten years; the last one with ten; else home."""
    return when(relation_is_at_home | current_has_ten, current_province, latest_with_ten)


# The place may be given as a city; funds hold a person's relations by province.
benefit_province = look_up("province_of", level="person", by={"place": "place_of_benefit"})


@clause(MEASURES, article="6", level="contribution", since="2010-01-01")
def is_paid_at_home(has_begun, contribution_province, hukou_province):
    """Whether the run was paid or deemed in the registered province."""
    return has_begun & (contribution_province == hukou_province)


insured_at_home = total("is_paid_at_home", level="person", how="any")


@clause(REFINEMENTS, article="6", level="person", since="2016-11-28")
def home_gathers(benefit_province, hukou_province, insured_at_home):
    """Whether home pays although the person never insured there: it must register the person and gather all."""
    return (benefit_province == hukou_province) & no(insured_at_home)


@clause("Wayfare: reading of the record", level="person", rank="practice")
def pays_where_it_counts(current_province, latest_province, latest_month_paid, asked_month, has_reached_age):
    """Whether the person pays now, on an account that counts for the province, so that months can be added."""
    return (current_province == latest_province) & (latest_month_paid >= asked_month) & no(has_reached_age)


stay_on = lever(
    "further_months", by=tuple(range(1, 121)), days_each=30, who="person", where="pays_where_it_counts",
    say={"en": "Go on paying where you pay now.", "zh": "在现在的参保地继续缴费。"},
)  # fmt: skip
place = question(
    "pension.place", answer="place_of_benefit", values=("place_of_benefit", "can_be_benefit_place"),
    say={"en": "Where will my pension be paid?", "zh": "我的养老金在哪里领？"}, levers=("stay_on",),
)  # fmt: skip
