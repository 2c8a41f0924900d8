"""A simulated stretch of years of some funds on the real store, held against the model every few steps.

One seed decides everything: the funds, what they do, which letters are lost, who dies where. The model says what each
deed must answer and what the books must hold; the first difference stops the run and tells how to see it again.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from random import Random

from simulation.deeds import Deed, Posting, Row, month_of
from simulation.desk import FAULTS, Desk, Task, carried_out
from simulation.letters import Letters
from simulation.model import Fund, Model
from simulation.office import Office, is_outside, name_of_funds
from wayfare.kernel.money import Money
from wayfare.ledger import Line, account_number
from wayfare.storage import Database
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book

__all__ = ["Disagreement", "Outcome", "simulate"]

STEPS = 75
FAULTY = 0.3  # the share of transactions that something befalls
LOOKED_AT_EVERY = 4  # steps between looks at the books of the funds that did something


class Disagreement(AssertionError):
    """The store and the model differ; the text says the seed, the step, and how to run it again."""


@dataclass
class Outcome:
    """What a seed did: steps, funds, and how often each answer came and each fault befell."""

    seed: int
    funds: int
    steps: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)


def simulate(database: Database, seed: int, *, funds: int | None = None, steps: int = STEPS) -> Outcome:
    """Run a seed on an empty database, with so many funds (2 to 30, drawn, unless told). Raises Disagreement."""
    simulation = Simulation(database, seed, funds, steps)
    try:
        return simulation.run()
    except Disagreement:
        raise
    except Exception as error:
        raise simulation.disagreement(f"{type(error).__name__}: {error}") from error
    finally:
        simulation.desk.close()


class Simulation:
    """One run of one seed."""

    def __init__(self, database: Database, seed: int, funds: int | None, steps: int) -> None:
        self.chance, self.model = Random(seed), Model()
        self.desk = Desk(database, own_leaf_from=self.chance.choice((5, 100_000, 100_000)))
        drawn = int(2 + 29 * self.chance.random() ** 3)
        self.funds = name_of_funds(self.chance, drawn if funds is None else funds)
        self.told = funds
        self.office = Office(self.chance, self.model, self.funds)
        self.letters = Letters(self.chance, self.office)
        self.outcome, self.steps = Outcome(seed, len(self.funds)), steps
        self.came = self.gone = 0
        self.busy: set[str] = set()
        self.trail: deque[str] = deque(maxlen=6)

    def run(self) -> Outcome:
        """All steps, then the letters still under way, then the chains."""
        for fund in self.funds:
            self.transact([self.office.opening(fund)])
        for step in range(1, self.steps + 1):
            self.outcome.steps = step
            self.step()
            if step % LOOKED_AT_EVERY == 0:
                self.look_at_some()
            if step == self.steps // 2:
                self.look_at_all()
        self.settle()
        self.look_at_all()
        self.look_at_the_end()
        return self.outcome

    def step(self) -> None:
        """One thing happens."""
        self.office.turn_the_calendar()
        what = self.chance.random()
        if what < 0.25 and self.letters.under_way:
            self.letters.deliver(self.take_step)
        elif what < 0.33:
            self.begin_move()
        elif what < 0.40:
            self.letters.remind_or_withdraw(self.take_step)
        elif what < 0.47:
            self.two_matters_at_once()
        else:
            self.transact(self.office.next_deeds())

    def begin_move(self) -> None:
        """A move by letters, where a fund has a member to move."""
        move = self.office.draw_move()
        if move is not None:
            self.letters.begin(move, self.take_step)

    def take_step(self, deeds: Sequence[Deed], task: Task) -> bool:
        """One side's step of a move; whether it was done."""
        answers = self.transact(deeds, task)
        return all(answer in ("new", "same") for answer in answers)

    def two_matters_at_once(self) -> None:
        """Two workers come with different deeds: in a race, where the order does not matter, else one after the other.

        Then the second comes when the first has done all but the commit, and the first commits or gives up.
        """
        first, second = self.office.next_deeds(), self.office.next_deeds()
        commits, number = self.chance.random() < 0.8, self.chance.random()
        tasks = [lambda store, deeds=deeds: carried_out(store, deeds) for deeds in (first, second)]
        if len(first) == len(second) == 1 and number < 0.7 and self.commute(first[0], second[0]):
            self.note("a race of two", first, second)
            self.compare("a race of two", [first, second], self.desk.race(*tasks))
            return
        self.note(f"two at once, the first {'commits' if commits else 'gives up'}", first, second)
        found = self.desk.two_at_once(*tasks, first_commits=commits)
        self.compare("two at once", [first, second] if commits else [second], found)

    def commute(self, one: Deed, other: Deed) -> bool:
        """Whether both orders give the same answers and the same books."""
        here, there = deepcopy(self.model), deepcopy(self.model)
        answers = here.do(one), here.do(other)
        return answers == (there.do(other), there.do(one))[::-1] and here.funds == there.funds

    def transact(self, deeds: Sequence[Deed], task: Task | None = None) -> list[str]:
        """Do deeds in one transaction, perhaps with a fault; what the model says of the last time they were done."""
        task = task or (lambda store: carried_out(store, deeds))
        name, number = self.chance.choice(sorted(FAULTS)), self.chance.randint(1, 9)
        if self.chance.random() >= FAULTY or not deeds:
            name = "no fault"
        self.note(f"{name} {number}", deeds)
        found = FAULTS[name](self.desk, task, number) if name in FAULTS else [self.desk.do(task)]
        return self.compare(name, [deeds] * len(found), found)

    def compare(self, fault: str, done: Sequence[Sequence[Deed]], found: Sequence[Sequence[str]]) -> list[str]:
        """What the model answers to the same deeds in the same order must be what the store answered."""
        expected = [[self.do(deed) for deed in deeds] for deeds in done]
        self.outcome.faults[fault] += 1
        for answers in expected:
            self.outcome.answers.update(answers)
        if expected != list(found):
            raise self.disagreement(f"under {fault} the store answered {list(found)}, not {expected}")
        self.busy |= {deed.fund for deeds in done for deed in deeds}
        return expected[-1]

    def do(self, deed: Deed) -> str:
        answer = self.model.do(deed)
        if answer == "new" and isinstance(deed, Posting):
            self.came += sum(row.fen for row in deed.rows if is_outside(row.debit))
            self.gone += sum(row.fen for row in deed.rows if is_outside(row.credit))
        return answer

    def look_at(self, fund: str, *, holds: int = 0) -> None:
        """The balances of a fund and what is held on it, or by its last holds."""
        book = self.model.funds[fund]
        with self.desk.reading() as store:
            found = {name: balance.amount_fen for name, balance in store.trial_balance(fund).items()}
            expected = {name: book.balances[name] for name in book.floors}
            self.same(f"balances of {fund}", found, expected)
            self.same(f"sum of {fund}", sum(found.values()), 0)
            held = {name for hold in list(book.holds.values())[-holds:] for name, _ in hold.amounts}
            for name in sorted(held):
                self.same(f"held on {name} of {fund}", store.reserved(fund, name).amount_fen, book.reserved(name))

    def look_at_some(self) -> None:
        """The funds that did something since the last look."""
        for fund in sorted(self.busy):
            self.look_at(fund, holds=2)
        self.busy.clear()

    def look_at_all(self) -> None:
        """Every fund, and over all of them: what came from outside is there, less what went out."""
        for fund in self.funds:
            self.look_at(fund)
        with self.desk.reading() as store:
            books = {fund: store.trial_balance(fund) for fund in self.funds}
        inside = [b.amount_fen for book in books.values() for name, b in book.items() if not is_outside(name)]
        self.same("money of all funds", sum(inside), self.came - self.gone)
        for one, other in combinations(self.funds, 2):
            lying = in_transit(books[one], other) + in_transit(books[other], one)
            road = self.letters.on_the_road(one, other) + self.letters.on_the_road(other, one)
            self.same(f"in transit between {one} and {other}", lying, road)

    def settle(self) -> None:
        """The clock goes past every closed month, and all letters arrive; then nothing is on the road."""
        while any(month_of(self.office.today) <= self.model.funds[fund].closed for fund in self.funds):
            self.office.today += timedelta(days=28)
        self.letters.settle(self.take_step)
        states = Counter(self.letters.states.values())
        self.same("letters under way", len(self.letters.under_way), 0)
        self.same("moves that are not at an end", states["held"] + states["left"], 0)
        self.outcome.moves = states

    def look_at_the_end(self) -> None:
        """The chains verify, and the balances of every month, of every member and of every hold are the model's."""
        for fund in self.funds:
            book = self.model.funds[fund]
            with self.desk.session() as session:
                store, verified = LedgerStore(session.connection), verify_book(session.connection, fund)
                self.same(f"batches of {fund}", verified.batches, len(book.batches))
                for month in sorted({month_of(each.day) for each in book.batches.values()}):
                    found = {name: b.amount_fen for name, b in store.trial_balance(fund, month).items()}
                    self.same(f"{fund} at the end of {month}", found, book.balances_at(month))
                for name in book.floors:
                    self.same(f"{name} of {fund}", store.balance(fund, name).amount_fen, book.balances[name])
                lines = sorted(map(_said, store.page(fund, limit=100_000)), key=_key)
                self.same(f"lines of {fund}", lines, sorted(lines_of(book), key=_key))
                for key in book.holds:
                    self.same(f"{key} of {fund}", store.hold_state(fund, key), book.ends.get(key, "open"))

    def same(self, what: str, found: object, expected: object) -> None:
        if found != expected:
            raise self.disagreement(f"{what}: {found}, not {expected}")

    def note(self, what: str, *workers: Sequence[Deed]) -> None:
        told = [f"    {'also' * (at > 0)} {deed}" for at, deeds in enumerate(workers) for deed in deeds]
        self.trail.append("\n".join([f"  {self.outcome.steps:3d} {self.office.today} {what}:", *told]))

    def disagreement(self, what: str) -> Disagreement:
        """The error that tells what differs and how to run this seed again."""
        again = f"script/bench simulate --from {self.outcome.seed} --seeds 1"
        again += f" --funds {self.told}" if self.told else ""
        again += f" --steps {self.steps}" if self.steps != STEPS else ""
        trail = "\n".join(self.trail)
        return Disagreement(f"seed {self.outcome.seed}, step {self.outcome.steps}: {what}\n{trail}\nAgain: {again}")


def lines_of(book: Fund) -> list[tuple[object, ...]]:
    """The lines of a fund's book as they should be: batch by batch, and within it by member."""
    by_member = ((each, sorted(each.rows, key=_subject)) for each in book.batches.values())
    return [
        (each.key, each.day, each.decision, row.debit, row.credit, row.fen, row.month, row.member or None)
        for each, rows in by_member
        for row in rows
    ]


def _key(line: tuple[object, ...]) -> str:
    return str(line[0])


def _said(line: Line) -> tuple[object, ...]:
    fen, member = line.amount.amount_fen, line.member
    return line.key, line.on, line.decision, line.debit, line.credit, fen, line.effective_from, member


def _subject(row: Row) -> int:
    return account_number(row.member) if row.member else 0


def in_transit(book: Mapping[str, Money], other: str) -> int:
    """What a fund's book says is on its way to another fund, less what it says came from there."""
    accounts = (f"in_transit_out:{other}", f"in_transit_in:{other}")
    return sum(book[name].amount_fen for name in accounts if name in book)
