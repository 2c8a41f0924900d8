"""The money of many lives, year by year: what is paid in, what interest is due, what moves between funds in January.

`money_years` walks the years once and keeps, for every relation, where its account lies: in its own province, or with
the fund it was moved to. All amounts are the law's; here they are only laid out by fund. Nothing is posted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wayfare.kernel import Money, Month, Place
from wayfare.law import Law, World
from wayfare.scenarios.record import Record, Stretch, money_world, read_record
from wayfare.scenarios.transfers import FIRST_TRANSFERS, Following, following_on, with_temporary
from wayfare.settlement import RelationMove

__all__ = ["INSURANCE", "MoneyYear", "fund_of_province", "money_years"]

INSURANCE: Final = "employee_pension"

Fen = dict[str, int]


@dataclass(frozen=True)
class MoneyYear:
    """What one year does to the books; `moves`, `corrections` and `opened` belong to the January after it.

    By fund: the stretches paid for; interest by member; corrections of accounts that were credited too little before
    they move; subsidies before interest and before moves. `opened` are temporary accounts, by person and province.
    """

    year: int
    contributions: Mapping[str, tuple[Stretch, ...]]
    interest: Mapping[str, Mapping[str, int]]
    interest_subsidies: Mapping[str, int]
    corrections: Mapping[str, Mapping[str, int]]
    move_subsidies: Mapping[str, int]
    moves: tuple[RelationMove, ...]
    opened: Mapping[int, Place] = field(default_factory=dict)


def fund_of_province(province: Place) -> str:
    """The name of a province's pension fund."""
    return f"{province.code}:{INSURANCE}"


def money_years(
    law: Law, world: World, members: Sequence[str], *, until: int, stated: int = 0
) -> Iterator[MoneyYear]:
    """The years before `until`, in order.

    The first `stated` people are recorded as their documents say; of the others the law also says whose accounts are
    temporary, and that is remembered from then on.
    """
    world = money_world(world, Month.at(until * 12))
    record = read_record(law, world, until=until)
    books, known = _Books(record, members), set[tuple[int, Place]]()
    for year in record.years:
        contributions = books.pay_in(year)
        interest, interest_subsidies = books.earn(year)
        followings: list[Following] = []
        if year + 1 >= FIRST_TRANSFERS:
            followings = list(following_on(law, world, Month.at((year + 1) * 12)))
        opened = {
            each.person: each.opened for each in followings
            if each.opened and each.person >= stated and (each.person, each.opened) not in known
        }  # fmt: skip
        known |= set(opened.items())
        world = with_temporary(world, law, opened) if opened else world
        corrections, move_subsidies, moves = books.move(year + 1, followings)
        yield MoneyYear(
            year, contributions, interest, interest_subsidies, corrections, move_subsidies, moves, opened
        )  # fmt: skip


@dataclass(slots=True)
class _Part:
    """Money that lies in one fund for some months: account and pooled fen, and the wages that carry pooled money."""

    account: int = 0
    pooled: int = 0
    wages: int = 0
    months: int = 0
    first: int = 0

    def add(self, other: _Part) -> None:
        """Takes the other part in."""
        self.account += other.account
        self.pooled += other.pooled
        self.wages += other.wages
        self.months += other.months
        self.first = min(self.first or other.first, other.first or self.first)


@dataclass(slots=True)
class _Relation:
    """One person's relation with one province: what lies in its own fund, and what `holder` got when it was moved.

    The pooled money and the wages of the own part are known only when it moves.
    """

    own: _Part = field(default_factory=_Part)
    away: _Part = field(default_factory=_Part)
    holder: Place | None = None


