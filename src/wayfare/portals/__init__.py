"""Pages for people: a person's statement with the line of life, a fund's book, and an index; values in, HTML out.

Every page is a pure function from frozen values to one self-contained file, in Chinese or English. Nothing here knows a
clock, a database or a network.
"""

from wayfare.portals.answers import Answer, Certainty, Change, answer
from wayfare.portals.assumptions import assumed_sentences
from wayfare.portals.errors import BookUnbalanced, LifeUndrawable, NotAnAnswer, SlotEmpty, TextMissing
from wayfare.portals.fact_names import fact_names
from wayfare.portals.fund_book import (
    BatchKind,
    BatchLine,
    FundAccount,
    FundBook,
    InTransit,
    account_lines,
    fund_book_page,
)
from wayfare.portals.holdings import Balances, Holding
from wayfare.portals.index_page import Command, DemoIndex, Entry, index_page
from wayfare.portals.language import BothLanguages, Language, Words
from wayfare.portals.life_line import LifeLine, MoneyMoved, PaidOut
from wayfare.portals.life_reading import life_line
from wayfare.portals.page import Links
from wayfare.portals.statement import KeyFigure, Made, Origin, Statement, statement, statement_page
from wayfare.portals.told_statement import told_statement

__all__ = [
    "Answer",
    "Balances",
    "BatchKind",
    "BatchLine",
    "BookUnbalanced",
    "BothLanguages",
    "Certainty",
    "Change",
    "Command",
    "DemoIndex",
    "Entry",
    "FundAccount",
    "FundBook",
    "Holding",
    "InTransit",
    "KeyFigure",
    "Language",
    "LifeLine",
    "LifeUndrawable",
    "Links",
    "Made",
    "MoneyMoved",
    "NotAnAnswer",
    "Origin",
    "PaidOut",
    "SlotEmpty",
    "Statement",
    "TextMissing",
    "Words",
    "account_lines",
    "answer",
    "assumed_sentences",
    "fact_names",
    "fund_book_page",
    "index_page",
    "life_line",
    "statement",
    "statement_page",
    "told_statement",
]
