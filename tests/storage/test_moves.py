"""Rules of two-phase moves in the stored books: they agree with the books in memory, and resolve once."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from wayfare.kernel.errors import WayfareError
from wayfare.kernel.money import Money
from wayfare.ledger import CONFIRMED, RELEASED, Batch, Books, Hold, Move, Part
from wayfare.ledger.errors import AccountWrong, FundOutOfView, HoldExpired, HoldResolved, KeyReused, NotAMove
from wayfare.storage import Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book
from wayfare.storage.move_desk import MoveDesk, _Asked
from wayfare.storage.move_store import MoveStore

POSTER = Viewer(name="clearing", role=Role.POSTER, scope=None, purpose="a test")
GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
OPENED, PREPARED, CONFIRMATION = date(2024, 5, 31), date(2024, 6, 3), date(2024, 6, 4)
_numbers = itertools.count(600_000)
few = st.integers(0, 4)
leaving = st.sampled_from(["pooled_fund", "suspense", "account:甲", "account:b", "reserve"])
arriving = st.sampled_from(["pooled_fund", "suspense", "account:甲", "account:b", "reserve"])
parts = st.lists(
    st.tuples(
        leaving, arriving, st.sampled_from([1, 7, 60]), st.sampled_from([201903, 202406]), st.sampled_from([1, 63]),
        st.sampled_from([None, "account:甲", "account:b"]),
    ),
    min_size=1, max_size=3,
)  # fmt: skip
days = st.sampled_from([date(2024, 6, 1), date(2024, 6, 2), date(2024, 7, 1), date(2025, 1, 2)])


def opening(fund, *accounts, amount=100):
    batch = Batch(fund, OPENED, "opening")
    for name in ("outside:employers", *accounts):
        batch.open(name)
    for name in accounts:
        batch.move(debit="outside:employers", credit=name, amount=amount)
    return batch.seal()


def pooled(key="claim:1", amount=40, **more):
    part = Part("pooled_fund", "pooled_fund", amount, 202406)
    return Move(key, GUANGDONG, SICHUAN, (part,), **more)


class BothBooks(RuleBasedStateMachine):
    """Does the same to the books in memory and in the store; outcomes and refusals are compared word by word."""

    database = None

    @initialize()
    def start(self):
        self.books, place, self.prepared = Books(), next(_numbers), []
        self.funds = [f"{place}:employee_pension", f"{place}:resident_pension", f"{place}:injury"]
        for fund in self.funds[:2]:
            batch = opening(fund, "pooled_fund", "suspense", "account:甲")
            self.both(lambda books, batch=batch: books.post(batch))

    def both(self, do):
        outcomes = []
        for call in (lambda: do(self.books), lambda: self.in_store(do)):
            try:
                outcomes.append(call())
            except WayfareError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]
        return outcomes[0]

    def in_store(self, do):
        with self.database.session(viewer=POSTER) as session:
            return do(Stored(session.connection))

    @rule(where=st.permutations([0, 1, 2]), key=few, parts=parts, decision=st.sampled_from([None, 'D-"1"\n\\中\x01']),
          on=days, expires=st.one_of(st.none(), days))  # fmt: skip
    def prepares(self, where, key, parts, decision, on, expires):
        try:
            pieces = tuple(Part(*part) for part in parts)
            move = Move(f"move:{key}\t甲", self.funds[where[0]], self.funds[where[1]], pieces, decision)
        except WayfareError:
            return  # not a move at all
        self.both(lambda books: books.prepare_move(move, on=on, expires=expires))
        self.prepared.append((move, expires))

    @rule(which=st.integers(0, 30), on=days)
    def prepares_the_same_on_another_day(self, which, on):
        if self.prepared:
            move, expires = self.prepared[which % len(self.prepared)]
            self.both(lambda books: books.prepare_move(move, on=on, expires=expires))

    @rule(which=st.integers(0, 30), on=days)
    def confirms_what_was_prepared(self, which, on):
        if self.prepared:
            move, _ = self.prepared[which % len(self.prepared)]
            self.both(lambda books: books.confirm_move(move.sender, move.key, on=on))

    @rule(where=few, key=few, on=days)
    def confirms(self, where, key, on):
        self.both(lambda books: books.confirm_move(self.funds[where % 3], f"move:{key}\t甲", on=on))

    @rule(where=few, key=few)
    def releases(self, where, key):
        self.both(lambda books: books.release(self.funds[where % 3], f"move:{key}\t甲"))

    @rule(where=few, on=days)
    def expires(self, where, on):
        self.both(lambda books: books.expire_holds(self.funds[where % 3], on))

    @rule(where=few, key=few, on=days, side=st.booleans())
    def posts_one_side_by_itself(self, where, key, on, side):
        hold = self.books._funds.get(self.funds[where % 3])
        hold = hold and hold.holds.get(f"move:{key}\t甲")
        if hold:
            batch = hold.move.leaving(on=on) if side else hold.move.arriving(on=on)
            self.both(lambda books: books.post(batch))

    @rule(where=few, through=st.sampled_from([202405, 202406]))
    def closes(self, where, through):
        self.both(lambda books: (books.close(self.funds[where % 2], through), None)[1])

    @invariant()
    def both_are_the_same_and_no_fen_is_lost(self):
        inside = 0
        for fund in getattr(self, "funds", []):
            found = self.both(lambda books, fund=fund: (books.trial_balance(fund), books.head(fund)))
            inside += sum(b.amount_fen for name, b in found[0].items() if not name.startswith("outside"))
            for name in found[0]:
                self.both(lambda books, fund=fund, name=name: (books.balance(fund, name), books.reserved(fund, name)))
        assert inside in (0, 600)

    def teardown(self):
        for fund in getattr(self, "funds", []):
            with self.database.session(viewer=POSTER) as session:
                assert verify_book(session.connection, fund).head == self.books.head(fund)


class Stored(LedgerStore):
    """The store with the names of the books in memory."""

    def __init__(self, connection):
        super().__init__(connection)
        moves = MoveStore(connection)
        self.prepare_move, self.confirm_move = moves.prepare_move, moves.confirm_move
        self.prepare_moves, self.confirm_moves = moves.prepare_moves, moves.confirm_moves
        self.expire_holds, self.prepared = moves.expire_holds, moves.prepared


def test_the_stored_moves_and_the_moves_in_memory_agree_and_conserve_every_fen(database):
    machine = type("Machine", (BothBooks,), {"database": database})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=20, suppress_health_check=checks,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )


@pytest.fixture
def do(database):
    """Call a method of the stored books in a session of its own."""

    def call(name, *values, viewer=POSTER, **more):
        with database.session(viewer=viewer) as session:
            return getattr(Stored(session.connection), name)(*values, **more)

    return call


@pytest.fixture
def two_funds(do):
    for fund in (GUANGDONG, SICHUAN):
        do("post", opening(fund, "pooled_fund"))


def in_transit(do):
    left = do("balance", GUANGDONG, f"in_transit_out:{SICHUAN}")
    return left + do("balance", SICHUAN, f"in_transit_in:{GUANGDONG}")


@pytest.mark.usefixtures("two_funds")
def test_a_prepared_move_reserves_at_the_sender_and_its_confirmation_books_both_sides(do):
    assert do("prepare_move", pooled(), on=PREPARED)
    assert do("reserved", GUANGDONG, "pooled_fund") == Money.fen(40)
    assert do("balance", GUANGDONG, "pooled_fund") == Money.fen(100)
    assert do("prepared", GUANGDONG, "claim:1") == pooled()
    do("confirm_move", GUANGDONG, "claim:1", on=CONFIRMATION)
    assert do("balance", GUANGDONG, "pooled_fund") == Money.fen(60)
    assert do("balance", SICHUAN, "pooled_fund") == Money.fen(140)
    assert in_transit(do) == Money.ZERO and do("reserved", GUANGDONG, "pooled_fund") == Money.ZERO


@pytest.mark.usefixtures("two_funds")
@pytest.mark.parametrize("times", [1, 2])
def test_a_confirmation_writes_the_batches_that_python_would_have_sealed(do, times):
    for number in range(times):  # the first opens the transit accounts, the second is written by the server in one call
        do("prepare_move", pooled(f"claim:{number}", decision="D-1"), on=PREPARED)
        do("confirm_move", GUANGDONG, f"claim:{number}", on=CONFIRMATION)
    move = pooled(f"claim:{times - 1}", decision="D-1")
    assert do("batch", GUANGDONG, f"{move.key}:sent").content == move.leaving(on=CONFIRMATION).content
    assert do("batch", SICHUAN, f"{move.key}:received").content == move.arriving(on=CONFIRMATION).content


@pytest.mark.usefixtures("two_funds")
@pytest.mark.parametrize("times", [1, 2])
def test_a_move_prepared_and_confirmed_again_on_another_day_is_answered_as_done(do, times):
    """The caller died before the answer came and asks again on a later day, when the month may be closed."""
    for number in range(times):
        first = pooled(f"claim:{number}")
        assert do("prepare_move", first, on=PREPARED, expires=date(2024, 8, 1))
        left, arrived = do("confirm_move", GUANGDONG, first.key, on=CONFIRMATION)
    do("close", GUANGDONG, 202406)
    assert not do("prepare_move", first, on=date(2024, 7, 9), expires=date(2024, 8, 1))
    again = do("confirm_move", GUANGDONG, first.key, on=date(2024, 9, 9))
    assert again == (replace(left, fresh=False), replace(arrived, fresh=False))
    assert do("balance", SICHUAN, "pooled_fund") == Money.fen(100 + 40 * times)


@pytest.mark.usefixtures("two_funds")
def test_a_prepared_move_that_says_something_else_is_refused_on_every_day(do):
    do("prepare_move", pooled(), on=PREPARED)
    for other, expires in ((pooled(amount=41), None), (pooled(decision="D-1"), None), (pooled(), date(2024, 7, 1))):
        with pytest.raises(KeyReused):
            do("prepare_move", other, on=CONFIRMATION, expires=expires)


@pytest.mark.usefixtures("two_funds")
def test_a_hold_can_be_confirmed_until_the_day_before_it_expires(do):
    expires = date(2024, 7, 1)
    for key in ("claim:1", "claim:2"):
        do("prepare_move", pooled(key), on=PREPARED, expires=expires)
    with pytest.raises(HoldExpired, match="WF-LED-025"):
        do("confirm_move", GUANGDONG, "claim:1", on=expires)
    assert do("expire_holds", GUANGDONG, date(2024, 6, 30)) == ()
    do("confirm_move", GUANGDONG, "claim:1", on=date(2024, 6, 30))
    assert do("expire_holds", GUANGDONG, expires) == ("claim:2",)
    assert do("hold_state", GUANGDONG, "claim:2") == RELEASED
    assert do("reserved", GUANGDONG, "pooled_fund") == Money.ZERO


@pytest.mark.usefixtures("two_funds")
def test_a_hold_that_is_no_move_is_not_confirmed_as_one(do):
    do("place", Hold(GUANGDONG, "hold:1", PREPARED, {"pooled_fund": 1}))
    with pytest.raises(NotAMove, match="WF-LED-026"):
        do("confirm_move", GUANGDONG, "hold:1", on=CONFIRMATION)


@pytest.mark.usefixtures("two_funds")
def test_who_sees_only_the_sender_confirms_nothing_in_the_book_of_the_receiver(do):
    class Guangdong:
        code = "440000"

    viewer = Viewer(name="guangdong", role=Role.POSTER, scope=Guangdong(), purpose="a test")
    do("prepare_move", pooled(), on=PREPARED, viewer=viewer)
    with pytest.raises(FundOutOfView):
        do("confirm_move", GUANGDONG, "claim:1", on=CONFIRMATION, viewer=viewer)
    assert do("hold_state", GUANGDONG, "claim:1") == "open"


@pytest.mark.usefixtures("two_funds")
def test_two_workers_at_one_moment_resolve_a_move_once(do):
    """One confirms and one releases: each move ends one way, and the money is where that way puts it."""
    confirmed = 0
    for number in range(12):
        do("prepare_move", pooled(f"claim:{number}", 1), on=PREPARED)
        start, outcomes = threading.Barrier(2), []

        def work(*call, start=start, outcomes=outcomes, **more):
            start.wait()
            try:
                outcomes.append(do(*call, **more))
            except HoldResolved as error:
                outcomes.append(error)

        workers = [
            threading.Thread(target=work, args=(name, GUANGDONG, f"claim:{number}"), kwargs=more)
            for name, more in (("confirm_move", {"on": CONFIRMATION}), ("release", {}))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sum(isinstance(outcome, HoldResolved) for outcome in outcomes) == 1
        confirmed += do("hold_state", GUANGDONG, f"claim:{number}") == CONFIRMED
    assert do("balance", SICHUAN, "pooled_fund") == Money.fen(100 + confirmed)
    assert do("balance", GUANGDONG, "pooled_fund") == Money.fen(100 - confirmed)


@pytest.mark.usefixtures("two_funds")
def test_moves_both_ways_at_one_moment_never_wait_for_each_other_for_ever(do):
    back = Move("back", SICHUAN, GUANGDONG, pooled(amount=1).parts)
    for number in range(10):
        moves = [Move(f"{m.key}:{number}", m.sender, m.receiver, m.parts) for m in (pooled("there", 1), back)]
        for move in moves:
            do("prepare_move", move, on=PREPARED)
        start = threading.Barrier(2)

        def work(move, start=start):
            start.wait()
            do("confirm_move", move.sender, move.key, on=CONFIRMATION)

        workers = [threading.Thread(target=work, args=(move,)) for move in moves]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        for move in moves:
            assert do("hold_state", move.sender, move.key) == CONFIRMED


@pytest.mark.usefixtures("two_funds")
def test_many_moves_at_once_end_as_the_same_moves_one_by_one(do):
    """Repeated, unknown, overdrawn and expired ones among them; what is refused touches no other."""
    books = Books()
    for fund in (GUANGDONG, SICHUAN):
        books.post(opening(fund, "pooled_fund"))
    back = Move("back", SICHUAN, GUANGDONG, (Part("pooled_fund", "pooled_fund", 5, 202405),))
    ten, twenty = pooled("a", 10), pooled("b", 20, decision="D-中")
    moves = [ten, back, twenty, pooled("a", 11), pooled("c", 400), ten]
    asked = [(move, PREPARED, CONFIRMATION if move.key == "b" else None) for move in moves]
    one_by_one = [answer(books.prepare_move, move, on=on, expires=expires) for move, on, expires in asked]
    assert [str(each) for each in do("prepare_moves", asked)] == one_by_one
    keys = [(SICHUAN, "back"), (GUANGDONG, "a"), (GUANGDONG, "b"), (GUANGDONG, "none"), (GUANGDONG, "a")]
    for again in range(2):  # the first time the transit accounts are opened, so one by one
        one_by_one = [answer(books.confirm_move, sender, key, on=CONFIRMATION) for sender, key in keys]
        found = do("confirm_moves", [(sender, key, CONFIRMATION) for sender, key in keys])
        assert [str(each) for each in found] == one_by_one
        moves = [Move(f"{move.key}:{again}", move.sender, move.receiver, move.parts) for move in (pooled("a", 3), back)]
        for move in moves:
            books.prepare_move(move, on=PREPARED)
        assert do("prepare_moves", [(move, PREPARED, None) for move in moves]) == [True, True]
        keys = [(move.sender, move.key) for move in moves]
    for fund in (GUANGDONG, SICHUAN):
        assert do("head", fund) == books.head(fund) and do("trial_balance", fund) == books.trial_balance(fund)


def answer(call, *values, **more):
    try:
        return str(call(*values, **more))
    except WayfareError as error:
        return str(error)


@pytest.mark.usefixtures("two_funds")
def test_callers_at_one_desk_each_get_their_own_answer_and_conserve_every_fen(database, do):
    answers = {}

    def work(desk, caller):
        for number in range(6):
            sender, receiver = (GUANGDONG, SICHUAN) if (caller + number) % 2 else (SICHUAN, GUANGDONG)
            move = Move(f"{caller}:{number}", sender, receiver, pooled(amount=1 if caller else 10_000).parts)
            try:
                desk.prepare_move(move, on=PREPARED)
                answers[move.key] = desk.confirm_move(sender, move.key, on=CONFIRMATION)[0].fresh
            except WayfareError as error:
                answers[move.key] = type(error).__name__

    with MoveDesk(database, POSTER) as desk:
        callers = [threading.Thread(target=work, args=(desk, caller)) for caller in range(8)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    assert [answers.pop(f"0:{number}") for number in range(6)] == ["Overdrawn"] * 6
    assert list(answers.values()) == [True] * 42
    assert do("balance", GUANGDONG, "pooled_fund") + do("balance", SICHUAN, "pooled_fund") == Money.fen(200)
    assert in_transit(do) == Money.ZERO
    with database.session(viewer=POSTER) as session:
        assert [verify_book(session.connection, fund).batches for fund in (GUANGDONG, SICHUAN)] == [43, 43]


@pytest.mark.usefixtures("two_funds")
def test_a_sender_that_is_no_fund_is_refused_alone(do):
    for number in range(2):
        do("prepare_move", pooled(f"claim:{number}"), on=PREPARED)
    asked = [("nowhere", "claim:1", CONFIRMATION), *((GUANGDONG, f"claim:{number}", CONFIRMATION) for number in (0, 1))]
    wrong, *done = do("confirm_moves", asked)
    assert isinstance(wrong, AccountWrong)
    assert [left.fresh and arrived.fresh for left, arrived in done] == [True, True]


@pytest.mark.usefixtures("two_funds")
def test_a_desk_whose_connections_broke_says_so_and_works_on(database, administrator):
    with MoveDesk(database, POSTER) as desk:
        assert desk.prepare_move(pooled("claim:0", 1), on=PREPARED)
        with psycopg.connect(**{**administrator, "dbname": database.parameters["dbname"]}) as connection:
            connection.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        told = 0
        for number in range(1, 9):
            try:
                assert desk.prepare_move(pooled(f"claim:{number}", 1), on=PREPARED)
            except psycopg.OperationalError:
                told += 1
    assert told <= 2  # each of the two lines has a connection of its own


@pytest.mark.usefixtures("two_funds")
def test_what_a_desk_has_committed_is_answered_also_when_the_rest_of_its_group_fails(database, monkeypatch):
    def fails(*_):
        raise RuntimeError("the second transaction")

    monkeypatch.setattr(MoveStore, "carry", fails)
    desk = MoveDesk(database, POSTER)
    halves = (Part("pooled_fund", "pooled_fund", 1, 202406), Part("suspense", "pooled_fund", 1, 202406))
    moves = pooled("claim:1", 1), Move("claim:2", GUANGDONG, SICHUAN, halves)
    ordinary, other = (_Asked((move, PREPARED, None), is_new=True) for move in moves)
    desk._answer(None, [ordinary, other]).close()
    assert (ordinary.answer, str(other.answer)) == (True, "the second transaction")
