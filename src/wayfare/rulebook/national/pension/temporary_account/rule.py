"""A temporary account: what a province away from home opens for men from fifty and women from forty.

What lies on it is gathered at the next move or at the age of benefits, and it never makes a province the one that pays.
Who comes home, whose relation is older than 2010 or was opened below the age, and who is transferred by approval gets
an ordinary account.
"""

from __future__ import annotations

from wayfare.law.declare import clause, pick, question, total
from wayfare.law.words import NOT_YET, no, one_of, when
from wayfare.rulebook.national.life.rule import BACK_PAID, IS_ORDINARY, KEPT_FIRST, LUMP_SUM, ORDINARY, TEMPORARY

MEASURES, OPINIONS, REFINEMENTS = "国办发〔2009〕66号", "人社部发〔2010〕70号", "人社部规〔2016〕5号"


# ---- the kind of account in the place where the person pays now
@clause(MEASURES, article="5", level="contribution", since="2010-01-01")
def is_in_latest(contribution_province, latest_province):
    """Whether the run was paid in the province where the person pays now."""
    return contribution_province == latest_province


@clause(REFINEMENTS, article="3", level="contribution", since="2010-01-01")
def is_arrears(contribution_kind):
    """Whether the run was paid afterwards: arrears for an earlier time do not open a relation at that time."""
    return one_of(contribution_kind, BACK_PAID, LUMP_SUM)


arrival_month = pick(
    "first_month", level="person", of="contribution", by=("is_arrears", "first_month"), where="is_in_latest",
    first=True, none=NOT_YET,
)  # fmt: skip
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


relation_is_ordinary = total("counts_for_place", level="relation", of="contribution", how="any")


@clause(OPINIONS, level="relation", since="2010-01-01")
def is_sealed(relation_is_ordinary, relation_province, latest_province, has_reached_age):
    """Whether a temporary account is sealed: its holder moved on, and it waits for the age of benefits."""
    return no(relation_is_ordinary) & (relation_province != latest_province) & no(has_reached_age)


# ---- an account that may not be temporary
relation_opened = pick(
    "first_month", level="relation", by=("is_arrears", "first_month"), where="has_begun", first=True, none=NOT_YET
)


@clause(OPINIONS, level="contribution", since="2010-01-01")
def is_wrongly_temporary(
    is_temporary, counts_for_place, has_begun, relation_opened, birth_month, temporary_account_age,
    temporary_account_since, is_approved_transfer,
):  # fmt: skip
    """Whether a fund keeps the run on a temporary account although it may not.

    The relation was opened before 2010 or below the age limit (growing older in a gap changes nothing), or the
    move was an approved job transfer.
    """
    may_not = (relation_opened < temporary_account_since) | (relation_opened - birth_month < temporary_account_age)
    return has_begun & is_temporary & no(counts_for_place) & (may_not | is_approved_transfer)


temporary = question(
    "pension.temporary", answer="account_kind",
    values=("account_kind", "can_be_benefit_place", "is_sealed", "is_wrongly_temporary"),
    say={"en": "Will my account in the new place be a temporary one?", "zh": "新参保地给我建的是临时缴费账户吗？"},
)  # fmt: skip
