"""The books of a support measure balance, whatever happens to it."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from maillage.projects.amounts import CENT, ZERO
from maillage.projects.ledger import Envelope, Evening, Fault, Grant, Movement, Rule, each_day, envelope_of

CENTS = st.integers(min_value=-5_000, max_value=2_000_000).map(lambda cents: Decimal(cents).scaleb(-2))


class Books(RuleBasedStateMachine):
    """Any sequence of decisions, amendments, payments, refunds and cancellations, against a plain count of whole cents."""

    grants = Bundle("grants")

    def __init__(self) -> None:
        super().__init__()
        self.envelope = Envelope(Decimal("50000.00"))
        self.accounts: list[Grant] = []
        self.movements: list[list[tuple[str, int]]] = []
        self.granted_cents: list[int] = []

    @rule(target=grants, amount=CENTS)
    def grant(self, amount: Decimal) -> int:
        """A decision: within the envelope or not at all."""
        fits = 0 < amount <= self.envelope.left
        before = self.envelope
        try:
            account = Grant().amended(amount)
            self.envelope = self.envelope.committing(amount)
        except Fault:
            assert not fits
            assert self.envelope == before
            account = Grant()
        else:
            assert fits
        self.accounts.append(account)
        self.granted_cents.append(int(account.granted * 100))
        self.movements.append([])
        return len(self.accounts) - 1

    @rule(which=grants, change=CENTS)
    def amend(self, which: int, change: Decimal) -> None:
        """More or less money."""
        account = self.accounts[which]
        fits = change != 0 and account.granted + change >= account.paid and change <= max(self.envelope.left, ZERO)
        try:
            amended = account.amended(change)
            envelope = self.envelope.committing(change)
        except Fault:
            assert not fits
            return
        assert fits or change < 0
        self.accounts[which], self.envelope = amended, envelope
        self.granted_cents[which] += int(change * 100)

    @rule(which=grants, amount=CENTS)
    def pay(self, which: int, amount: Decimal) -> None:
        """Money goes out."""
        account = self.accounts[which]
        try:
            self.accounts[which] = account.with_payment(amount)
        except Fault:
            assert amount <= 0 or amount > account.to_pay
        else:
            self.movements[which].append(("sent", int(amount * 100)))

    @rule(which=grants, amount=CENTS)
    def refund(self, which: int, amount: Decimal) -> None:
        """Money comes back."""
        account = self.accounts[which]
        try:
            self.accounts[which] = account.with_refund(amount)
        except Fault:
            assert amount <= 0 or amount > account.paid
        else:
            self.movements[which].append(("back", int(amount * 100)))

    @rule(which=grants, data=st.data())
    def cancel(self, which: int, data: st.DataObject) -> None:
        """A movement was a mistake."""
        if not self.movements[which]:
            return
        place = data.draw(st.integers(min_value=0, max_value=len(self.movements[which]) - 1))
        way, cents = self.movements[which][place]
        amount = Decimal(cents).scaleb(-2)
        account = self.accounts[which]
        try:
            self.accounts[which] = account.without_payment(amount) if way == "sent" else account.without_refund(amount)
        except Fault:
            return
        del self.movements[which][place]

    @invariant()
    def balances(self) -> None:
        """Every account is the plain sum of its cents, and the envelope that of its accounts."""
        for account, moves, granted in zip(self.accounts, self.movements, self.granted_cents, strict=True):
            net = sum(cents if way == "sent" else -cents for way, cents in moves)
            assert account.paid == Decimal(net).scaleb(-2)
            assert account.granted == Decimal(granted).scaleb(-2)
            assert ZERO <= account.paid <= account.granted
            assert account.paid + account.to_pay == account.granted
        whole = envelope_of(self.envelope.amount, self.accounts)
        assert whole.committed == self.envelope.committed
        assert whole.committed + whole.left == whole.amount
        assert whole.paid + whole.to_pay == whole.committed
        assert whole.left >= 0
        assert whole.left == whole.left.quantize(CENT)


Books.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestBooks = Books.TestCase


@given(st.lists(st.integers(min_value=1, max_value=10_000_000), min_size=1, max_size=40))
def test_paying_in_any_instalments_loses_no_cent(cents: list[int]) -> None:
    granted = Decimal(sum(cents)).scaleb(-2)
    account = Grant(granted)
    for part in cents:
        account = account.with_payment(Decimal(part).scaleb(-2))
    assert account.is_settled
    with pytest.raises(Fault):
        account.with_payment(CENT)


def test_a_refused_movement_says_how_much_there_was() -> None:
    account = Grant(Decimal("100.00"), Decimal("60.00"))
    with pytest.raises(Fault) as over:
        account.with_payment(Decimal("40.01"))
    assert (over.value.rule, over.value.most) == (Rule.GRANT, Decimal("40.00"))
    with pytest.raises(Fault) as below:
        account.amended(Decimal("-40.01"))
    assert (below.value.rule, below.value.most) == (Rule.BELOW_PAID, Decimal("40.00"))
    with pytest.raises(Fault) as back:
        account.with_refund(Decimal("60.01"))
    assert back.value.rule is Rule.PAID


def test_an_envelope_made_smaller_than_what_was_granted_gives_nothing_more() -> None:
    envelope = Envelope(Decimal("10.00"), committed=Decimal("12.00"))
    with pytest.raises(Fault) as over:
        envelope.committing(CENT)
    assert over.value.most == ZERO
    assert envelope.committing(Decimal("-5.00")).left == Decimal("3.00")


MOVES = st.tuples(st.integers(min_value=0, max_value=12), st.sampled_from(["granted", "paid"]), CENTS)


@given(st.lists(MOVES, max_size=30), st.randoms(use_true_random=False))
def test_dated_movements_stand_on_every_evening_whatever_the_order_in_which_they_are_written(
    moves: list[tuple[int, str, Decimal]], draw: random.Random
) -> None:
    start = date(2013, 4, 1)
    written: list[Movement] = []
    for offset, what, amount in moves:
        movement = Movement(start + timedelta(days=offset), **{what: amount})
        if all(evening.stands for evening in each_day([*written, movement])):
            written.append(movement)
    # Against a plain count of cents, day by day.
    for offset in range(13):
        day = start + timedelta(days=offset)
        paid = sum(int(one.paid * 100) for one in written if one.on <= day)
        granted = sum(int(one.granted * 100) for one in written if one.on <= day)
        assert 0 <= paid <= granted
    evenings = each_day(written)
    assert [evening.on for evening in evenings] == sorted({one.on for one in written})
    if written:
        whole = sum((one.granted for one in written), ZERO), sum((one.paid for one in written), ZERO)
        assert (evenings[-1].granted, evenings[-1].paid) == whole
    draw.shuffle(written)
    assert each_day(written) == evenings


def test_a_payment_written_later_for_a_day_before_the_grant_grew_does_not_stand() -> None:
    grant = [Movement(date(2013, 5, 24), granted=Decimal(100)), Movement(date(2014, 3, 1), granted=Decimal(50))]
    early = [*grant, Movement(date(2014, 2, 28), paid=Decimal(150))]
    assert [evening.stands for evening in each_day(early)] == [True, False, True]
    same_day = [Movement(date(2014, 3, 1), paid=Decimal(150)), *grant]
    assert each_day(same_day)[-1] == Evening(date(2014, 3, 1), Decimal(150), Decimal(150))
