"""What was granted to an application and what became of it, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import ZERO
from .enums import PaymentKind
from .ledger import Grant
from .models import Application, GrantAmendment, GrantDecision, Payment


@dataclass(frozen=True, slots=True)
class GrantPage:
    """Decisions, amendments and payments of an application, and its account."""

    decisions: Sequence[GrantDecision]
    amendments: Sequence[GrantAmendment]
    payments: Sequence[Payment]
    account: Grant

    @property
    def decision(self) -> GrantDecision | None:
        """The decision that holds: the last one."""
        return self.decisions[-1] if self.decisions else None


def grant_page(application: Application) -> GrantPage:
    """The page of `application`; three queries."""
    payments = list(application.payments.order_by("on", "id"))
    living = [payment for payment in payments if payment.cancelled_at is None]
    sent = sum((one.amount for one in living if one.kind == PaymentKind.PAYMENT), ZERO)
    back = sum((one.amount for one in living if one.kind == PaymentKind.REFUND), ZERO)
    return GrantPage(
        list(application.decisions.select_related("meeting").order_by("decided_on", "id")),
        list(application.amendments.order_by("decided_on", "id")),
        payments,
        Grant(application.granted or ZERO, sent, back),
    )
