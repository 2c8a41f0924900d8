"""`wayfare fund move`: money goes from one fund to another by decision, in two phases; what waits, with its age."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.ageing import On
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, is_terminal, may_post, print_json, shown, the_database
from wayfare.cli.funds.deciding import Facts, decided
from wayfare.cli.funds.explain import tell_ground
from wayfare.cli.funds.move_words import MoveWords
from wayfare.cli.funds.moves_told import tell_expired, tell_step, tell_waiting
from wayfare.cli.funds.pay_benefits import DayOption, yyyymm
from wayfare.cli.funds.reading import Lang, Language, in_books
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.app.funds.moves import MoveStep

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Move money to another fund by decision: prepare, confirm, release.")

Key = Annotated[str, typer.Argument(help="The key of the move, unique in the fund it leaves.")]
Sender = Annotated[str, typer.Option("--fund", help="The fund that the money leaves: 440000:employee_pension.")]


@app.command("prepare")
def prepare_command(
    key: Key,
    fund: Sender,
    to: Annotated[str, typer.Option("--to", help="The fund that it goes to.")],
    on: DayOption,
    decision: Annotated[str | None, typer.Option("--decision", help="The kept decision that it rests on.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Else the paper that it rests on.")] = None,
    amount: Annotated[str | None, typer.Option("--amount", help="Yuan from pool to pool.")] = None,
    own: Annotated[str | None, typer.Option("--own", help="Yuan of the member's own account.")] = None,
    member: Annotated[str | None, typer.Option("--member", help="Whom it is about; the decision's person.")] = None,
    expires: Annotated[
        datetime | None, typer.Option("--expires", formats=["%Y-%m-%d"], help="First day it cannot be confirmed.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="First month it is for; that of --on without.")] = None,
    months: Annotated[int, typer.Option("--months", min=1, help="How many months it is for.")] = 1,
    facts: Facts = None, yes: Yes = False, preview: Preview = False, lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Set money aside for another fund.

    It leaves when the move is confirmed; until then nobody can spend it.
    """
    from wayfare.app.funds.moves import prepare_move
    from wayfare.funds.moves import DOCUMENT, Wanted

    if (decision is None) == (document is None):
        raise typer.BadParameter("Say what it rests on: --decision or --document.")
    if facts is not None and decision is None:
        raise typer.BadParameter("Name the decision that is to be kept: --decision.", param_hint="--facts")
    wanted = Wanted(
        key, fund, to, decision or f"{DOCUMENT}{document}", yyyymm(since or f"{on:%Y-%m}"), months, _fen(amount),
        _fen(own), member,
    )  # fmt: skip
    with decided("pension.transfer", decision or "", facts) as database:
        step = functools.partial(
            prepare_move, database, wanted, on=on.date(), expires=expires.date() if expires else None
        )
        _take(step, "prepare", on.date(), yes=yes, preview=preview, lang=lang, as_json=as_json)


@app.command("confirm")
def confirm_command(
    key: Key, fund: Sender, on: DayOption, yes: Yes = False, preview: Preview = False, lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Move prepared money: both funds book it on the same day, or neither does."""
    from wayfare.app.funds.moves import confirm_move

    with the_database() as database:
        step = functools.partial(confirm_move, database, fund, key, on=on.date())
        _take(step, "confirm", on.date(), yes=yes, preview=preview, lang=lang, as_json=as_json)


@app.command("release")
def release_command(
    key: Key, fund: Sender, yes: Yes = False, preview: Preview = False, lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Let prepared money go: nothing has moved, and the fund can spend it again."""
    from wayfare.app.funds.moves import release_move

    with the_database() as database:
        step = functools.partial(release_move, database, fund, key)
        _take(step, "release", date.today(), yes=yes, preview=preview, lang=lang, as_json=as_json)


@app.command("expire")
def expire_command(
    fund: Annotated[str | None, typer.Option("--fund", help="One fund; all of them without.")] = None,
    on: On = None, yes: Yes = False, preview: Preview = False, lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Let go what is set aside past its day.

    A nightly job runs it for all funds; once more changes nothing.
    """
    from wayfare.app.funds.moves import expire_moves

    day, words = on.date() if on else date.today(), MoveWords(lang)
    asks = not (yes or as_json or preview) and is_terminal()
    with the_database() as database:
        found = expire_moves(database, fund, on=day, preview=preview or asks)
        if asks and found:
            tell_expired(found, words, "would_expire")
            if may_post(words.say("ask_expire"), yes=False):
                found, asks = expire_moves(database, fund, on=day), False
    if as_json:
        print_json([move.as_document(day) for each in found for move in each.moves])
    elif not found:
        results().print(words.say("none_expired", on=day))
    elif asks:
        results().print(words.say("nothing_done"))
    else:
        tell_expired(found, words, "would_expire" if preview else "expired")


@app.command("list")
def list_command(fund: Fund, on: On = None, lang: Lang = Language.ENGLISH, as_json: AsJson = False) -> None:
    """Show what is set aside at a fund and for it, with its age and its last day."""
    from wayfare.app.funds.moves import list_moves

    day = on.date() if on else date.today()
    found = in_books(lambda database: list_moves(database, fund, on=day))
    if as_json:
        print_json([move.as_document(day) for move in found])
    else:
        tell_waiting(found, fund, day, ReportWords(lang.value))


@app.command("show")
def show_command(key: Key, fund: Sender, lang: Lang = Language.ENGLISH, as_json: AsJson = False) -> None:
    """Show one move: its parts, how it stands, and what it rests on."""
    from wayfare.app.funds.moves import show_move
    from wayfare.rulebook import load_rulebook

    law, names = load_rulebook(), ReportWords(lang.value)
    found = in_books(lambda database: show_move(database, law, fund, key))
    if as_json:
        print_json(found.as_document(date.today()))
        return
    tell_step(found, MoveWords(lang), names)
    if found.ground is not None:
        results().print()
        tell_ground(found.ground, names, results())


def _take(
    step: Callable[..., MoveStep], kind: str, on: date, *, yes: bool, preview: bool, lang: Language, as_json: bool
) -> None:
    """Take a step of a move: shown first, at a terminal asked for, then done and told; a repeat changes nothing."""
    words, names = MoveWords(lang), ReportWords(lang.value)
    asks = not (yes or as_json or preview) and is_terminal()
    found = step(preview=preview or asks)
    if as_json:
        print_json(found.as_document(on))
        return
    fund, is_done = names.fund(found.known.sender), not (preview or asks)
    tell_step(found, words, names, would=found.fresh and not is_done)
    if asks and found.fresh and may_post(words.say(f"ask_{kind}", fund=fund, on=on), yes=False):
        found, is_done = step(), True
    if not found.fresh:
        said = words.say(f"{kind}_before", on=found.known.confirmed)
    elif not is_done:
        said = words.say("nothing_done")
    else:
        batches = {"sent": f"{found.known.key}:sent", "received": f"{found.known.key}:received"}
        about = {"fund": fund, "amount": shown(found.known.amount), "sender": found.known.sender,
                 "receiver": found.known.receiver}  # fmt: skip
        said = words.say(f"{kind}_done", **batches, **about)
    results().print(said, markup=False)


def _fen(text: str | None) -> int | None:
    return None if text is None else Money.yuan(text).amount_fen
