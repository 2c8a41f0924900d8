"""Work without a written contract: the wage twice from the second month on, and an open-ended contract after a year.

The employer has a month to sign. From then on each month without a contract is due a second time, for eleven months at
most; after a full year an open-ended contract is deemed signed, and the wage is due once again.
"""

from __future__ import annotations

from wayfare.law.declare import clause, lever, question
from wayfare.law.words import ZERO_MONTHS, Scale, greatest, least, months_after, when, whole_months
from wayfare.rulebook.national.jobs.job.rule import AT_END, CONTRACT_LAW, CONTRACT_RULES, SINCE, contract_words

NO_DAYS = Scale(0, "days")
NO_CONTRACT = contract_words.none


# ---- how long there was none
@clause(CONTRACT_LAW, article="97", rank="law", **AT_END)
def contract_counts_from(job_from, contract_law_day):
    """The day from which the months without a contract count: the first day of work, not before the law of 2008."""
    return greatest(job_from, contract_law_day)


@clause(CONTRACT_RULES, article="6", rank="regulation", **AT_END)
def double_wage_from(contract_counts_from, contract_months_to_sign):
    """The first day with the wage twice: after the month that the law leaves for signing."""
    return months_after(contract_counts_from, contract_months_to_sign)


@clause(CONTRACT_RULES, article="7", rank="regulation", **AT_END)
def open_ended_from(contract_counts_from, contract_months_to_deem):
    """The day from which an open-ended contract is deemed signed, where none was until then."""
    return months_after(contract_counts_from, contract_months_to_deem)


@clause(CONTRACT_RULES, article="6", rank="regulation", **AT_END)
def without_contract_until(job_contract, job_signed, job_end):
    """The first day with a written contract, or after the job."""
    return when(job_contract == NO_CONTRACT, job_end, least(job_signed, job_end))


@clause(CONTRACT_RULES, article="7", rank="regulation", **AT_END)
def double_wage_until(without_contract_until, open_ended_from, double_wage_from):
    """The first day without the wage twice: the contract was signed, the job ended, or a year was over."""
    return greatest(least(without_contract_until, open_ended_from), double_wage_from)


@clause(CONTRACT_LAW, article="82", rank="law", **AT_END)
def double_wage_months(double_wage_from, double_wage_until, contract_months_to_sign, contract_months_to_deem):
    """Complete months for which the wage is due a second time: eleven at most."""
    months = greatest(whole_months(double_wage_from, double_wage_until), ZERO_MONTHS)
    return least(months, contract_months_to_deem - contract_months_to_sign)


@clause(CONTRACT_LAW, article="82", rank="law", **AT_END)
def double_wage_days(double_wage_from, double_wage_until, double_wage_months):
    """Days after the complete months; how a part of a month is paid the text does not say."""
    return greatest(double_wage_until - months_after(double_wage_from, double_wage_months), NO_DAYS)


@clause(CONTRACT_LAW, article="82", rank="law", **AT_END)
def double_wage(job_wage, double_wage_months):
    """The second wage for the months without a written contract, beside the one that was paid."""
    return job_wage * double_wage_months


@clause(CONTRACT_LAW, article="14", rank="law", **AT_END)
def is_deemed_open_ended(without_contract_until, open_ended_from):
    """Whether a year passed without a written contract, so that an open-ended one is deemed signed."""
    return without_contract_until > open_ended_from


@clause(CONTRACT_LAW, article="10", rank="law", **AT_END)
def has_written_contract(job_contract):
    """Whether there is a written labour contract."""
    return job_contract != NO_CONTRACT


# ---- what can be done about it
@clause(CONTRACT_LAW, article="10", level="work_spell", rank="law", since=SINCE)
def can_still_sign(is_for_employer, work_to, asked_day):
    """Whether the job still runs, so that a contract can be signed."""
    return is_for_employer & (work_to > asked_day)


sign_contract = lever(
    "contract_kind", to=contract_words.fixed_term, who="employer", where="can_still_sign",
    say={"en": "Ask your employer to sign a written contract; it has to.",
         "zh": "要求单位与您订立书面劳动合同，这是单位的义务。"},
)  # fmt: skip
contract = question(
    "work.contract", answer="double_wage", goal="has_written_contract", levers=("sign_contract",),
    values=("double_wage_months", "double_wage", "double_wage_days", "double_wage_from", "double_wage_until",
            "has_written_contract", "is_deemed_open_ended", "open_ended_from"),
    named={"monthly_wage": "job_wage", "contract": "job_contract"},
    say={"en": "What if I have no written contract?", "zh": "没有签书面劳动合同怎么办？"},
)  # fmt: skip
