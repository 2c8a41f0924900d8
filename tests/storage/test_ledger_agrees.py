"""The stored books and the books in memory agree on whatever is done to them."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from wayfare.kernel.errors import WayfareError
from wayfare.ledger import GOVERNMENT, PERSON, Account, Approval, Batch, Books, Hold, employer_clearing, reversal
from wayfare.storage import Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book

POSTER = Viewer(name="month end", role=Role.POSTER, scope=None, purpose="a test")
PAYERS = [employer_clearing("E-1"), employer_clearing("E-2"), PERSON, GOVERNMENT]
CONTROL = ["pooled_fund", "suspense", "in_transit:510000", "outside:employers", *PAYERS]
ACCOUNTS = [*CONTROL, "account:a", "account:b", "rounding"]
_places = itertools.count(100_000)

accounts = st.sampled_from(ACCOUNTS)
amounts = st.sampled_from([1, 20, 45, 60, 110])
charges = st.lists(
    st.tuples(
        st.sampled_from(PAYERS), st.sampled_from(["account:a", "account:b", "account:c"]), st.booleans(),
        st.sampled_from([202310, 202312, 202401]), st.sampled_from([1, 1, 2, 4]),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
few = st.integers(0, 5)
_DAYS = [(2022, 10, 1), (2022, 12, 31), (2023, 12, 31), (2024, 1, 1), (2025, 2, 28)]
days = st.sampled_from([date(*day) for day in _DAYS])
moves = st.lists(
    st.tuples(accounts, accounts, amounts).filter(
        lambda m: m[0] != m[1] and not (m[0].startswith("account") and m[1].startswith("account"))
    ),
    min_size=1,
    max_size=4,
)


class BothBooks(RuleBasedStateMachine):
    """Does the same to both and compares what comes back, refusals with their words included.

    Batches of `own_leaf_from` rows or more lie in tables of their own.
    """

    database = None
    own_leaf_from = 3

    @initialize()
    def start(self):
        place = next(_places)
        self.books, self.funds = Books(), [f"{place}:employee_pension", f"{place}:resident_pension"]
        self.posted, self.holds = {fund: [] for fund in self.funds}, {fund: [] for fund in self.funds}
        for fund in self.funds:
            written = Batch(fund, date(2022, 9, 30), "start")
            for name in (*CONTROL, "account:a"):
                written.open(name)
            written.move(debit="outside:employers", credit="pooled_fund", amount=100)
            written.move(debit="outside:employers", credit="account:a", amount=50, member="account:a")
            self.post(written.seal())

    def both(self, do):
        """The outcome of the same call on both; either both answer alike or both refuse in the same words."""
        outcomes = []
        for call in (lambda: do(self.books), lambda: self.in_store(do)):
            try:
                outcomes.append(call())
            except WayfareError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]
        return None if isinstance(outcomes[0], str) else outcomes[0]

    def in_store(self, do):
        with self.database.session(viewer=POSTER) as session:
            return do(LedgerStore(session.connection, own_leaf_from=self.own_leaf_from))

    def post(self, sealed):
        if self.both(lambda books: books.post(sealed)):
            self.posted[sealed.fund].append(sealed)

    @rule(which=few, moves=moves, on=days, key=few, opens=st.sets(accounts, max_size=2))
    def posts_a_batch(self, which, moves, on, key, opens):
        written = Batch(self.funds[which % 2], on, f"key:{key}" if key == 0 else f"key:{on}:{len(moves)}:{key}")
        for name in sorted(opens):
            written.open(name)
        for debit, credit, amount in moves:
            written.move(debit=debit, credit=credit, amount=amount)
        self.post(written.seal())

    @rule(which=few, charges=charges, key=few, on=days)
    def charges_members(self, which, charges, key, on):
        written = Batch(self.funds[which % 2], on, f"contributions:{on}:{key}")
        for name in ("account:b", "account:c")[: key % 3]:
            written.open(name)
        for payer, member, is_pooled, first, months in charges:
            written.move(
                debit=payer, credit="pooled_fund" if is_pooled else member, amount=10, effective_from=first,
                effective_months=months, member=member,
            )  # fmt: skip
        self.post(written.seal())

    @rule(which=few, name=accounts.filter(lambda name: ":" not in name or name in PAYERS), on=days,
          floor=st.sampled_from([None, -60, -7, 0, 40, 150]), key=few)  # fmt: skip
    def approves_a_floor(self, which, name, on, floor, key):
        approval = Approval(on, f"no. {key}", "the office of finance", "a test")
        self.both(lambda books: books.approve_floor(self.funds[which % 2], name, floor, approval))

    @rule(which=few, place=few)
    def posts_a_batch_again(self, which, place):
        posted = self.posted[self.funds[which % 2]]
        self.post(posted[place % len(posted)])

    @rule(which=few, floor=st.sampled_from([None, 0, -7]), name=st.sampled_from(["account:b", "suspense", "reserve"]))
    def opens_an_account(self, which, floor, name):
        written = Batch(self.funds[which % 2], date(2025, 3, 1), f"open:{name}:{floor}")
        written.open(Account(name, floor))
        self.post(written.seal())

    @rule(which=few, key=few, amounts=st.dictionaries(accounts, amounts, min_size=1, max_size=2))
    def places_a_hold(self, which, key, amounts):
        fund = self.funds[which % 2]
        hold = Hold(fund, f"hold:{key}", date(2024, 1, 1), amounts)
        if self.both(lambda books: books.place(hold)):
            self.holds[fund].append(hold)

    @rule(which=few, place=few, on=days, more=st.sampled_from([0, 0, 0, 1]), key=few)
    def confirms_a_hold(self, which, place, on, more, key):
        fund = self.funds[which % 2]
        if not self.holds[fund]:
            return
        hold = self.holds[fund][place % len(self.holds[fund])]
        written = Batch(fund, on, f"confirm:{hold.key}:{key}", confirms=hold.key)
        for name, amount in hold.amounts.items():
            other = "suspense" if name != "suspense" else "pooled_fund"
            written.move(debit=name, credit=other, amount=amount + more)
        self.post(written.seal())

    @rule(which=few, key=few)
    def releases_a_hold(self, which, key):
        self.both(lambda books: books.release(self.funds[which % 2], f"hold:{key}"))

    @rule(which=few, key=few)
    def asks_for_a_hold(self, which, key):
        self.both(lambda books: books.hold_state(self.funds[which % 2], f"hold:{key}"))

    @rule(which=few, place=few, on=days, spoil=st.sampled_from([False, False, True]), key=st.integers(0, 1))
    def reverses_a_batch(self, which, place, on, spoil, key):
        posted = self.posted[self.funds[which % 2]]
        original = posted[place % len(posted)]
        if not original.lines:
            return
        back = reversal(original, key=f"back:{original.key}:{key}", on=on)
        if spoil:
            written = Batch(original.fund, on, back.key, reverses=original.key)
            written.move(debit="suspense", credit="pooled_fund", amount=1)
            back = written.seal()
        self.post(back)

    @rule(which=few, through=st.sampled_from([202211, 202212, 202306, 202312, 202405]))
    def closes_months(self, which, through):
        fund = self.funds[which % 2]
        self.books.close(fund, through)
        self.in_store(lambda store: store.close(fund, through))

    @rule(which=few, name=accounts)
    def asks_for_a_balance(self, which, name):
        fund = self.funds[which % 2]
        self.both(lambda books: (books.balance(fund, name), books.reserved(fund, name)))

    @invariant()
    def both_books_are_the_same(self):
        for fund in getattr(self, "funds", []):
            assert self.both(lambda books, fund=fund: (books.trial_balance(fund), books.head(fund)))
            assert self.both(lambda books, fund=fund: [books.balance(fund, name) for name in ("account:a", "suspense")])
            assert self.both(lambda books, fund=fund: books.floors(fund))

    def teardown(self):
        for fund in getattr(self, "funds", []):
            with self.database.session(viewer=POSTER) as session:
                assert verify_book(session.connection, fund).head == self.books.head(fund)


def test_the_stored_books_and_the_books_in_memory_agree(database):
    machine = type("Machine", (BothBooks,), {"database": database})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=20, stateful_step_count=25, suppress_health_check=checks),
    )
