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
class _Relation:
    """One person's relation with one province and where its money lies, in fen.

    `own` lies in the province itself; `away` with the fund of `holder`, which got `pooled_away` for `wages_away`.
    """

    own: int = 0
    away: int = 0
    holder: Place | None = None
    pooled_away: int = 0
    wages_away: int = 0
    first: int = 0
    months: int = 0


@dataclass(slots=True)
class _Parcel:
    """What one fund passes on for one person: pooled and account part, and the months it is for."""

    pooled: int = 0
    account: int = 0
    first: int = 999912
    months: int = 0

    def add(self, relation: _Relation, *, pooled: int, account: int) -> None:
        self.pooled += pooled
        self.account += account
        self.first = min(self.first, relation.first)
        self.months += relation.months


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
            relation = self.relations[stretch.person, stretch.province]
            relation.own += stretch.account_by_employer + stretch.account_by_person
            relation.first = relation.first or stretch.first
            relation.months += stretch.months
            self.pool[stretch.province] += stretch.pooled
            by_fund[fund_of_province(stretch.province)].append(stretch)
        return {fund: tuple(by_fund[fund]) for fund in sorted(by_fund)}

    def earn(self, year: int) -> tuple[dict[str, Fen], Fen]:
        """The year's interest by fund and member, on what lay there when the year began and on the year's credits."""
        at, due = year - self.record.years[0], dict[Place, Fen]()
        columns = (self.record.on_opening[:, at], self.record.on_credits[:, at], self.record.credits[:, at])
        for key, opening, fresh, credit in zip(self.keys, *(each.tolist() for each in columns), strict=True):
            relation = self.relations[key]
            opened = relation.own - credit
            away = opening * relation.away // (relation.away + opened) if relation.away else 0
            relation.away += away
            relation.own += opening - away + fresh
            self._owe(due, key, key[1], opening - away + fresh)
            if relation.holder is not None:
                self._owe(due, key, relation.holder, away)
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

    def _relation_move(self, year: int, each: Following, sender: Place, parcel: _Parcel) -> RelationMove:
        member, funds = self.members[each.person], (fund_of_province(sender), fund_of_province(each.destination))
        pooled, account = Money.fen(parcel.pooled), Money.fen(parcel.account)
        name = f"relation:{member}:{year}:{sender.code}"
        return RelationMove(name, *funds, member, pooled, account, parcel.first, parcel.months)

    def _parcels(self, each: Following, corrections: dict[Place, Fen]) -> dict[Place, _Parcel]:
        """What each fund sends for one person; the pooled parts add up to the law's total."""
        parcels: dict[Place, _Parcel] = defaultdict(_Parcel)
        to, wages, done, given = each.destination, sum(each.wages.values()), 0, 0
        for province in self.of_person[each.person]:
            relation = self.relations[each.person, province]
            if province == to:
                self._come_home(relation, parcels)
                continue
            if province not in each.account or not relation.months:
                continue
            self._correct(each, province, relation, corrections)
            pooled = 0
            for holder, earned in _chunks(province, relation, each.wages[province]):
                done += earned
                part = each.pooled * done // wages - given if wages else 0
                given += part
                pooled += part
                if holder != to:
                    account = relation.own if holder == province else relation.away
                    parcels[holder].add(relation, pooled=part, account=account)
            relation.away, relation.own, relation.holder = relation.away + relation.own, 0, to
            relation.pooled_away, relation.wages_away = pooled, each.wages[province]
        return {sender: parcel for sender, parcel in parcels.items() if parcel.pooled or parcel.account}

    @staticmethod
    def _come_home(relation: _Relation, parcels: dict[Place, _Parcel]) -> None:
        if relation.holder is not None:
            parcels[relation.holder].add(relation, pooled=relation.pooled_away, account=relation.away)
            relation.own, relation.away, relation.holder = relation.own + relation.away, 0, None
            relation.pooled_away = relation.wages_away = 0

    def _correct(
        self, each: Following, province: Place, relation: _Relation, corrections: dict[Place, Fen]
    ) -> None:
        """Lifts an account that was credited less than what the law passes on, where it lies."""
        lacking = each.account[province] - relation.own - relation.away
        if lacking <= 0:
            return
        if relation.own or relation.holder is None:
            relation.own += lacking
            self._owe(corrections, (each.person, province), province, lacking)
        elif relation.holder != each.destination:
            relation.away += lacking
            self._owe(corrections, (each.person, province), relation.holder, lacking)


def _chunks(province: Place, relation: _Relation, wages: int) -> list[tuple[Place, int]]:
    """Who holds a relation's pooled money, with the wages it is for: the fund it went to, then its own."""
    if relation.holder is None:
        return [(province, wages)]
    held = (relation.holder, relation.wages_away)
    return [held, (province, wages - relation.wages_away)] if relation.own or wages > relation.wages_away else [held]
