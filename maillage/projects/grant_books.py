"""The books as the database holds them: an application's account, a fund's and a call's envelope (see `ledger.py`)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.core.typography import day

from .amounts import ZERO, dollars
from .enums import PaymentKind
from .grant_rights import SUPPORTED
from .ledger import Envelope, Fault, Grant, Movement, Rule, each_day
from .models import Application, Call, Fund, Payment

T = TypeVar("T")
_SENT, _BACK = Q(kind=PaymentKind.PAYMENT), Q(kind=PaymentKind.REFUND)


def account_of(application: Application) -> Grant:
    """The account of `application`; its payments in one query."""
    sums = _sums(Payment.objects.filter(application=application))
    return Grant(application.granted or ZERO, *sums)


def refuse_days(application: Application, *more: Movement, without: Payment | None = None) -> None:
    """Raise `Refused` when, with `more` and `without` a payment, more was paid than granted (or given back than paid) on some evening."""
    given = application.decisions.exclude(amount=0).order_by().values_list("decided_on", "amount")
    changed = application.amendments.order_by().values_list("decided_on", "change")
    money = application.payments.filter(cancelled_at=None).order_by()
    if without is not None:
        money = money.exclude(pk=without.pk)
    written = [Movement(on, granted=amount) for on, amount in given.union(changed, all=True)]
    for on, amount, kind in money.values_list("on", "amount", "kind"):
        written.append(Movement(on, paid=amount if kind == PaymentKind.PAYMENT else -amount))
    fallen = next((evening for evening in each_day([*written, *more]) if not evening.stands), None)
    if fallen is None:
        return
    told = {"day": day(fallen.on), "paid": dollars(fallen.paid), "granted": dollars(fallen.granted)}
    if fallen.paid < 0:
        raise Refused(_("Le %(day)s, il serait revenu plus d'argent qu'il n'en était versé : vérifiez la date.") % told)
    raise Refused(
        _("Le %(day)s, %(paid)s seraient versés alors que %(granted)s étaient accordés : vérifiez la date.") % told
    )


def fund_envelope(fund: Fund) -> Envelope:
    """The envelope of `fund`; two queries."""
    return _envelope(fund.envelope, Application.objects.filter(call__fund=fund))


def paid_of(fund: Fund) -> Decimal:
    """What was paid of the envelope of `fund`, less what came back; one query."""
    sent, back = _sums(Payment.objects.filter(application__call__fund=fund))
    return sent - back


def left_of(fund: Fund) -> Decimal:
    """What of the envelope of `fund` may still be granted; one query."""
    supported = Application.objects.filter(call__fund=fund, state__in=SUPPORTED).order_by()
    return fund.envelope - (supported.aggregate(total=Sum("granted"))["total"] or ZERO)


def call_envelope(call: Call) -> Envelope | None:
    """The envelope of `call`, when it has one of its own."""
    return None if call.envelope is None else _envelope(call.envelope, Application.objects.filter(call=call))


def _envelope(amount: Decimal, applications: QuerySet[Application]) -> Envelope:
    supported = applications.filter(state__in=SUPPORTED).order_by()
    committed = supported.aggregate(total=Sum("granted"))["total"] or ZERO
    sent, back = _sums(Payment.objects.filter(application__in=supported.values("pk")))
    return Envelope(amount, committed, sent - back)


def _sums(payments: QuerySet[Payment]) -> tuple[Decimal, Decimal]:
    living = payments.filter(cancelled_at=None).order_by()
    sums: dict[str, Any] = living.aggregate(sent=Sum("amount", filter=_SENT), back=Sum("amount", filter=_BACK))
    return sums["sent"] or ZERO, sums["back"] or ZERO


def moved(work: Callable[[], T]) -> T:
    """What the movement `work` of the books answers. Raises `Refused` with a sentence when they do not take it."""
    try:
        return work()
    except Fault as fault:
        raise Refused(_sentence(fault), on="amount") from fault


def _sentence(fault: Fault) -> str:
    most = dollars(fault.most)
    if fault.rule is Rule.NOTHING:
        return _("Donnez un montant plus grand que zéro.")
    if fault.rule is Rule.ENVELOPE:
        return _("L'enveloppe ne le permet pas : il en reste %s. Accordez moins, ou agrandissez-la d'abord.") % most
    if fault.rule is Rule.GRANT:
        return _("C'est plus que ce qui est accordé : il reste %s à verser.") % most
    if fault.rule is Rule.PAID:
        return _("C'est plus que ce que l'organisme a reçu : %s.") % most
    return _("Le montant accordé serait plus petit que ce qui est déjà versé : retirez au plus %s.") % most
