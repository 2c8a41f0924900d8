"""What every service shares: where it is asked for, what the record says of life there, and which papers are at hand.

A paper is in hand when it is stated, or when the record proves it: a running lease in one's own name, a labour
contract, a permit in force. Of those that are not, some can be had and some cannot, and the record says why not.
"""

from __future__ import annotations

from datetime import date

from wayfare.facts import CHOICES
from wayfare.law.declare import choice, clause, fact, level, look_up, pick, scan, total
from wayfare.law.words import ZERO_MONTHS, Scale, greatest, months_after, no, when, whole_months
from wayfare.rulebook.national.jobs.job.rule import contract_words
from wayfare.rulebook.national.life.rule import NEVER_DAY, work_words

RECORD = "Wayfare: reading of the record"
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
_FIRST_MONTH, _OPEN_MONTH = 1900 * 12, 2200 * 12
_MOST_PLACES, _MOST_PEOPLE = 9_999, 100

PAPERS, SCHEMES = CHOICES["paper_kind"], CHOICES["scheme"]
paper_words = choice("paper_kind", *PAPERS)
home_words = choice("residence_basis", *CHOICES["residence_basis"])
permit_words = choice("permit_kind", *CHOICES["permit_kind"])
kin_words = choice("relative_kind", *CHOICES["relative_kind"])
state_words = choice("paper_state", "held", "can_be_had", "cannot_be_had", "not_asked")
why_words = choice(
    "paper_why", "nothing", "stated", "no_lease", "no_contract", "no_employer", "no_own_home", "no_business"
)
office_words = choice(
    "office_kind", "police_station", "community_body", "registration_point", "township_or_street",
    "district_talent_centre", "through_employer",
)  # fmt: skip
EMPLOYEE, NO_CONTRACT, FIXED_TERM = work_words.employee, contract_words.none, contract_words.fixed_term
RENT, OWN = home_words.rent, home_words.own
RESIDENCE_PERMIT, TEMPORARY_PERMIT = permit_words.residence_permit, permit_words.temporary_residence_permit
HELD, CAN_BE_HAD, CANNOT_BE_HAD = state_words.held, state_words.can_be_had, state_words.cannot_be_had
NOT_ASKED_FOR = state_words.not_asked
PERSON = Scale(0, "count")  # the holder of a permit that names nobody else

# ---- facts of homes, work, permits, relatives, papers and insured months
residence_spells = level("residence_spell", above="person", most=200)
residence_place = fact("residence_spell", "place", 0, _MOST_PLACES)
residence_from = fact("residence_spell", "day", _FIRST_DAY, _OPEN_DAY)
residence_to = fact("residence_spell", "day", _FIRST_DAY, _OPEN_DAY)
residence_basis = fact(
    "residence_spell", "residence_basis", 0, 4, choices=CHOICES["residence_basis"],
    ask={"en": "Do you rent your home, own it, or does your employer give it?",
         "zh": "您的住处是租的、自己的，还是单位提供的？"},
)  # fmt: skip
lease_is_own = fact(
    "residence_spell", "truth", 0, 1,
    ask={"en": "Is the lease of your home in your own name?", "zh": "租房合同上写的是您的名字吗？"},
)  # fmt: skip
flexible_registered_day = fact("work_spell", "day", _FIRST_DAY, _OPEN_DAY, absent=_OPEN_DAY)
permits = level("permit", above="person", most=200)
permit_kind = fact("permit", "permit_kind", 0, 1, choices=CHOICES["permit_kind"])
permit_place = fact("permit", "place", 0, _MOST_PLACES)
permit_from = fact("permit", "day", _FIRST_DAY, _OPEN_DAY)
permit_to = fact("permit", "day", _FIRST_DAY, _OPEN_DAY)
permit_endorsed = fact(
    "permit", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day was your residence permit last endorsed?", "zh": "您的居住证最近一次签注是哪一天？"},
)  # fmt: skip
permit_counted_from = fact("permit", "day", _FIRST_DAY, _OPEN_DAY)
permit_holder = fact("permit", "count", 0, _MOST_PEOPLE)
relatives = level("relative", above="person", most=_MOST_PEOPLE)
relative_number = fact("relative", "count", 1, _MOST_PEOPLE)
relative_kind = fact(
    "relative", "relative_kind", 0, 3, choices=CHOICES["relative_kind"],
    ask={"en": "How is this person related to you?", "zh": "这个人是您的什么人？"},
)  # fmt: skip
relative_born = fact(
    "relative", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day was this person born?", "zh": "这个人是哪一天出生的？"},
)  # fmt: skip
paper_records = level("paper_record", above="person", most=len(PAPERS))
paper_kind = fact("paper_record", "paper_kind", 0, len(PAPERS) - 1, choices=PAPERS)
paper_is_stated = fact("paper_record", "truth", 0, 1, absent=0)
paper_is_held = fact(
    "paper_record", "truth", 0, 1, absent=0, ask={"en": "Do you have this paper?", "zh": "您有这份材料吗？"}
)
paper_can_be_had = fact(
    "paper_record", "truth", 0, 1, absent=1, ask={"en": "Can you get this paper?", "zh": "您能办到这份材料吗？"}
)
paper_is_local = fact("paper_record", "truth", 0, 1, absent=0)
paper_place = fact("paper_record", "place", 0, _MOST_PLACES)
insured_runs = level("insured_run", above="person", most=1_200)
insured_scheme = fact("insured_run", "benefit_scheme", 0, 8, choices=SCHEMES)
insured_place = fact("insured_run", "place", 0, _MOST_PLACES)
insured_from = fact("insured_run", "month", _FIRST_MONTH, _OPEN_MONTH)
insured_to = fact("insured_run", "month", _FIRST_MONTH, _OPEN_MONTH)
insured_basis = fact("insured_run", "contribution_basis", 0, 2, choices=CHOICES["basis"])
insured_goes_on = fact("insured_run", "truth", 0, 1)
place_of_stay = fact(  # where no home on record is lived in on the day asked about
    "person", "place", 0, _MOST_PLACES,
    ask={"en": "In which place do you live, or want the service?", "zh": "您住在哪里，或者想在哪里办理？"},
)  # fmt: skip
waits_months = fact(
    "person", "months", 0, 480, absent=0,
    ask={"en": "How many months more will you stay and go on as now?", "zh": "您还会照现在这样住多少个月？"},
)  # fmt: skip


