"""Reports of a fund's books as values: pure functions from lines and movements to what an accountant reads.

Every report adds up or is refused: a trial balance to zero, open items to the balances, opening and lines to closing.
"""
