"""The books: accounts, batches of transfers, holds, balances, periods, interest and the chain of each fund.

Everything here is a value or pure; `wayfare.storage.ledger_store` keeps the same books in PostgreSQL. Amounts are
whole fen. A batch concerns one fund; money goes between funds only through transit accounts.
"""

from wayfare.ledger.accounts import Account, account_number, account_numbers, check_fund, member_account
from wayfare.ledger.batch import Batch, SealedBatch, Transfer, period_of
from wayfare.ledger.book import Books, Posted, reversal
from wayfare.ledger.chain import FIRST_LINK, link_after
from wayfare.ledger.holds import CONFIRMED, OPEN, RELEASED, Hold
from wayfare.ledger.interest import interest_batch

__all__ = [
    "CONFIRMED",
    "FIRST_LINK",
    "OPEN",
    "RELEASED",
    "Account",
    "Batch",
    "Books",
    "Hold",
    "Posted",
    "SealedBatch",
    "Transfer",
    "account_number",
    "account_numbers",
    "check_fund",
    "interest_batch",
    "link_after",
    "member_account",
    "period_of",
    "reversal",
]
