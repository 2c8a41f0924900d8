"""Savings books year by year, a dict for each year that a book has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

YEARS = range(2005, 2013)
OF_PEOPLE, OF_BOOKS = ("all_balances", "years_kept", "latest_bonus"), ("final_balance", "is_used", "busiest_year")


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """The goals of people, of their books and of the deposits in these."""
    out: dict[str, list[Any]] = {name: [] for name in (*OF_PEOPLE, *OF_BOOKS, "is_half_of_year")}
    for life in raw.lives(world):
        told = of_life(life, tables, decision)
        for name, found in told.items():
            out[name] += found
    return out


def of_life(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Nothing that rests on years is known where some book's years are not; nor what was paid in, without its year."""
    books = life["book"]
    deposits = [d for b in books for d in b["deposit"]]
    if books and (life["last_year"] is None or any(b["opened_year"] is None for b in books)):
        of_books = {name: [None] * len(books) for name in OF_BOOKS}
        return {name: [None] for name in OF_PEOPLE} | of_books | {"is_half_of_year": [None] * len(deposits)}
    dated = all(d["deposit_year"] is not None for d in deposits)
    told = [of_book(b, life, tables, decision, dated) for b in books]
    years = [year for t in told for year in t["years"]]
    last = max((y["year"] for y in years), default=None)
    latest = [y["bonus"] for y in years if y["year"] == last]
    return {
        "all_balances": [raw.added(y["balance"] for y in years)],
        "years_kept": [len(years)],
        "latest_bonus": [latest[-1] if latest else 0],
        **{name: [t[name] for t in told] for name in OF_BOOKS},
        "is_half_of_year": [h for t in told for h in t["halves"]],
    }


def of_book(
    book: dict[str, Any], life: dict[str, Any], tables: Mapping[str, Any], decision: bool, dated: bool
) -> dict[str, Any]:
    """A book's years with what was paid in, the balance and the bonus of each, and what follows from them."""
    years, balance = [], book["opening"]
    for year in YEARS:
        if not book["opened_year"] <= year <= life["last_year"]:
            continue
        paid = raw.added(d["amount"] for d in book["deposit"] if d["deposit_year"] == year) if dated else None
        on = raw.day(f"{year}-01-01")
        rate = raw.figure(tables["saving_rate"], on=on, at=(life["home"],), decision=decision)
        grown = raw.known(lambda b, r: raw.rounded(b * (10_000 + r), 10_000), balance, rate)
        balance = raw.added([grown, paid])
        years.append({"year": year, "paid": paid, "balance": balance, "bonus": None})
    is_ordered = all(y["paid"] is not None for y in years)
    if is_ordered:
        left = 700_000
        for year in sorted(years, key=lambda y: y["paid"]):
            year["bonus"] = min(raw.rounded(year["paid"], 2), left)
            left -= year["bonus"]
    busy = [y for y in years if y["paid"]]
    best = max((y["paid"] for y in busy), default=None)
    return {
        "years": years,
        "final_balance": balance,
        "is_used": raw.some(raw.known(lambda p: p > 0, y["paid"]) for y in years),
        "busiest_year": _busiest(book, busy, best) if is_ordered else None,
        "halves": [_half(d, years) for d in book["deposit"]],
    }


def _busiest(book: dict[str, Any], busy: list[dict[str, Any]], best: Any) -> Any:
    return [y["year"] for y in busy if y["paid"] == best][-1] if busy else book["opened_year"]


def _half(deposit: dict[str, Any], years: list[dict[str, Any]]) -> Any:
    paid = [y["paid"] for y in years if y["year"] == deposit["deposit_year"]]
    return raw.known(lambda a, p: a * 2 >= p, deposit["amount"], paid[0] if paid else None)
