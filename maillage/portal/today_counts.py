"""What waits for a person in numbers: promises to groups, actions of plans, applications, invitations; all counted in one query."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from maillage.accounts.models import User
from maillage.concertation.enums import ANIMATING, FollowUpState
from maillage.concertation.models import FollowUp, Member
from maillage.core.typography import number
from maillage.projects.enums import ApplicationState, FundingState
from maillage.projects.models import Action, Application, Fund, FundingRequest, Project

SOON_DAYS = 7  # a promise or a date to ask by is told of so long before its day


class Counted(Subquery):
    """How many rows a query would give, inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that may wait: what is counted for a person, the sentence, the page, the verb on its button."""

    code: str
    rows: Callable[[Any], QuerySet[Any]]
    text: Any
    page: str
    verb: str | Promise
    state: str = ""  # the page shows those that stand there


def _seats(actor: Any) -> QuerySet[Member]:
    return Member.objects.current().filter(person__user_id=actor.pk).order_by()


def _promised(actor: Any) -> QuerySet[Any]:
    soon = timezone.localdate() + timedelta(days=SOON_DAYS)
    return FollowUp.objects.filter(state=FollowUpState.OPEN, due_on__lte=soon, members__in=_seats(actor).values("pk"))


def _late_actions(actor: Any) -> QuerySet[Any]:
    return Action.objects.late().filter(members__in=_seats(actor).values("pk"))


def _carried(actor: Any) -> QuerySet[Any]:
    """The projects that the person leads, or whose group they animate."""
    led = Project.objects.filter(people__person__user_id=actor.pk, people__role="lead")
    animated = _seats(actor).filter(role__in=ANIMATING).values("group")
    return (led | Project.objects.filter(group__in=animated)).order_by().values("pk")


def _returned(actor: Any) -> QuerySet[Any]:
    return Application.objects.filter(state=ApplicationState.RETURNED, project__in=_carried(actor))


def _reports(actor: Any) -> QuerySet[Any]:
    ended = Application.objects.filter(state=ApplicationState.AGREED, ends_on__lt=timezone.localdate())
    return ended.filter(project__in=_carried(actor))


def _received(actor: Any) -> QuerySet[Any]:
    mine = Fund.objects.managed_by(actor).order_by().values("pk")
    waiting = (ApplicationState.SUBMITTED, ApplicationState.REPORTED)
    return Application.objects.filter(state__in=waiting, call__fund__in=mine)


def _to_score(actor: Any) -> QuerySet[Any]:
    seats = _seats(actor)
    read = Application.objects.filter(state=ApplicationState.REVIEWED, call__fund__committee__in=seats.values("group"))
    mine = seats.values("pk")
    return read.exclude(scores__member__in=mine).exclude(conflicts__member__in=mine)


def _to_decide(actor: Any) -> QuerySet[Any]:
    """Applications with somebody's scores, of funds that the person manages; one that still waits for theirs is told of above."""
    mine = Fund.objects.managed_by(actor).order_by().values("pk")
    read = Application.objects.filter(state=ApplicationState.REVIEWED, call__fund__in=mine, scores__isnull=False)
    return read.exclude(pk__in=_to_score(actor).values("pk"))


def _to_ask(actor: Any) -> QuerySet[Any]:
    today = timezone.localdate()
    due = FundingRequest.objects.filter(state=FundingState.TO_MAKE, due_on__range=(today, today + timedelta(days=30)))
    return due.filter(project__in=_carried(actor))


KINDS: tuple[Kind, ...] = (
    Kind(
        "promised",
        _promised,
        ngettext_lazy(
            "%(count)s chose promise à un groupe arrive à échéance.",
            "%(count)s choses promises à des groupes arrivent à échéance.",
            "number",
        ),
        "concertation:my_follow_ups",
        _("Suivre"),
    ),
    Kind(
        "late_actions",
        _late_actions,
        ngettext_lazy(
            "%(count)s action d'un plan a passé son échéance.",
            "%(count)s actions de plans ont passé leur échéance.",
            "number",
        ),
        "projects:my_actions",
        _("Voir"),
    ),
    Kind(
        "returned",
        _returned,
        ngettext_lazy(
            "%(count)s demande de soutien est à compléter.", "%(count)s demandes de soutien sont à compléter.", "number"
        ),
        "projects:applications",
        _("Compléter"),
        ApplicationState.RETURNED,
    ),
    Kind(
        "reports",
        _reports,
        ngettext_lazy(
            "%(count)s projet soutenu est fini : son rapport est attendu.",
            "%(count)s projets soutenus sont finis : leurs rapports sont attendus.",
            "number",
        ),
        "projects:applications",
        _("Rendre compte"),
        ApplicationState.AGREED,
    ),
    Kind(
        "received",
        _received,
        ngettext_lazy(
            "%(count)s demande ou rapport attend la coordination de la mesure.",
            "%(count)s demandes ou rapports attendent la coordination de la mesure.",
            "number",
        ),
        "projects:applications",
        _("Lire"),
    ),
    Kind(
        "to_score",
        _to_score,
        ngettext_lazy(
            "%(count)s demande de soutien attend votre lecture.",
            "%(count)s demandes de soutien attendent votre lecture.",
            "number",
        ),
        "projects:applications",
        _("Évaluer"),
        ApplicationState.REVIEWED,
    ),
    Kind(
        "to_decide",
        _to_decide,
        ngettext_lazy(
            "%(count)s demande de soutien évaluée attend sa décision.",
            "%(count)s demandes de soutien évaluées attendent leur décision.",
            "number",
        ),
        "projects:applications",
        _("Décider"),
        ApplicationState.REVIEWED,
    ),
    Kind(
        "to_ask",
        _to_ask,
        ngettext_lazy(
            "%(count)s demande de financement est à déposer d'ici trente jours.",
            "%(count)s demandes de financement sont à déposer d'ici trente jours.",
            "number",
        ),
        "projects:funding_sources",
        _("Voir"),
    ),
)


def waiting_in_numbers(actor: Any) -> Iterator[tuple[str, str, str]]:
    """What waits for `actor`, each a sentence, an address and a verb; one query for all."""
    counts = {kind.code: Counted(kind.rows(actor).order_by().values("pk").distinct()) for kind in KINDS}
    found = User.objects.filter(pk=actor.pk).values(**counts).first() or {}
    for kind in KINDS:
        if count := found.get(kind.code):
            address = reverse(kind.page) + (f"?etat={kind.state}" if kind.state else "")
            yield kind.text % {"number": count, "count": number(count)}, address, str(kind.verb)
