"""What the offices of the funds think of doing next: one deed after another, drawn from a seeded source of chance.

An office knows its fund only by the model, so that nothing it draws depends on the store that is tested. Most deeds are
right; some take too much, name what was never opened, come twice, come late, or take back what cannot be taken back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from simulation.deeds import Closing, Confirmation, Deed, Expiry, Holding, Move, Posting, Release, Row, month_of
from simulation.model import Fund, Model

__all__ = ["BANK", "Office", "is_outside", "name_of_funds"]

BANK, PENSIONS = "bank:icbc", "benefits_payable:pension"
INSURANCES = ("employee_pension", "resident_pension", "employee_medical")
EMPLOYERS, PERSON = ("clay", "loom"), "contribution_clearing:person"
FIRST_DAY = date(2023, 11, 20)


def name_of_funds(chance: Random, number: int) -> list[str]:
    """So many funds, some of them of one place and different insurances."""
    return sorted({f"{110000 + 100 * (at // 2)}:{INSURANCES[at % 2 * chance.randint(1, 2)]}" for at in range(number)})


def is_outside(account: str) -> bool:
    """Whether money on the account is not the fund's: the bank's side of it, and what payers owe."""
    return account == BANK or account.startswith("contribution_clearing:")


class Office:
    """Draws deeds for any fund; `today` is the day on its calendar, which may jump."""

    def __init__(self, chance: Random, model: Model, funds: list[str]) -> None:
        self.chance, self.model, self.funds = chance, model, funds
        self.today = FIRST_DAY
        self._drawn = 0

    def opening(self, fund: str) -> Posting:
        """The first batch of a fund: its control accounts, and a start that government pays."""
        names = ("pooled_fund", "suspense", "rounding", PERSON, BANK, PENSIONS, *map(_employer, EMPLOYERS))
        rows = (Row(PERSON, "pooled_fund", self.chance.randint(1, 500_000), month_of(self.today)),)
        return Posting(fund, "opening", self.today, rows, opens=names)

    def next_deeds(self) -> list[Deed]:
        """What one worker does in one transaction: nearly always one deed of one fund."""
        deeds = [self._deed()]
        while self.chance.random() < 0.1:
            deeds.append(self._deed())
        return sorted(deeds, key=lambda deed: deed.fund)

    def turn_the_calendar(self) -> None:
        """Mostly to the next days, at times weeks ahead or back, at times to the very day a hold expires."""
        ends = [hold.expires for fund in self.funds for hold in self.model.funds[fund].holds.values() if hold.expires]
        if ends and self.chance.random() < 0.06:
            self.today = self.chance.choice(ends)
            return
        jump = self.chance.choices(
            (self.chance.randint(0, 4), self.chance.randint(10, 70), -self.chance.randint(1, 40)), (78, 10, 12)
        )
        self.today += timedelta(days=jump[0])

    def draw_move(self, sender: str | None = None) -> Move | None:
        """A member leaves one fund for another with all or part of the account, or with more than there is."""
        sender = sender or self.chance.choice(self.funds)
        others = [fund for fund in self.funds if fund != sender]
        receiver = others[0] if self.chance.random() < 0.6 else self.chance.choice(others)
        book = self.model.funds[sender]
        member = self._member(book)
        if member is None:
            return None
        account = self._part(book, member) if self.chance.random() < 0.9 else 0
        pooled = self._part(book, "pooled_fund") // 4 if self.chance.random() < 0.8 else 0
        if not account and not pooled:
            return None
        expires = self.today + timedelta(days=self.chance.randint(5, 60)) if self.chance.random() < 0.5 else None
        name = f"relation:{member.partition(':')[2]}:{self._number()}"
        return Move(name, sender, receiver, member, pooled, account, month_of(self.today), expires)

    def prepare(self, move: Move) -> Holding:
        """The hold that sets the money of a move aside."""
        return Holding(move.sender, move.name, self.today, move.parts, move.expires, move)

    def _deed(self) -> Deed:
        fund = self.chance.choice(self.funds)
        draw = self.chance.choices(_DRAWS, _WEIGHTS)[0]
        return draw(self, fund, self.model.funds[fund]) or self._contributions(fund, self.model.funds[fund])

    def _contributions(self, fund: str, book: Fund) -> Posting:
        """A month of some members; in later runs late items, which keep their month; now and then a second charge."""
        month, charged, rows = month_of(self.today), book.charged(), list[Row]()
        for member in self.chance.sample(range(6), self.chance.randint(1, 4)):
            account, payer = f"account:{fund[:4]}-{member}", self._payer()
            what_for, fen = month, self.chance.randint(1, 200_000)
            late = self.chance.random() < 0.3
            while late or (self._is_charged(charged, account, what_for, payer) and self.chance.random() < 0.97):
                what_for, late = _before(what_for), self.chance.random() < 0.5
            rows += [Row(payer, "pooled_fund", 2 * fen, what_for, account), Row(payer, account, fen, what_for, account)]
        opens = {row.member for row in rows} - book.floors.keys()
        if self.chance.random() < 0.06:
            opens = set()
        return self._posting(fund, f"contributions:{month}", rows, opens=tuple(sorted(opens)))

    def _is_charged(self, charged: set[tuple[str, int, str, str]], account: str, month: int, payer: str) -> bool:
        return (account, month, payer.split(":")[1], "pooled_fund") in charged

    def _floor(self, fund: str, book: Fund) -> Posting:
        """A document lets the pool go lower, or keeps more of it back than there may be."""
        part = self._part(book, "pooled_fund")
        floor = self.chance.choice((0, -100_000, None, part, 2 * part))
        document = f"floor:pooled_fund:{self._number()}"
        return Posting(fund, document, self.today, (), approves=("pooled_fund", floor))

    def _payment(self, fund: str, book: Fund) -> Posting:
        """Money arrives at the bank, from a known payer or from nobody knows whom."""
        payer = self.chance.choice((_employer("clay"), _employer("loom"), PERSON, "suspense"))
        return self._posting(fund, "payment", [self._row(BANK, payer, self.chance.randint(1, 900_000))])

    def _match(self, fund: str, book: Fund) -> Posting | None:
        """A payment in suspense finds its payer."""
        lying = book.balances["suspense"]
        return self._posting(fund, "match", [self._row("suspense", self._payer(), lying)]) if lying > 0 else None

    def _payroll(self, fund: str, book: Fund) -> Posting:
        """Pensions fall due, from account and pool, at times more than there is."""
        member = self._member(book)
        rows = [self._row("pooled_fund", PENSIONS, max(1, self._part(book, "pooled_fund") // 5))]
        if member:
            rows.append(self._row(member, PENSIONS, max(1, self._part(book, member)), member))
        return self._posting(fund, f"payroll:{month_of(self.today)}", rows)

    def _paid(self, fund: str, book: Fund) -> Posting | None:
        """The bank has paid the pensions that were due."""
        due = book.balances[PENSIONS]
        return self._posting(fund, "payroll-paid", [self._row(PENSIONS, BANK, due)]) if due > 0 else None

    def _interest(self, fund: str, book: Fund) -> Posting | None:
        """A year's interest, under the one key of its year; the second time it is the same or refused."""
        members = [name for name in sorted(book.floors) if name.startswith("account:") and book.balances[name] > 50]
        if not members:
            return None
        year = self.today.year - 1
        rows = [Row("pooled_fund", name, book.balances[name] // 50, year * 100 + 1, name) for name in members]
        rows.append(Row("pooled_fund", "rounding", self.chance.randint(1, 40), year * 100 + 1))
        return Posting(fund, f"interest:{year}", self.today, tuple(rows), opens=("rounding",))

    def _again(self, fund: str, book: Fund) -> Posting:
        """An old batch once more; now and then its key with other content."""
        old = self.chance.choice(sorted(book.batches.values(), key=lambda each: each.key))
        if self.chance.random() < 0.6:
            return old
        if old.approves:
            return replace(old, approves=("pooled_fund", 7))
        return replace(old, decision=f"D-{self._number()}")

    def _back(self, fund: str, book: Fund) -> Posting | None:
        """A batch is taken back: right, for the second time, with one fen too many, or one that takes back itself."""
        old = self.chance.choice(sorted(_own(book), key=lambda each: each.key))
        rows = [row.back for row in old.rows]
        if not rows:
            return None
        if self.chance.random() < 0.15:
            rows[-1] = replace(rows[-1], fen=rows[-1].fen + 1)
        reverses = old.key if self.chance.random() < 0.95 else "contributions:never"
        return replace(self._posting(fund, "back", rows), reverses=reverses)

    def _close(self, fund: str, book: Fund) -> Closing:
        """The months before this one, sometimes this one too, sometimes months that are closed already."""
        back = self.chance.choice((0, 1, 1, 1, 2, 4))
        at = self.today.year * 12 + self.today.month - 1 - back
        return Closing(fund, at // 12 * 100 + at % 12 + 1)

    def _hold(self, fund: str, book: Fund) -> Holding:
        """Money of the pool or a member set aside; the same key comes twice now and then."""
        member, key = self._member(book), f"hold:{self._number()}"
        if book.holds and self.chance.random() < 0.2:
            key = self.chance.choice([each for each in book.holds if each.startswith("hold:")] or [key])
        names = {"pooled_fund", member} if member and self.chance.random() < 0.5 else {member or "pooled_fund"}
        amounts = tuple((name, max(1, self._part(book, name) // 2)) for name in sorted(names))
        if self.chance.random() < 0.05:
            amounts = (("account:nobody", 1),)
        return Holding(fund, key, self.today, amounts)

    def _confirm(self, fund: str, book: Fund) -> Posting | None:
        """What a hold set aside is paid out, at times a fen too much, at times for a hold that has its answer."""
        hold = self._some_hold(book)
        if hold is None:
            return None
        more = self.chance.choice((0, 0, 0, 1))
        rows = [self._row(name, PENSIONS, fen + more, name) for name, fen in hold.amounts]
        return replace(self._posting(fund, "confirm", rows), confirms=hold.key)

    def _let_go(self, fund: str, book: Fund) -> Release | None:
        """A hold is released: open, ended, or never placed."""
        hold = self._some_hold(book)
        return Release(fund, hold.key if hold and self.chance.random() < 0.9 else "hold:never")

    def _direct(self, fund: str, book: Fund) -> Holding | None:
        """A move to another fund whose books are in the same place is prepared: of a member, or of the pool alone."""
        move = self.draw_move(fund)
        if move and move.pooled and self.chance.random() < 0.6:
            move = replace(move, member="", account=0)
        return self.prepare(replace(move, name=f"direct:{move.name}")) if move else None

    def _carry_out(self, fund: str, book: Fund) -> Confirmation | None:
        """A prepared move of any fund is confirmed: mostly one that waits, else any hold, or one that never was."""
        holds = [(each, key) for each in self.funds for key, hold in self.model.funds[each].holds.items() if hold.move]
        waiting = [(each, key) for each, key in holds if key not in self.model.funds[each].ends]
        if self.chance.random() < 0.1:
            waiting = [(fund, "direct:never"), *((fund, key) for key in book.holds)]
        chosen = waiting if waiting and self.chance.random() < 0.8 else holds
        return Confirmation(*self.chance.choice(chosen), self.today) if chosen else None

    def _expire(self, fund: str, book: Fund) -> Expiry:
        """An office lets go what has expired, today or on the very day that some hold ends."""
        ends = [
            Expiry(each, hold.expires)
            for each in self.funds
            for key, hold in self.model.funds[each].holds.items()
            if hold.expires and key not in self.model.funds[each].ends
        ]
        return self.chance.choice(ends) if ends and self.chance.random() < 0.6 else Expiry(fund, self.today)

    def _some_hold(self, book: Fund) -> Holding | None:
        holds = [hold for key, hold in book.holds.items() if not key.startswith("relation:")]
        still_open = [hold for hold in holds if hold.key not in book.ends]
        return self.chance.choice(still_open if still_open and self.chance.random() < 0.7 else holds) if holds else None

    def _posting(self, fund: str, what: str, rows: list[Row], opens: tuple[str, ...] = ()) -> Posting:
        day = self.today
        if month_of(day) <= self.model.funds[fund].closed and self.chance.random() < 0.6:
            day = _first_of_next(self.model.funds[fund].closed)
        return Posting(fund, f"{what}:{self._number()}", day, tuple(rows), opens)

    def _row(self, debit: str, credit: str, fen: int, member: str = "") -> Row:
        return Row(debit, credit, fen, month_of(self.today), member if member.startswith("account:") else "")

    def _part(self, book: Fund, account: str) -> int:
        """Some of what lies on an account, now and then all of it or more."""
        lying = max(0, book.balances.get(account, 0))
        return lying * self.chance.choice((1, 5, 10, 10, 20, 21)) // 20 + self.chance.choice((0, 0, 0, 1))

    def _member(self, book: Fund) -> str | None:
        members = [name for name in sorted(book.floors) if name.startswith("account:")]
        return self.chance.choice(members) if members else None

    def _payer(self) -> str:
        return self.chance.choice((_employer("clay"), _employer("loom"), PERSON))

    def _number(self) -> int:
        self._drawn += 1
        return self._drawn


def _employer(name: str) -> str:
    return f"contribution_clearing:employer:{name}"


def _before(month: int) -> int:
    return month - 1 if month % 100 > 1 else month - 89


def _own(book: Fund) -> list[Posting]:
    """The batches that are no part of a move; those a fund does not take back by itself."""
    return [each for key, each in book.batches.items() if not key.startswith(("relation:", "direct:"))]


def _first_of_next(month: int) -> date:
    return date(month // 100 + month % 100 // 12, month % 100 % 12 + 1, 1)


_DRAWS = (
    Office._contributions, Office._payment, Office._match, Office._payroll, Office._paid, Office._interest,
    Office._again, Office._back, Office._close, Office._hold, Office._confirm, Office._let_go, Office._floor,
    Office._direct, Office._carry_out, Office._expire,
)  # fmt: skip
_WEIGHTS = (24, 8, 6, 8, 5, 4, 8, 8, 4, 9, 8, 5, 3, 16, 18, 4)
