"""`wayfare fund match`: a payment in suspense goes to the employer or the member it is from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Yes, may_post, print_json, shown, the_database
from wayfare.cli.funds.month_words import MonthWords
from wayfare.cli.funds.reading import Lang, Language

if TYPE_CHECKING:
    from wayfare.app.funds.payments import PaymentsPosted

__all__ = ["match_command", "tell_fees", "tell_posted"]

SHOWN_MOST = 20


def match_command(
    payment: Annotated[str, typer.Argument(help="The id of the payment.")],
    fund: Fund,
    employer: Annotated[str | None, typer.Option("--employer", help="The id of the employer that paid.")] = None,
    member: Annotated[str | None, typer.Option("--member", help="The id of the member, one who pays alone.")] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="Take it back first when it was credited to the wrong payer.")
    ] = False,
    yes: Yes = False,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Credit a payment to the employer or the member it is from.

    It lies in suspense, or with --correct is taken back first from the payer it was wrongly credited to.
    """
    from wayfare.app.funds.payments import match_payment
    from wayfare.funds.month import Payer
    from wayfare.rulebook import load_rulebook

    if (employer is None) == (member is None):
        raise typer.BadParameter("Say whose the payment is: --employer or --member.")
    payer = Payer(employer) if employer else Payer(member or "", is_member=True)
    words = MonthWords(lang)
    question = "ask_correct_match" if correct else "ask_match"
    if not may_post(words.say(question, id=payment, payer=payer.id, fund=fund), yes=yes or as_json):
        results().print(words.say("not_posted"))
        return
    with the_database() as database:
        today = date.today()
        posted = match_payment(database, load_rulebook(), fund, payment, payer, on=today, correct=correct)
    print_json(posted.as_document()) if as_json else tell_posted(posted, words)


def tell_posted(posted: PaymentsPosted, words: MonthWords) -> None:
    """What was posted, payment by payment, and what nobody could be found for."""
    out, say = results(), words.say
    lost = [each.payment for each in posted.payments if each.payer is None]
    if posted.taken_back:
        out.print(say("taken_back", keys=", ".join(posted.taken_back)), markup=False)
    out.print(say("posted_payments", count=len(posted.payments), lost=len(lost)))
    for each in posted.payments[:SHOWN_MOST]:
        if each.payer is not None:
            said = {"id": each.payment.id, "amount": shown(each.payment.fen), "payer": each.payer.id}
            again = each.key.partition(":")[2] != each.payment.id
            out.print(say("matched_again" if again else "matched", **said, key=each.key), markup=False)
    for one in lost[:SHOWN_MOST]:
        out.print(say("lost", id=one.id, amount=shown(one.fen), reference=one.payer_reference), markup=False)
    tell_fees(posted.late_fees, words)


def tell_fees(fees: Mapping[str, int], words: MonthWords) -> None:
    """By how much the late fees of employers have changed, in fen."""
    for employer, fen in fees.items():
        sentence = "paid_late" if fen > 0 else "fee_back"
        results().print(words.say(sentence, employer=employer, amount=shown(abs(fen))), markup=False)
