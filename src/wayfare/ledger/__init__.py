"""The books: accounts, batches of transfers, holds, balances, periods, interest and the chain of each fund.

Everything here is a value or pure; `wayfare.storage.ledger_store` keeps the same books in PostgreSQL. Amounts are
whole fen. A batch concerns one fund; money goes between funds only through transit accounts.
"""

from wayfare.ledger.accounts import (
    GOVERNMENT,
    PERSON,
    Account,
    account_number,
    account_numbers,
    bank_account,
    check_fund,
    employer_clearing,
    member_account,
)
from wayfare.ledger.batch import Batch, SealedBatch, Transfer, period_of
from wayfare.ledger.book import Books, Posted, floor_batch, reversal
from wayfare.ledger.chain import FIRST_LINK, link_after
from wayfare.ledger.chart import INSURANCES, ChartLine, chart_of, line_of
from wayfare.ledger.floors import Approval
from wayfare.ledger.holds import CONFIRMED, OPEN, RELEASED, Hold
from wayfare.ledger.interest import interest_batch
from wayfare.ledger.lines import Line, matter_of, month_of
from wayfare.ledger.moves import Move, Part, transit_in, transit_out

__all__ = [
    "CONFIRMED",
    "FIRST_LINK",
    "GOVERNMENT",
    "INSURANCES",
    "OPEN",
    "PERSON",
    "RELEASED",
    "Account",
    "Approval",
    "Batch",
    "Books",
    "ChartLine",
    "Hold",
    "Line",
    "Move",
    "Part",
    "Posted",
    "SealedBatch",
    "Transfer",
    "account_number",
    "account_numbers",
    "bank_account",
    "chart_of",
    "check_fund",
    "employer_clearing",
    "floor_batch",
    "interest_batch",
    "line_of",
    "link_after",
    "matter_of",
    "member_account",
    "month_of",
    "period_of",
    "reversal",
    "transit_in",
    "transit_out",
]
