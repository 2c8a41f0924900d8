"""Which papers are in hand, which can be had, and why some cannot.

What the record proves is not asked again, and what it excludes is named: who rents without a lease in their own name
cannot show one, nor can who works without a contract. What is stated of a paper (`papers`) counts before the record.
"""

from __future__ import annotations

from wayfare.law.declare import clause, lever, look_up
from wayfare.law.words import no, one_of, when
from wayfare.rulebook.national.services.rule import (
    CAN_BE_HAD,
    CANNOT_BE_HAD,
    FIXED_TERM,
    HELD,
    RECORD,
    paper_words,
    why_words,
)

LEASE, ADDRESS_PROOF = paper_words.lease_contract, paper_words.address_proof
CONTRACT, EMPLOYMENT_PROOF = paper_words.labour_contract, paper_words.employment_proof
OWN_PERMIT, OWN_TEMPORARY = paper_words.residence_permit, paper_words.temporary_residence_permit
CHILD_TEMPORARY, EMPLOYER_PROOF = paper_words.child_temporary_residence_permit, paper_words.employer_proof
NOTHING, STATED, NO_LEASE = why_words.nothing, why_words.stated, why_words.no_lease
WITHOUT_CONTRACT, NO_EMPLOYER = why_words.no_contract, why_words.no_employer
NO_OWN_HOME, NO_BUSINESS = why_words.no_own_home, why_words.no_business
TITLE, PURCHASE = paper_words.title_certificate, paper_words.house_purchase_contract
LICENCE = paper_words.business_licence

paper_city = look_up("city_of", level="paper_record", by={"place": "paper_place"})


@clause(RECORD, level="paper_record", rank="practice")
def counts_here(paper_is_local, paper_city, service_city):
    """Whether the paper is not about another city."""
    return no(paper_is_local) | (paper_city == service_city)


@clause(RECORD, level="paper_record", rank="practice")
def is_stated_here(paper_is_stated, counts_here):
    """Whether the document speaks of this paper, for this city."""
    return paper_is_stated & counts_here


@clause(RECORD, level="paper_record", rank="practice")
def permit_proves(
    paper_kind, holds_residence_permit, holds_temporary_permit, child_holds_temporary_permit
):  # fmt: skip
    """Whether it is a permit that the record shows."""
    own = ((paper_kind == OWN_PERMIT) & holds_residence_permit) | (
        (paper_kind == OWN_TEMPORARY) & holds_temporary_permit
    )
    return own | ((paper_kind == CHILD_TEMPORARY) & child_holds_temporary_permit)


@clause(RECORD, level="paper_record", rank="practice")
def record_proves(paper_kind, has_lease_here, has_contract_here, permit_proves):
    """Whether the record proves what the paper says: a lease in own name, a labour contract, a permit."""
    lease = one_of(paper_kind, LEASE, ADDRESS_PROOF) & has_lease_here
    return lease | (one_of(paper_kind, CONTRACT, EMPLOYMENT_PROOF) & has_contract_here) | permit_proves


@clause(RECORD, level="paper_record", rank="practice")
def paper_in_hand(counts_here, paper_is_held, is_stated_here, record_proves):
    """Whether the paper can be shown: it is held, or the record proves it and nobody says otherwise."""
    return (counts_here & paper_is_held) | (no(is_stated_here) & record_proves)


@clause(RECORD, level="paper_record", rank="practice")
def why_excluded(
    paper_kind, lacks_lease_here, has_lease_here, lacks_contract_here, has_contract_here, works_here,
    has_employer_here, lives_in_others_home, owns_home_here, works_on_own_account,
):  # fmt: skip
    """The fact of the record that keeps the paper from being had; nothing where there is none."""
    no_lease = one_of(paper_kind, LEASE, ADDRESS_PROOF) & lacks_lease_here & no(has_lease_here)
    no_contract = one_of(paper_kind, CONTRACT, EMPLOYMENT_PROOF) & lacks_contract_here & no(has_contract_here)
    no_employer = (paper_kind == EMPLOYER_PROOF) & works_here & no(has_employer_here)
    no_home = one_of(paper_kind, TITLE, PURCHASE) & lives_in_others_home & no(owns_home_here)
    no_business = (paper_kind == LICENCE) & works_here & no(works_on_own_account)
    of_work = when(no_employer, NO_EMPLOYER, when(no_business, NO_BUSINESS, NOTHING))
    return when(no_lease, NO_LEASE, when(no_home, NO_OWN_HOME, when(no_contract, WITHOUT_CONTRACT, of_work)))


@clause(RECORD, level="paper_record", rank="practice")
def paper_why(paper_in_hand, is_stated_here, paper_can_be_had, why_excluded):
    """Why the paper cannot be had: as stated, or by a fact of the record; nothing where it is held or can be had."""
    stated = when(paper_can_be_had, NOTHING, STATED)
    return when(paper_in_hand, NOTHING, when(is_stated_here, stated, why_excluded))


@clause(RECORD, level="paper_record", rank="practice")
def paper_can_be_got(paper_in_hand, paper_why, counts_here):
    """Whether the paper is missing and can be had."""
    return no(paper_in_hand) & (paper_why == NOTHING) & counts_here


@clause(RECORD, level="paper_record", rank="practice")
def paper_state(paper_in_hand, paper_can_be_got):
    """Held, can be had, or cannot be had."""
    return when(paper_in_hand, HELD, when(paper_can_be_got, CAN_BE_HAD, CANNOT_BE_HAD))


@clause(RECORD, level="paper_record", rank="practice")
def paper_can_be_sought(paper_can_be_got, paper_kind, permit_is_within_reach):
    """Whether getting the paper is a step: a residence permit only where its own conditions and papers are."""
    return paper_can_be_got & ((paper_kind != OWN_PERMIT) | permit_is_within_reach)


get_paper = lever(
    "paper_is_held", to=1, where="paper_can_be_sought",
    say={"en": "Get this paper: {paper_kind}.", "zh": "办好这份材料：{paper_kind}。"},
)  # fmt: skip
sign_lease = lever(
    "lease_is_own", to=1, where="is_unleased_here", who="landlord",
    say={"en": "Have the landlord write the lease in your own name.", "zh": "请房东用您的名字签租房合同。"},
)  # fmt: skip
put_job_in_writing = lever(
    "contract_kind", to=FIXED_TERM, where="is_owed_a_contract", who="employer",
    say={"en": "Have your employer sign the written labour contract that the law asks for.",
         "zh": "请用人单位依法签订书面劳动合同。"},
)  # fmt: skip
wait = lever(
    "waits_months", by=(1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 30, 36), days_each=30,
    say={"en": "Stay and go on as now for {by} more.", "zh": "照现在这样再住{by}。"},
)  # fmt: skip
