"""Facts: what is known about people, as dated spells, read strictly and turned into tables for the law.

The JSON facts document is the public face (`read_document`, `read_lines`, `schema`); `findings` tells what stands out
in it; `fact_tables` and `fact_columns` give the same facts as integers, by level, to the law.
"""

from wayfare.facts.bounds import BOUNDS, ROWS_MAX
from wayfare.facts.columns import FactColumns, fact_columns
from wayfare.facts.contributions import (
    PaidMonth,
    ResidentYear,
    Run,
    months_in_year,
    paid_months,
    resident_years,
    runs,
)
from wayfare.facts.document import Document, Facts
from wayfare.facts.errors import FactsError
from wayfare.facts.findings import FINDINGS, Finding, findings
from wayfare.facts.items import (
    Account,
    BenefitSpell,
    Contract,
    ContributionYear,
    Ending,
    HukouSpell,
    InsuranceSpell,
    Item,
    Label,
    Person,
    ResidenceSpell,
    Skill,
    Study,
    WorkSpell,
)
from wayfare.facts.lines import read_lines
from wayfare.facts.medical import Claim, Filing, ThisYear
from wayfare.facts.points_items import Conduct, Evidence
from wayfare.facts.reading import read_document
from wayfare.facts.schema import schema
from wayfare.facts.service_items import Paper, Permit
from wayfare.facts.tables import LEVELS, FactTable, fact_tables
from wayfare.facts.vocabulary import CHOICES, OPEN_DAY, OPEN_MONTH
from wayfare.facts.work_items import Pay

__all__ = [
    "BOUNDS",
    "CHOICES",
    "FINDINGS",
    "LEVELS",
    "OPEN_DAY",
    "OPEN_MONTH",
    "ROWS_MAX",
    "Account",
    "BenefitSpell",
    "Claim",
    "Conduct",
    "Contract",
    "ContributionYear",
    "Document",
    "Evidence",
    "Ending",
    "FactColumns",
    "FactTable",
    "Facts",
    "FactsError",
    "Filing",
    "Finding",
    "HukouSpell",
    "InsuranceSpell",
    "Item",
    "Label",
    "PaidMonth",
    "Paper",
    "Permit",
    "Pay",
    "Person",
    "ResidenceSpell",
    "ResidentYear",
    "Run",
    "Skill",
    "Study",
    "ThisYear",
    "WorkSpell",
    "fact_columns",
    "fact_tables",
    "findings",
    "months_in_year",
    "paid_months",
    "read_document",
    "read_lines",
    "resident_years",
    "runs",
    "schema",
]
