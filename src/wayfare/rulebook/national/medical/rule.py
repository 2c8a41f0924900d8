"""Medical facts as the law reads them: stays in hospital, insurance and filings beside each, what a year has used.

A claim is one stay. Beside each claim stand all medical insurance and all filings on record; which of them count is for
the rules to say. A claim of which nothing is stated stands for values that are given without one.
"""

from __future__ import annotations

from datetime import date

from wayfare.law.declare import choice, fact, level
from wayfare.law.words import Scale

FIRST_YEAR, LAST_YEAR = 1950, 2199
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
_FIRST_MONTH, _OPEN_MONTH = 1900 * 12, 2200 * 12
_MOST_PLACES, _MOST_FEN = 9_999, 1_000_000_000
ONE_BASIS_POINT = Scale(1, "basis_points")

SCHEMES = ("employee_medical", "resident_medical", "rural_medical", "uninsured")
KINDS = ("inpatient", "outpatient", "outpatient_special")
CLASSES = ("community", "primary", "secondary", "tertiary", "outside_filed", "outside_unfiled")
GRADES = ("a", "b", "c")
FILED = ("as_filed", "long_term", "referred", "emergency", "other_temporary", "none")
FILINGS = ("long_term", "referred", "emergency", "other_temporary")
medical_words = choice("medical_scheme", *SCHEMES)
treatment_words = choice("claim_kind", *KINDS)
class_words = choice("hospital_class", *CLASSES)
grade_words = choice("hospital_grade", *GRADES)
filed_words = choice("filed_as", *FILED)
filing_words = choice("filing_category", *FILINGS)
zone_words = choice("treatment_zone", "home", "in_province", "outside")
terms_words = choice("outside_terms", "by_level", "as_tertiary", "own_terms")
supplement_words = choice("supplement_kind", "own_part", "above_cap", "either")
RESIDENT, RURAL, UNINSURED = medical_words.resident_medical, medical_words.rural_medical, medical_words.uninsured
PRIMARY, SECONDARY, TERTIARY = class_words.primary, class_words.secondary, class_words.tertiary
OUTSIDE_FILED, OUTSIDE_UNFILED = class_words.outside_filed, class_words.outside_unfiled
GRADE_A = grade_words.a
AS_FILED, LONG_TERM, REFERRED = filed_words.as_filed, filed_words.long_term, filed_words.referred
EMERGENCY, OTHER, UNFILED = filed_words.emergency, filed_words.other_temporary, filed_words.none
FILED_LONG_TERM, FILED_REFERRED = filing_words.long_term, filing_words.referred
FILED_EMERGENCY, FILED_OTHER = filing_words.emergency, filing_words.other_temporary
HOME, IN_PROVINCE, OUTSIDE = zone_words.home, zone_words.in_province, zone_words.outside
AS_TERTIARY, OWN_TERMS = terms_words.as_tertiary, terms_words.own_terms
OWN_PART, ABOVE_CAP = supplement_words.own_part, supplement_words.above_cap

