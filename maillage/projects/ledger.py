"""The books of a support measure: what was granted, paid, given back and is left. Pure and exact (docs/decisions/0049).

A `Grant` is one application's account, an `Envelope` is a fund's or a call's. Each movement answers a new account or raises
`Fault`, which says what the rule is and how much there was: a refused movement changes nothing. At all times

    committed + left = amount           of an envelope
    paid + to_pay = granted             of a grant, with 0 ≤ paid ≤ granted

A movement has the day on which it happened, which may be written later and out of order: `each_day` says whether a grant stood at
the end of each of its days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .amounts import ZERO


class Rule(StrEnum):
    """What a movement would break."""

    NOTHING = "nothing"  # an amount of zero or less moves nothing
    ENVELOPE = "envelope"  # more than what is left of the envelope
    GRANT = "grant"  # more would be paid than was granted
    PAID = "paid"  # more would come back, or be cancelled, than was paid
    BELOW_PAID = "below_paid"  # the grant would be less than what was paid


class Fault(ValueError):
    """A movement that the books do not take: which `rule`, and the `most` that it would take."""

    def __init__(self, rule: Rule, most: Decimal = ZERO) -> None:
        super().__init__(f"{rule}: at most {most}")
        self.rule, self.most = rule, most


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted with its amendments, what went out and what came back; cancelled movements are in none."""

    granted: Decimal = ZERO
    sent: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        """What the payee holds: what went out less what came back."""
        return self.sent - self.returned

    @property
    def to_pay(self) -> Decimal:
        """What is granted and not paid."""
        return self.granted - self.paid

    @property
    def is_settled(self) -> bool:
        """Whether what was granted is what was paid, to the cent."""
        return self.granted == self.paid

    def amended(self, change: Decimal) -> "Grant":
        """The account once the grant changed by `change`, more or less."""
        if not change:
            raise Fault(Rule.NOTHING)
        if self.granted + change < self.paid:
            raise Fault(Rule.BELOW_PAID, self.to_pay)
        return replace(self, granted=self.granted + change)

    def with_payment(self, amount: Decimal) -> "Grant":
        """The account once `amount` went out."""
        _positive(amount)
        if amount > self.to_pay:
            raise Fault(Rule.GRANT, self.to_pay)
        return replace(self, sent=self.sent + amount)

    def with_refund(self, amount: Decimal) -> "Grant":
        """The account once `amount` came back."""
        _positive(amount)
        if amount > self.paid:
            raise Fault(Rule.PAID, self.paid)
        return replace(self, returned=self.returned + amount)

    def without_payment(self, amount: Decimal) -> "Grant":
        """The account once a payment of `amount` is cancelled: what came back since must not be more than what remains."""
        if amount > self.paid:
            raise Fault(Rule.PAID, self.paid)
        return replace(self, sent=self.sent - amount)

    def without_refund(self, amount: Decimal) -> "Grant":
        """The account once a refund of `amount` is cancelled: what was paid must not pass what is granted."""
        if amount > self.to_pay:
            raise Fault(Rule.GRANT, self.to_pay)
        return replace(self, returned=self.returned - amount)


@dataclass(frozen=True, slots=True)
class Movement:
    """What of a grant changed on a day: how much more (or less) was granted, and how much more (or less) the payee held."""

    on: date
    granted: Decimal = ZERO
    paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Evening:
    """A grant at the end of a day on which it moved."""

    on: date
    granted: Decimal
    paid: Decimal

    @property
    def stands(self) -> bool:
        """Whether nothing was paid that was not granted, nor given back that was not paid."""
        return ZERO <= self.paid <= self.granted


def each_day(movements: Iterable[Movement]) -> list[Evening]:
    """The grant at the end of each day on which it moved, in order; `movements` in any order."""
    days: dict[date, list[Movement]] = {}
    for movement in movements:
        days.setdefault(movement.on, []).append(movement)
    granted = paid = ZERO
    found = []
    for on in sorted(days):
        granted += sum((movement.granted for movement in days[on]), ZERO)
        paid += sum((movement.paid for movement in days[on]), ZERO)
        found.append(Evening(on, granted, paid))
    return found


@dataclass(frozen=True, slots=True)
class Envelope:
    """The money of a fund or of a call, and what of it was granted and paid."""

    amount: Decimal
    committed: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What may still be granted. Less than zero only where the envelope itself was made smaller than what was granted."""
        return self.amount - self.committed

    @property
    def to_pay(self) -> Decimal:
        """What is granted and not paid."""
        return self.committed - self.paid

    def committing(self, change: Decimal) -> "Envelope":
        """The envelope once `change` more (or less) is granted. More is refused beyond what is left; less never is."""
        if change > 0 and change > self.left:
            raise Fault(Rule.ENVELOPE, max(self.left, ZERO))
        return replace(self, committed=self.committed + change)


def envelope_of(amount: Decimal, grants: Iterable[Grant]) -> Envelope:
    """The envelope of `amount` with what these grants take of it."""
    committed = paid = ZERO
    for grant in grants:
        committed += grant.granted
        paid += grant.paid
    return Envelope(amount, committed, paid)


def _positive(amount: Decimal) -> None:
    if amount <= 0:
        raise Fault(Rule.NOTHING)
