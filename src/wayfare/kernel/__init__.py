"""The words that every part of Wayfare speaks: money, months, spells, places, reasons, and the base of errors.

Nothing here knows the law, a clock, a database or a network. The kernel imports nothing else of Wayfare.
"""

from wayfare.kernel.asof import AsOf, AsOfRefused
from wayfare.kernel.credit_code import CreditCodeCheck, CreditCodeFinding, CreditCodeRemark, check_credit_code
from wayfare.kernel.errors import WayfareError
from wayfare.kernel.identity import IdentityCheck, IdentityFinding, IdentityKind, Sex, check_identity_number
from wayfare.kernel.language import Language
from wayfare.kernel.money import (
    HALF_UP,
    STARTED,
    WHOLE,
    Money,
    NotARate,
    NotMoney,
    Rate,
    Rounding,
    SplitRefused,
    rounded_quotient,
)
from wayfare.kernel.month import FIRST_MONTH, LAST_MONTH, Month, MonthOutOfRange, NotAMonth
from wayfare.kernel.place import NATION, NotAPlace, Place, PlaceLevel
from wayfare.kernel.reason import Reason, ReasonRefused, Shortfall
from wayfare.kernel.regions import (
    DatedName,
    Region,
    UnknownPlace,
    ever_known,
    province_iso_letters,
    province_short_name,
    region,
    regions,
)
from wayfare.kernel.spell import EndBeforeStart, MonthSpell, NotADay, Spell
from wayfare.kernel.status import Mode, Rank, Status

__all__ = [
    "FIRST_MONTH",
    "HALF_UP",
    "LAST_MONTH",
    "NATION",
    "STARTED",
    "WHOLE",
    "AsOf",
    "AsOfRefused",
    "CreditCodeCheck",
    "CreditCodeFinding",
    "CreditCodeRemark",
    "DatedName",
    "EndBeforeStart",
    "IdentityCheck",
    "IdentityFinding",
    "IdentityKind",
    "Language",
    "Mode",
    "Money",
    "Month",
    "MonthOutOfRange",
    "MonthSpell",
    "NotADay",
    "NotAMonth",
    "NotAPlace",
    "NotARate",
    "NotMoney",
    "Place",
    "PlaceLevel",
    "Rank",
    "Rate",
    "Reason",
    "ReasonRefused",
    "Region",
    "Rounding",
    "Sex",
    "Shortfall",
    "Spell",
    "SplitRefused",
    "Status",
    "UnknownPlace",
    "WayfareError",
    "check_credit_code",
    "check_identity_number",
    "ever_known",
    "province_iso_letters",
    "province_short_name",
    "region",
    "regions",
    "rounded_quotient",
]
