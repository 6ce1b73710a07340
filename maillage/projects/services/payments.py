"""Money goes to the payee, comes back, or was written by mistake: the grant is never passed, nothing is erased."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.typography import day
from maillage.projects.enums import ApplicationState, PaymentKind
from maillage.projects.grant_books import account_of, moved, refuse_days
from maillage.projects.grant_rights import can_decide
from maillage.projects.identities import names_around, refuse_identities
from maillage.projects.ledger import Movement
from maillage.projects.models import Application, Payment

from .application_steps import held_application

_PAYING = (ApplicationState.AGREED, ApplicationState.REPORTED)


@transaction.atomic
def pay(
    *,
    actor: Any,
    application: Application,
    amount: Decimal,
    on: date,
    kind: str = PaymentKind.PAYMENT,
    reference: str = "",
) -> Payment:
    """Write a payment to the payee of `application`, or a refund by it.

    Raises `NotAllowed`, and `Refused`: the letter is not signed, all is closed, more than what is left to pay (or, of a refund, than
    what was paid), a day to come or before the signature.
    """
    require(can_decide(actor, application))
    if kind not in PaymentKind.values:
        raise Refused(_("Dites s'il s'agit d'un versement ou d'un remboursement."), on="kind")
    held = held_application(application=application)
    _may_move(held)
    if on > timezone.localdate():
        raise Refused(_("Un versement s'inscrit quand il est fait : la date est à venir."), on="on")
    if held.agreed_on is not None and on < held.agreed_on:
        raise Refused(
            _("L'argent suit la signature de la lettre, le %s : vérifiez la date.") % day(held.agreed_on), on="on"
        )
    # A cheque or a transfer has a number: only a name is looked for.
    refuse_identities({"reference": re.sub(r"[0-9]", "", reference)}, known=lambda: names_around(held), confirmed=None)
    account = account_of(held)
    moved(lambda: account.with_payment(amount) if kind == PaymentKind.PAYMENT else account.with_refund(amount))
    refuse_days(held, Movement(on, paid=amount if kind == PaymentKind.PAYMENT else -amount))
    payment = Payment(
        application=held, kind=kind, amount=amount, on=on, reference=reference.strip(), by_label=str(actor)[:200]
    )
    payment.full_clean()
    payment.save()
    verb = "projects.payment_made" if kind == PaymentKind.PAYMENT else "projects.refund_noted"
    audit(actor=actor, verb=verb, obj=held, changes={"amount": ["", str(amount)]})
    return payment


@transaction.atomic
def cancel_payment(*, actor: Any, payment: Payment, reason: str) -> Payment:
    """A payment or a refund was written by mistake: it stays, crossed out, with the reason.

    Raises `NotAllowed`, and `Refused`: no reason, already cancelled, all is closed, or what came back since rests on it.
    """
    require(can_decide(actor, payment.application))
    held = held_application(application=payment.application)
    _may_move(held)
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Refused(_("Dites pourquoi ce versement est annulé, en 300 caractères au plus."), on="reason")
    found = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if found.cancelled_at is not None:
        raise Refused(_("Ce versement est déjà annulé."))
    refuse_identities({"reason": reason}, known=lambda: names_around(held), confirmed=None)
    account = account_of(held)
    sent = found.kind == PaymentKind.PAYMENT
    moved(lambda: account.without_payment(found.amount) if sent else account.without_refund(found.amount))
    refuse_days(held, without=found)
    found.cancelled_at, found.cancel_reason = timezone.now(), reason
    found.save(update_fields=["cancelled_at", "cancel_reason"])
    audit(actor=actor, verb="projects.payment_cancelled", obj=held, changes={"amount": [str(found.amount), ""]})
    return found


def _may_move(held: Application) -> None:
    if held.state == ApplicationState.GRANTED:
        raise Refused(_("La lettre d'entente n'est pas signée : notez la signature avant de verser."))
    if held.state not in _PAYING:
        raise Refused(_("Aucun argent ne bouge à l'étape « %s ».") % held.get_state_display())
