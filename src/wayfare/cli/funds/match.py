"""`wayfare fund match`: a payment in suspense goes to the employer or the member it is from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Yes, may_post, print_json, shown, the_database

if TYPE_CHECKING:
    from wayfare.app.funds.payments import PaymentsPosted

__all__ = ["match_command", "tell_posted"]

SHOWN_MOST = 20


def match_command(
    payment: Annotated[str, typer.Argument(help="The id of the payment.")],
    fund: Fund,
    employer: Annotated[str | None, typer.Option("--employer", help="The id of the employer that paid.")] = None,
    member: Annotated[str | None, typer.Option("--member", help="The id of the member, one who pays alone.")] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Credit a payment that lies in suspense to the employer or the member it is from."""
    from wayfare.app.funds.payments import match_payment
    from wayfare.funds.month import Payer
    from wayfare.rulebook import load_rulebook

    if (employer is None) == (member is None):
        raise typer.BadParameter("Say whose the payment is: --employer or --member.")
    payer = Payer(employer) if employer else Payer(member or "", is_member=True)
    if not may_post(f"Credit payment {payment} to {payer.id} in {fund}?", yes=yes or as_json):
        results().print("Nothing was posted.")
        return
    with the_database() as database:
        today = datetime.now(UTC).date()
        posted = match_payment(database, load_rulebook(), fund, payment, payer, on=today)
    print_json(posted.as_document()) if as_json else tell_posted(posted)


def tell_posted(posted: PaymentsPosted) -> None:
    """What was posted, payment by payment, and what nobody could be found for."""
    out = results()
    lost = [each for each in posted.payments if each.payer is None]
    out.print(f"{len(posted.payments):,} payments posted, {len(lost):,} of them to suspense.")
    for each in posted.payments[:SHOWN_MOST]:
        if each.payer is not None:
            out.print(f"{each.payment.id}: {shown(each.payment.fen)} yuan to {each.payer.id}", markup=False)
    for each in lost[:SHOWN_MOST]:
        said = f"{each.payment.id}: {shown(each.payment.fen)} yuan, payer {each.payment.payer_reference!r}"
        out.print(f"{said}, matches no payer. Say whose it is with `wayfare fund match`.", markup=False)
    for employer, fen in posted.late_fees.items():
        out.print(f"{employer} paid late: {shown(fen)} yuan of late fee.", markup=False)
