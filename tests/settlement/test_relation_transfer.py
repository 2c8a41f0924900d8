"""Rules of moving a relation between two funds, whatever happens to the messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfare.kernel.money import Money
from wayfare.ledger import CONFIRMED, OPEN, RELEASED, Batch, Books
from wayfare.ledger.errors import TransferWrong
from wayfare.settlement import (
    Kind,
    Message,
    PlaceHold,
    PostBatch,
    Receiving,
    ReceivingStep,
    RelationMove,
    ReleaseHold,
    Send,
    Sending,
    SendingStep,
    accept,
    prepare,
    receiver_gets,
    refuse,
    remind,
    sender_gets,
    withdraw,
)
from wayfare.settlement.errors import MoveDiffers, OutOfTurn

GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
LEFT, ARRIVED = f"in_transit_out:{SICHUAN}", f"in_transit_in:{GUANGDONG}"
DAY = date(2024, 6, 30)
MOVE = RelationMove(
    relation="relation:W-104:1", sender=GUANGDONG, receiver=SICHUAN, member="W-104",
    pooled=Money.yuan("36720.00"), account=Money.yuan("24480.00"), effective_from=201903, effective_months=63,
)  # fmt: skip


class World:
    """Two funds with their books, one move, and the messages under way."""

    def __init__(self, move=MOVE):
        self.books, self.move, self.under_way = Books(), move, []
        self.receiving = None
        paid = Batch(GUANGDONG, DAY, "paid")
        for account, amount in {"pooled_fund": 10**7, "account:W-104": 10**7}.items():
            paid.open(account)
            paid.open("outside:employers")
            paid.move(debit="outside:employers", credit=account, amount=amount)
        self.books.post(paid.seal())
        self.sending = self.does(prepare(move, on=DAY))

    def does(self, outcome):
        side, effects = outcome
        for effect in effects:
            match effect:
                case PlaceHold(hold):
                    self.books.place(hold)
                case ReleaseHold(fund, key):
                    self.books.release(fund, key)
                case PostBatch(batch):
                    self.books.post(batch)
                case Send(message):
                    self.under_way.append(message)
        return side

    def deliver(self, place):
        message = self.under_way[place % len(self.under_way)]
        if message.to_fund == GUANGDONG:
            self.sending = self.does(sender_gets(self.sending, message, on=DAY))
        else:
            self.receiving = self.does(receiver_gets(self.receiving, message, on=DAY))

    def take(self, place):
        self.deliver(place)
        del self.under_way[place % len(self.under_way)]

    def run_to_the_end(self, answer=accept):
        """Nothing is lost any more: each side reminds and every message arrives, until nothing changes."""
        while True:
            before = self.sending, self.receiving
            for side in filter(None, before):
                self.under_way += [send.message for send in remind(side)]
            while self.under_way:
                self.take(0)
            if self.receiving and self.receiving.step is ReceivingStep.ASKED:
                self.receiving = self.does(answer(self.receiving))
            if (self.sending, self.receiving) == before:
                return

    def balance(self, fund, account):
        if account not in self.books.trial_balance(fund):
            return 0
        return self.books.balance(fund, account).amount_fen

    def owned(self):
        """What pools and members of both funds own, and what is under way between them."""
        own = sum(self.balance(f, a) for f in (GUANGDONG, SICHUAN) for a in ("pooled_fund", "account:W-104"))
        return own, self.balance(GUANGDONG, LEFT) + self.balance(SICHUAN, ARRIVED)


def refuse_it(receiving):
    return refuse(receiving, ground="not insured here")


def test_a_relation_arrives_with_both_parts_and_its_months():
    world = World()
    world.run_to_the_end()
    assert (world.sending.step, world.receiving.step) == (SendingStep.SETTLED, ReceivingStep.RECEIVED)
    assert world.balance(SICHUAN, "pooled_fund") == 3_672_000
    assert world.balance(SICHUAN, "account:W-104") == 2_448_000
    rows = world.books.batches(SICHUAN)[0].rows
    assert set(rows["effective_from"]) == {201903} and set(rows["effective_months"]) == {63}


def test_money_set_aside_stays_with_the_sender_until_the_answer():
    world = World()
    assert world.books.hold_state(GUANGDONG, MOVE.relation) == OPEN
    assert world.balance(GUANGDONG, "pooled_fund") == 10**7
    assert world.books.reserved(GUANGDONG, "pooled_fund") == MOVE.pooled


def test_money_is_in_transit_between_sending_and_receipt():
    world = World()
    world.take(0)
    world.receiving = world.does(accept(world.receiving))
    world.take(0)
    assert world.owned()[1] == 3_672_000 + 2_448_000
    world.take(0)
    assert world.owned()[1] == 0


def test_a_refusal_gives_the_money_free_and_keeps_its_ground():
    world = World()
    world.run_to_the_end(refuse_it)
    assert world.sending.step is SendingStep.REFUSED
    assert (world.receiving.step, world.receiving.ground) == (ReceivingStep.REFUSED, "not insured here")
    assert world.books.hold_state(GUANGDONG, MOVE.relation) == RELEASED
    assert world.books.reserved(GUANGDONG, "pooled_fund") == Money.ZERO


def test_the_first_answer_of_the_receiver_stands():
    world = World()
    world.take(0)
    world.receiving = world.does(accept(world.receiving))
    assert refuse_it(world.receiving)[0].step is ReceivingStep.ACCEPTED


def test_a_withdrawal_crosses_an_acceptance_and_no_money_moves():
    world = World()
    world.take(0)
    world.receiving = world.does(accept(world.receiving))
    world.sending = world.does(withdraw(world.sending))
    world.run_to_the_end()
    assert (world.sending.step, world.receiving.step) == (SendingStep.WITHDRAWN, ReceivingStep.WITHDRAWN)
    assert len(world.books.batches(GUANGDONG)) == 1


def test_a_withdrawal_after_the_money_left_changes_nothing():
    sent = Sending(MOVE, SendingStep.SENT)
    assert withdraw(sent) == (sent, ())


def test_a_relation_without_money_moves_its_months_only():
    world = World(replace(MOVE, pooled=Money.ZERO, account=Money.ZERO))
    world.run_to_the_end()
    assert world.receiving.step is ReceivingStep.RECEIVED
    assert [batch.lines for batch in world.books.batches(SICHUAN)] == [0]
    assert world.balance(SICHUAN, "account:W-104") == 0


def test_a_move_between_two_insurances_of_one_place_names_the_whole_fund_in_transit():
    world = World(replace(MOVE, receiver="440000:resident_pension"))
    world.run_to_the_end()
    assert world.balance(GUANGDONG, "in_transit_out:440000:resident_pension") == 6_120_000


def test_a_negative_part_is_refused():
    with pytest.raises(TransferWrong):
        replace(MOVE, account=Money.fen(-1))


def test_a_message_that_states_another_amount_is_refused():
    other = replace(MOVE, pooled=Money.yuan("36720.01"))
    with pytest.raises(MoveDiffers, match=r"WF-SET-001  A message about relation:W-104:1 states another move"):
        receiver_gets(Receiving(MOVE, ReceivingStep.ACCEPTED), Message(Kind.REMITTANCE, other), on=DAY)
    with pytest.raises(MoveDiffers):
        sender_gets(Sending(MOVE, SendingStep.PREPARED), Message(Kind.ACCEPTANCE, other), on=DAY)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (SendingStep.PREPARED, Kind.RECEIPT),
        (SendingStep.SENT, Kind.REFUSAL),
        (SendingStep.SETTLED, Kind.REFUSAL),
        (SendingStep.REFUSED, Kind.ACCEPTANCE),
        (SendingStep.WITHDRAWN, Kind.RECEIPT),
        (SendingStep.PREPARED, Kind.REMITTANCE),
    ],
)
def test_the_sender_refuses_a_message_that_cannot_follow(step, kind):
    with pytest.raises(OutOfTurn, match=f"WF-SET-002  {kind.value} for .* arrived at a fund that is {step.value}"):
        sender_gets(Sending(MOVE, step), Message(kind, MOVE), on=DAY)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (None, Kind.REMITTANCE),
        (ReceivingStep.ASKED, Kind.REMITTANCE),
        (ReceivingStep.REFUSED, Kind.REMITTANCE),
        (ReceivingStep.WITHDRAWN, Kind.REMITTANCE),
        (ReceivingStep.RECEIVED, Kind.WITHDRAWAL),
        (ReceivingStep.ACCEPTED, Kind.RECEIPT),
    ],
)
def test_the_receiver_refuses_a_message_that_cannot_follow(step, kind):
    with pytest.raises(OutOfTurn):
        receiver_gets(Receiving(MOVE, step) if step else None, Message(kind, MOVE), on=DAY)


schedule = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "repeat", "lose", "remind sender", "remind receiver", "answer", "withdraw"]),
        st.integers(0, 7),
    ),
    max_size=40,
)  # fmt: skip


def one_event(world, event, place, answer):
    if event in ("take", "repeat", "lose") and not world.under_way:
        return
    match event:
        case "take":
            world.take(place)
        case "repeat":
            world.deliver(place)
        case "lose":
            del world.under_way[place % len(world.under_way)]
        case "remind sender":
            world.under_way += [send.message for send in remind(world.sending)]
        case "remind receiver" if world.receiving:
            world.under_way += [send.message for send in remind(world.receiving)]
        case "answer" if world.receiving:
            world.receiving = world.does(answer(world.receiving))
        case "withdraw" if place == 0:
            world.sending = world.does(withdraw(world.sending))


@given(schedule, st.sampled_from([accept, refuse_it]))
@settings(max_examples=400)
def test_no_loss_repeat_or_delay_of_messages_loses_money_or_moves_it_twice(events, answer):
    world = World()
    for event, place in events:
        one_event(world, event, place, answer)
        own, transit = world.owned()
        assert own + transit == 2 * 10**7 and transit in (0, 6_120_000)
    world.run_to_the_end(answer)
    ends = {
        (SendingStep.SETTLED, ReceivingStep.RECEIVED): (CONFIRMED, 6_120_000),
        (SendingStep.REFUSED, ReceivingStep.REFUSED): (RELEASED, 0),
        (SendingStep.WITHDRAWN, ReceivingStep.WITHDRAWN): (RELEASED, 0),
        (SendingStep.WITHDRAWN, ReceivingStep.REFUSED): (RELEASED, 0),
    }
    state, arrived = ends[world.sending.step, world.receiving.step]
    assert world.books.hold_state(GUANGDONG, MOVE.relation) == state
    assert world.balance(SICHUAN, "pooled_fund") + world.balance(SICHUAN, "account:W-104") == arrived
    assert world.owned() == (2 * 10**7, 0)
    assert all(sum(m.amount_fen for m in world.books.trial_balance(f).values()) == 0 for f in world.books.funds())