class _Books:
    """Accounts by relation and pools by province, as the postings of the years leave them."""

    def __init__(self, record: Record, members: Sequence[str]) -> None:
        self.record, self.members = record, members
        self.pool: dict[Place, int] = defaultdict(int)
        self.keys = list(zip(record.person.tolist(), record.province, strict=True))
        self.relations = {key: _Relation() for key in self.keys}
        self.of_person: dict[int, list[Place]] = defaultdict(list)
        for person, province in self.keys:
            self.of_person[person].append(province)

    def pay_in(self, year: int) -> dict[str, tuple[Stretch, ...]]:
        """The year's contributions by fund."""
        by_fund: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in self.record.stretches.get(year, ()):
            account = stretch.account_by_employer + stretch.account_by_person
            paid = _Part(account=account, months=stretch.months, first=stretch.first)
            self.relations[stretch.person, stretch.province].own.add(paid)
            self.pool[stretch.province] += stretch.pooled
            by_fund[fund_of_province(stretch.province)].append(stretch)
        return {fund: tuple(by_fund[fund]) for fund in sorted(by_fund)}

    def earn(self, year: int) -> tuple[dict[str, Fen], Fen]:
        """The year's interest by fund and member, on what lay there when the year began and on the year's credits."""
        at, due = year - self.record.years[0], dict[Place, Fen]()
        columns = (self.record.on_opening[:, at], self.record.on_credits[:, at], self.record.credits[:, at])
        for key, opening, fresh, credit in zip(self.keys, *(each.tolist() for each in columns), strict=True):
            relation = self.relations[key]
            own, away = relation.own, relation.away
            there = opening * away.account // (away.account + own.account - credit) if away.account else 0
            away.account += there
            own.account += opening - there + fresh
            self._owe(due, key, key[1], opening - there + fresh)
            if relation.holder is not None:
                self._owe(due, key, relation.holder, there)
        needed = {province: sum(fen.values()) for province, fen in due.items()}
        return {fund_of_province(p): due[p] for p in sorted(due)}, self._spend(needed)

    def _owe(self, due: dict[Place, Fen], key: tuple[int, Place], province: Place, fen: int) -> None:
        if fen:
            of_fund, member = due.setdefault(province, {}), self.members[key[0]]
            of_fund[member] = of_fund.get(member, 0) + fen

    def _spend(self, needed: Mapping[Place, int]) -> Fen:
        """Takes money out of the pools; what a pool lacks is a subsidy, by fund."""
        subsidies: Fen = {}
        for province in sorted(needed):
            lacking = needed[province] - self.pool[province]
            if lacking > 0:
                subsidies[fund_of_province(province)] = lacking
            self.pool[province] += max(lacking, 0) - needed[province]
        return subsidies

    def move(
        self, year: int, followings: Sequence[Following]
    ) -> tuple[dict[str, Fen], Fen, tuple[RelationMove, ...]]:
        """Corrections, subsidies and moves of a January."""
        corrections, moves = dict[Place, Fen](), list[RelationMove]()
        needed: dict[Place, int] = defaultdict(int)
        received: dict[Place, int] = defaultdict(int)
        for each in (each for each in followings if not each.is_temporary):
            for sender, parcel in sorted(self._parcels(each, corrections).items()):
                needed[sender] += parcel.pooled
                received[each.destination] += parcel.pooled
                moves.append(self._relation_move(year, each, sender, parcel))
        for province, fen in corrections.items():
            needed[province] += sum(fen.values())
        subsidies = self._spend(needed)
        for province, pooled in received.items():
            self.pool[province] += pooled
        return {fund_of_province(p): corrections[p] for p in sorted(corrections)}, subsidies, tuple(moves)

    def _relation_move(self, year: int, each: Following, sender: Place, parcel: _Part) -> RelationMove:
        member, funds = self.members[each.person], (fund_of_province(sender), fund_of_province(each.destination))
        pooled, account = Money.fen(parcel.pooled), Money.fen(parcel.account)
        name = f"relation:{member}:{year}:{sender.code}"
        return RelationMove(name, *funds, member, pooled, account, parcel.first, parcel.months)

    def _parcels(self, each: Following, corrections: dict[Place, Fen]) -> dict[Place, _Part]:
        """What each fund sends for one person; the pooled parts that leave add up to the law's total."""
        parcels: dict[Place, _Part] = defaultdict(_Part)
        to, wages, done, given = each.destination, sum(each.wages.values()), 0, 0
        for province in self.of_person[each.person]:
            relation = self.relations[each.person, province]
            if province == to and relation.holder is not None:
                parcels[relation.holder].add(relation.away)
                relation.own.add(relation.away)
                relation.away, relation.holder = _Part(), None
            if province == to or province not in each.account:
                continue
            self._correct(each, province, relation, corrections)
            relation.own.wages = each.wages[province] - relation.away.wages
            for holder, part in ((relation.holder, relation.away), (province, relation.own)):
                done += part.wages
                part.pooled = each.pooled * done // wages - given if wages else 0
                given += part.pooled
                if holder is not None and holder != to:
                    parcels[holder].add(part)
            relation.away.add(relation.own)
            relation.own, relation.holder = _Part(), to
        return {sender: parcel for sender, parcel in parcels.items() if parcel.pooled or parcel.account}

    def _correct(
        self, each: Following, province: Place, relation: _Relation, corrections: dict[Place, Fen]
    ) -> None:
        """Lifts an account that was credited less than what the law passes on, where it lies."""
        lacking = each.account[province] - relation.own.account - relation.away.account
        if lacking <= 0:
            return
        if relation.own.account or relation.holder is None:
            relation.own.account += lacking
            self._owe(corrections, (each.person, province), province, lacking)
        elif relation.holder != each.destination:
            relation.away.account += lacking
            self._owe(corrections, (each.person, province), relation.holder, lacking)