# ---- where and when
@clause(RECORD, level="residence_spell", rank="practice")
def lives_there_now(residence_from, residence_to, asked_day):
    """Whether the person lives there on the day asked about."""
    return (residence_from <= asked_day) & (asked_day < residence_to)


service_place = pick(
    "residence_place", level="person", of="residence_spell", by=("residence_from", "residence_place"),
    where="lives_there_now", none="place_of_stay",
)  # fmt: skip
service_city = look_up("city_of", level="person", by={"place": "service_place"})


@clause(RECORD, level="person", rank="practice")
def judged_day(asked_day, waits_months):
    """The day for which stays and permits are judged: the day asked about, or after the months that someone waits."""
    return months_after(asked_day, waits_months)


@clause(RECORD, level="hukou_spell", rank="practice")
def is_hukou_now(hukou_from, hukou_to, asked_day):
    """Whether this registration holds on the day asked about."""
    return (hukou_from <= asked_day) & (asked_day < hukou_to)


hukou_now = pick(
    "hukou_place", level="person", of="hukou_spell", by="hukou_from", where="is_hukou_now",
    none="registered_place",
)  # fmt: skip
hukou_city = look_up("city_of", level="person", by={"place": "hukou_now"})


@clause(RECORD, level="person", rank="practice")
def is_away(hukou_city, service_city):
    """Whether the person is registered in another city than the one of the service."""
    return hukou_city != service_city


# ---- life in the city of the service
residence_city = look_up("city_of", level="residence_spell", by={"place": "residence_place"})
work_city = look_up("city_of", level="work_spell", by={"place": "work_place"})


@clause(RECORD, level="residence_spell", rank="practice")
def is_home_in_city(residence_city, service_city, residence_from, asked_day):
    """Whether this is a home in the city of the service that has begun by the day asked about."""
    return (residence_city == service_city) & (residence_from <= asked_day)


@scan(
    RECORD, level="residence_spell", within="person", order=("residence_from", "residence_to", "residence_place"),
    start={"stay_since": NEVER_DAY, "stay_until": NEVER_DAY}, rank="practice",
    leaves={"stay_since": "lived_since", "stay_until": "lived_until"},
)  # fmt: skip
def stays_joined(stay_since, stay_until, is_home_in_city, residence_from, residence_to):
    """Homes in the city that follow each other without a gap are one stay."""
    since = when(residence_from <= stay_until, stay_since, residence_from)
    return (
        when(is_home_in_city, since, stay_since),
        when(is_home_in_city, greatest(stay_until, residence_to), stay_until),
    )


@clause(RECORD, level="person", rank="practice")
def lives_here(lived_until, judged_day):
    """Whether the person lives in the city."""
    return lived_until > judged_day


