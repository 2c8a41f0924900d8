"""How moves between funds are told: one with its parts and the sender's accounts, and what waits as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wayfare.cli.console import results
from wayfare.cli.funds.common import shown
from wayfare.cli.funds.floor import limit
from wayfare.cli.funds.move_words import MoveWords
from wayfare.cli.funds.reading import money_table
from wayfare.funds.moves import DOCUMENT, KnownMove
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money
from wayfare.ledger import CONFIRMED, RELEASED, Part, month_of

if TYPE_CHECKING:
    from wayfare.app.funds.moves import ExpiredMoves, MoveStep

__all__ = ["tell_expired", "tell_step", "tell_waiting"]

MOVES_MOST = 40


def tell_step(found: MoveStep, words: MoveWords, names: ReportWords, *, would: bool = False) -> None:
    """A move: what goes where, what the sender has, on which ground, and how it stands; `would` for a preview.

    A step that ends a move is told by who took it.
    """
    out, known = results(), found.known
    about = {"key": known.key, "amount": shown(known.amount), "sender": names.fund(known.sender)}
    if found.move is None:
        out.print(words.say("no_move", **about), markup=False)
    else:
        receiver = names.fund(found.move.receiver)
        out.print(words.say("move", **about, receiver=receiver), markup=False, style="bold")
        table = money_table(*words.heads("parts"), figures=1)
        for part in found.move.parts:
            table.add_row(names.account(part.leaves), names.account(part.arrives), _months(part), shown(part.fen))
        out.print(table)
        table = money_table(*words.heads("sender_has"), figures=4)
        for each in found.accounts:
            figures = map(shown, (each.held, each.set_aside, each.free))
            table.add_row(names.account(each.account), *figures, limit(each.floor, words))
        out.print(table)
    if known.decision is not None and found.ground is None:
        kind = "ground_document" if known.decision.startswith(DOCUMENT) else "ground"
        out.print(words.say(kind, decision=known.decision.removeprefix(DOCUMENT)), markup=False)
    if would:
        out.print(words.say("would"))
    elif known.is_open or not found.fresh:
        out.print(_standing(known, words), markup=False)


def tell_waiting(found: Sequence[KnownMove], fund: str, on: date, words: ReportWords) -> None:
    """What is set aside on a day, at the fund or for it, the oldest first; past its day it says so."""
    out = results()
    out.print(words.title("set_aside", on=on), markup=False, style="bold")
    if not found:
        out.print(words.say("nothing_set_aside", fund=words.fund(fund)), markup=False)
        return
    table = money_table(*map(words.head, ("since", "key", "goes_to", "until", "days", "amount")), figures=2)
    table.columns[0].no_wrap = True
    for move in found[:MOVES_MOST]:
        way = words.fund(move.sender) + (f" → {words.fund(move.receiver)}" if move.receiver else "")
        table.add_row(
            str(move.placed), move.key, way, _until(move, on, words), f"{move.days(on):,}", shown(move.amount)
        )
    if len(found) > MOVES_MOST:
        table.add_row("", f"... {len(found) - MOVES_MOST:,}", "--json", "", "", "")
    out.print(table)
    for sentence, side in (("set_aside_total", True), ("coming_total", False)):
        total = Money.total(move.amount for move in found if (move.sender == fund) is side)
        if total:
            out.print(words.say(sentence, total=shown(total)), markup=False)
    out.print(words.say("next_move", key=found[0].key, fund=found[0].sender), markup=False, soft_wrap=True)


def tell_expired(found: Sequence[ExpiredMoves], words: MoveWords, sentence: str) -> None:
    """What was let go, or can be."""
    for each in found:
        for move in each.moves:
            said = {"fund": each.fund, "key": move.key, "amount": shown(move.amount), "placed": move.placed}
            results().print(words.say(sentence, **said, last=_last(move)), markup=False)


def _standing(known: KnownMove, words: MoveWords) -> str:
    if known.state == CONFIRMED:
        return words.say("confirmed", on=known.confirmed)
    if known.state == RELEASED:
        return words.say("released")
    waits = words.say("open", placed=known.placed)
    mark = "" if words.language == "zh" else " "
    return waits + mark + (words.say("until", last=_last(known)) if known.expires else words.say("for_good"))


def _last(known: KnownMove) -> date | None:
    """The last day on which it can be confirmed."""
    return known.expires - timedelta(days=1) if known.expires else None


def _until(move: KnownMove, on: date, words: ReportWords) -> str:
    if move.expires is None:
        return words.say("no_day")
    return words.say("expires_past", last=_last(move)) if move.expires <= on else str(_last(move))


def _months(part: Part) -> str:
    first = month_of(part.effective_from)
    last = first + (part.effective_months - 1)
    return str(first) if first == last else f"{first}..{last}"
