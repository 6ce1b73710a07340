"""What waits for those who keep a fund and for its committee, in numbers, each with the list of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from maillage.core.typography import number

from .enums import ApplicationState, PaymentKind
from .models import Application, Fund, Payment

_S = ApplicationState
# What waits: the state where it stands, and its sentence.
_WAITING: tuple[tuple[str, str, Any], ...] = (
    ("submitted", _S.SUBMITTED, ngettext_lazy("%(n)s demande déposée à lire", "%(n)s demandes déposées à lire", "number")),
    ("deferred", _S.DEFERRED, ngettext_lazy("%(n)s demande reportée à remettre au comité", "%(n)s demandes reportées à remettre au comité", "number")),
    ("reviewed", _S.REVIEWED, ngettext_lazy("%(n)s demande attend la décision du comité", "%(n)s demandes attendent la décision du comité", "number")),
    ("granted", _S.GRANTED, ngettext_lazy("%(n)s lettre d'entente à signer", "%(n)s lettres d'entente à signer", "number")),
    ("to_pay", _S.AGREED, ngettext_lazy("%(n)s soutien à verser, en tout ou en partie", "%(n)s soutiens à verser, en tout ou en partie", "number")),
    ("late", _S.AGREED, ngettext_lazy("%(n)s rapport final en retard", "%(n)s rapports finaux en retard", "number")),
    ("reported", _S.REPORTED, ngettext_lazy("%(n)s rapport final à lire", "%(n)s rapports finaux à lire", "number")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence with its number, and the address of the list where they are."""

    sentence: str
    href: str


def waiting_of(fund: Fund) -> list[Waiting]:
    """What waits for the keepers of `fund`, in the order of an application's life; one query."""
    living = Payment.objects.filter(application=OuterRef("pk"), cancelled_at=None).order_by().values("application")
    paid = {
        kind: Coalesce(Subquery(living.filter(kind=kind).annotate(total=Sum("amount")).values("total")), 0)
        for kind in PaymentKind.values
    }
    agreed = Q(state=_S.AGREED)
    owed = agreed & Q(granted__gt=F("sent") - F("returned"))
    counted = {code: Q(state=state) for code, state, _text in _WAITING}
    counted |= {"to_pay": owed, "late": agreed & Q(call__report_due_on__lt=timezone.localdate())}
    found = (
        Application.objects.filter(call__fund=fund)
        .annotate(sent=paid[PaymentKind.PAYMENT], returned=paid[PaymentKind.REFUND])
        .aggregate(**{f"waiting_{code}": Count("pk", filter=rule) for code, rule in counted.items()})
    )
    listed = reverse("projects:applications")
    return [
        Waiting(text % {"number": many, "n": number(many)}, f"{listed}?mesure={fund.slug}&etat={state}")
        for code, state, text in _WAITING
        if (many := found[f"waiting_{code}"])
    ]