@clause(RECORD, level="person", rank="practice")
def months_lived(lives_here, lived_since, judged_day):
    """Whole months of living in the city without a break."""
    return when(lives_here, whole_months(lived_since, judged_day), ZERO_MONTHS)


@clause(RECORD, level="work_spell", rank="practice")
def is_job_here(work_city, service_city, work_from, work_to, asked_day):
    """Whether this is work in the city that goes on on the day asked about."""
    return (work_city == service_city) & (work_from <= asked_day) & (asked_day < work_to)


@clause(RECORD, level="work_spell", rank="practice")
def is_contract_here(is_job_here, contract_kind):
    """Whether a running job in the city has a labour contract."""
    return is_job_here & (contract_kind != NO_CONTRACT)


@clause(RECORD, level="work_spell", rank="practice")
def is_uncontracted_here(is_job_here, contract_kind):
    """Whether a running job in the city has no labour contract."""
    return is_job_here & (contract_kind == NO_CONTRACT)


@clause(RECORD, level="work_spell", rank="practice")
def is_employed_here(is_job_here, work_kind):
    """Whether a running job in the city has an employer."""
    return is_job_here & (work_kind == EMPLOYEE)


@clause("劳动合同法", article="10", level="work_spell", rank="law", since="2008-01-01")
def is_owed_a_contract(is_uncontracted_here, work_kind):
    """Whether the employer owes a written contract for this job."""
    return is_uncontracted_here & (work_kind == EMPLOYEE)


@clause(RECORD, level="residence_spell", rank="practice")
def is_rented_here(lives_there_now, residence_city, service_city, residence_basis):
    """Whether this is a rented home in the city, lived in on the day asked about."""
    return lives_there_now & (residence_city == service_city) & (residence_basis == RENT)


@clause(RECORD, level="residence_spell", rank="practice")
def is_leased_here(is_rented_here, lease_is_own):
    """Whether its lease is in the person's own name."""
    return is_rented_here & lease_is_own


@clause(RECORD, level="residence_spell", rank="practice")
def is_unleased_here(is_rented_here, lease_is_own):
    """Whether its lease is in another's name, or there is none."""
    return is_rented_here & no(lease_is_own)


@clause(RECORD, level="residence_spell", rank="practice")
def is_own_home_here(lives_there_now, residence_city, service_city, residence_basis):
    """Whether this is a home of the person's own in the city, lived in on the day asked about."""
    return lives_there_now & (residence_city == service_city) & (residence_basis == OWN)


@clause(RECORD, level="residence_spell", rank="practice")
def is_others_home_here(lives_there_now, residence_city, service_city, residence_basis):
    """Whether this is a home in the city that belongs to somebody else."""
    return lives_there_now & (residence_city == service_city) & (residence_basis != OWN)


@clause(RECORD, level="work_spell", rank="practice")
def is_own_account_here(is_job_here, work_kind):
    """Whether a running job in the city is no work for an employer, so that a business could stand behind it."""
    return is_job_here & (work_kind != EMPLOYEE)


works_here = total("is_job_here", level="person", of="work_spell", how="any")
has_contract_here = total("is_contract_here", level="person", of="work_spell", how="any")
lacks_contract_here = total("is_uncontracted_here", level="person", of="work_spell", how="any")
has_employer_here = total("is_employed_here", level="person", of="work_spell", how="any")
has_lease_here = total("is_leased_here", level="person", of="residence_spell", how="any")
owns_home_here = total("is_own_home_here", level="person", of="residence_spell", how="any")
lives_in_others_home = total("is_others_home_here", level="person", of="residence_spell", how="any")
works_on_own_account = total("is_own_account_here", level="person", of="work_spell", how="any")
lacks_lease_here = total("is_unleased_here", level="person", of="residence_spell", how="any")

# ---- permits of the city
permit_city = look_up("city_of", level="permit", by={"place": "permit_place"})


@clause(RECORD, level="permit", rank="practice")
def is_permit_here(permit_city, service_city, permit_from, permit_to, asked_day, judged_day):
    """Whether the permit is of this city, is issued, and its term runs to the day it is judged for."""
    return (permit_city == service_city) & (permit_from <= asked_day) & (judged_day < permit_to)


@clause(RECORD, level="permit", rank="practice")
def is_temporary_permit_here(is_permit_here, permit_kind, permit_holder):
    """Whether it is the person's own temporary permit."""
    return is_permit_here & (permit_kind == TEMPORARY_PERMIT) & (permit_holder == PERSON)


holds_temporary_permit = total("is_temporary_permit_here", level="person", of="permit", how="any")