# ---- a claim: one stay
claims = level("claim", above="person", most=100, stands_alone=True)
claim_number = fact("claim", "count", 0, 100, absent=0)  # 0: nothing is stated but values that are given
claim_place = fact(
    "claim", "place", 0, _MOST_PLACES, ask={"en": "Where were you treated?", "zh": "您在哪里就医？"}
)
claim_from = fact(
    "claim", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day were you admitted?", "zh": "您是哪一天入院的？"},
)  # fmt: skip
claim_to = fact(
    "claim", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day did you leave the hospital?", "zh": "您是哪一天出院的？"},
)  # fmt: skip
claim_kind = fact("claim", "claim_kind", 0, 2, choices=KINDS)
hospital_level = fact(
    "claim", "hospital_class", 0, 3, choices=CLASSES,
    ask={"en": "Of which level is the hospital: 1, 2 or 3?", "zh": "这家医院是几级医院：一级、二级还是三级？"},
)  # fmt: skip
hospital_grade = fact(
    "claim", "hospital_grade", 0, 2, choices=GRADES,
    ask={"en": "Is it grade A or B of its level?", "zh": "是三级甲等还是三级乙等？"},
)  # fmt: skip
names_scheme = fact("claim", "truth", 0, 1, absent=0)
claim_scheme = fact("claim", "medical_scheme", 0, 3, choices=SCHEMES)
names_place = fact("claim", "truth", 0, 1, absent=0)
claim_insured_place = fact("claim", "place", 0, _MOST_PLACES)
bill = fact(
    "claim", "fen", 0, _MOST_FEN, absent=0,
    ask={"en": "How much is the whole bill?", "zh": "医疗费用一共是多少？"},
)  # fmt: skip
outside_catalogue = fact(
    "claim", "fen", 0, _MOST_FEN,
    ask={"en": "How much of the bill lies outside the catalogue?", "zh": "其中目录外全自费是多少？"},
)  # fmt: skip
over_limit = fact(
    "claim", "fen", 0, _MOST_FEN,
    ask={"en": "How much of the bill lies over a limit of price?", "zh": "其中超限价自费是多少？"},
)  # fmt: skip
own_share_first = fact(
    "claim", "fen", 0, _MOST_FEN,
    ask={"en": "How much of class B items do you pay first yourself?", "zh": "其中乙类先行自付是多少？"},
)  # fmt: skip
is_emergency = fact("claim", "truth", 0, 1, absent=0)
is_referred = fact("claim", "truth", 0, 1, absent=0)
in_network = fact("claim", "truth", 0, 1, absent=1)
filed_as = fact("claim", "filed_as", 0, 5, absent=0, choices=FILED)

# ---- insurance and filings beside each claim
covers = level("claim_cover", above="claim", most=1_200)
cover_scheme = fact("claim_cover", "medical_scheme", 0, 3, choices=SCHEMES)
cover_place = fact("claim_cover", "place", 0, _MOST_PLACES)
cover_from = fact("claim_cover", "month", _FIRST_MONTH, _OPEN_MONTH)
cover_to = fact("claim_cover", "month", _FIRST_MONTH, _OPEN_MONTH)
filings = level("claim_filing", above="claim", most=100)
filing_category = fact("claim_filing", "filing_category", 0, 3, choices=FILINGS)
filing_place = fact("claim_filing", "place", 0, _MOST_PLACES)
filing_from = fact("claim_filing", "day", _FIRST_DAY, _OPEN_DAY)
filing_to = fact("claim_filing", "day", _FIRST_DAY, _OPEN_DAY)

# ---- the person: asked where no insurance on record covers the stay, and what the year has used
told_scheme = fact(
    "person", "medical_scheme", 0, 3, choices=SCHEMES,
    ask={"en": "Which medical insurance covered the stay: employees', residents', rural, or none?",
         "zh": "住院时参加的是职工医保、居民医保、新农合，还是没有参保？"},
)  # fmt: skip
told_insured_place = fact(
    "person", "place", 0, _MOST_PLACES,
    ask={"en": "Where was that medical insurance?", "zh": "当时的参保地在哪里？"},
)  # fmt: skip
carry_year = fact("person", "year", FIRST_YEAR, LAST_YEAR)
stays_before = fact(
    "person", "count", 0, 366, ask={"en": "How many stays did the year have before?", "zh": "当年此前住过几次院？"}
)
eligible_before = fact(
    "person", "fen", 0, _MOST_FEN,
    ask={"en": "How much of this year's earlier bills lay in the scope of the policy?",
         "zh": "当年此前政策范围内费用是多少？"},
)  # fmt: skip
deductible_before = fact(
    "person", "fen", 0, _MOST_FEN,
    ask={"en": "How much of deductibles have you borne this year before?", "zh": "当年此前已付的起付标准是多少？"},
)  # fmt: skip
fund_paid_before = fact(
    "person", "fen", 0, _MOST_FEN,
    ask={"en": "How much has the fund paid this year before?", "zh": "当年此前统筹基金已支付多少？"},
)  # fmt: skip
supplement_before = fact(
    "person", "fen", 0, _MOST_FEN,
    ask={"en": "How much has the supplement paid this year before?", "zh": "当年此前大病保险等已支付多少？"},
)  # fmt: skip
claim_to_state = fact(
    "person", "fen", 0, _MOST_FEN,
    ask={"en": "State the stay under claims: place, days, level of the hospital, and the bill with its parts.",
         "zh": "请在claims里填写住院情况：就医地、日期、医院级别、医疗费用及其中各部分。"},
)  # fmt: skip
