"""Messages about applications: a fund hears of one that came, those who carry it hear that something is to be said better."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Member
from maillage.core.public_address import public_url
from maillage.core.services import queue_mail
from maillage.programs.models import Membership, Program
from maillage.projects.enums import ProjectRole
from maillage.projects.models import Application, ProjectPerson

TOPIC = "support"
NEWS = timedelta(days=60)


def tell_fund(*, application: Application, on: date, what: str = "submitted") -> None:
    """Tell those who coordinate the fund's programme that the application came `on` this day, or its final report (`reported`)."""
    _tell(application, _coordinators(application.call.fund.program), what, on)


def tell_carriers(*, application: Application, on: date, what: str = "returned") -> None:
    """Tell those who carry the project that the application is to be completed, was `decided`, or that its report is `asked_again`."""
    project = application.project
    leads = ProjectPerson.objects.filter(project=project, role=ProjectRole.LEAD).select_related("person__user")
    people = {lead.person.user for lead in leads.order_by("id")}
    if project.group is not None:
        animating = Q(group=project.group, role__in=ANIMATING)
        seats = Member.objects.current().filter(animating).select_related("person__user").order_by("id")
        people |= {seat.person.user for seat in seats}
    elif project.program is not None:
        people |= _coordinators(project.program)
    _tell(application, people, what, on)


def _coordinators(program: Program) -> set[Any]:
    seats = Membership.objects.current().filter(program=program, role="coordinator")
    return {seat.user for seat in seats.select_related("user").order_by("id")}


def _tell(application: Application, people: Iterable[Any], what: str, on: date) -> None:
    """Write to `people`, but of what happened long ago: a history that is entered today is no news."""
    if on < timezone.localdate() - NEWS:
        return
    for user in sorted((one for one in people if one), key=lambda one: one.pk):
        if not user.is_active or not user.email:
            continue
        with translation.override(user.language):
            subjects = {
                "submitted": _("Une demande de soutien est déposée : %s"),
                "returned": _("Votre demande de soutien est à compléter : %s"),
                "decided": _("Le comité a décidé de votre demande de soutien : %s"),
                "reported": _("Un rapport final est déposé : %s"),
                "asked_again": _("Votre rapport final est à compléter : %s"),
            }
            link = public_url(reverse("projects:application", args=[application.uid]))
            shown = {"application": application, "link": link, "what": what}
            queue_mail(
                event=f"application.{application.uid}.{what}.{application.revision}",
                topic=TOPIC,
                to=user.email,
                subject=subjects[what] % application.project.name,
                text=render_to_string("projects/mail/application.txt", shown),
                language=user.language,
            )
