"""What keeps the demonstration's directory alive: who keeps a sheet, a pair, an address in trouble, links and raised needs."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.core.public_address import public_url
from maillage.directory.enums import AffiliationRole, TroubleKind
from maillage.directory.models import Affiliation, Person, SavedSearch, Service, ServicePair, SheetTrouble
from maillage.journal.enums import LoopState, RaisedState
from maillage.journal.models import Referral
from maillage.journal.services import UnmetAsked, answer_need, raise_need, send_to_receiver
from maillage.programs.models import Program

from .directory import Directory

LINKS = 3


def load(users: Mapping[str, User], program: Program, directory: Directory, today: date) -> None:
    """One of each thing that a page of the directory or of the referrals can show."""
    _people(users, directory)
    _to_look_at(directory, today)
    _searches(users["intervenante"])
    _links(users["coordination"], program, today)
    _needs(users["coordination"], program, today)


def _people(users: Mapping[str, User], directory: Directory) -> None:
    """The person who keeps a sheet, and one who belongs to several organizations, with roles and dates."""
    kept = directory.by_key["food-25/depannage"].organization
    editor = users["organisme"]
    person = Person.objects.create(name=editor.full_name, email=editor.email, user=editor)
    Affiliation.objects.create(
        person=person, organization=kept, role=AffiliationRole.EDITOR, function="Adjointe", start=date(2024, 9, 3)
    )
    other = Person.objects.create(name="Lysandre Tilleul", email="lysandre@heurtoir.exemple.test", is_listed=True)
    lines = (
        ("heurtoir-25/droits", AffiliationRole.DIRECTOR, "Direction", date(2019, 4, 1), None),
        ("plume-31/lecture", AffiliationRole.BOARD, "Présidence", date(2020, 6, 1), date(2024, 6, 15)),
        ("ancrage-25/groupe", AffiliationRole.BOARD, "Secrétariat", date(2024, 10, 1), None),
    )
    for key, role, function, start, end in lines:
        Affiliation.objects.create(
            person=other,
            organization=directory.by_key[key].organization,
            role=role,
            function=function,
            start=start,
            end=end,
        )


def _to_look_at(directory: Directory, today: date) -> None:
    """An address that does not answer, an e-mail that does not arrive, two sheets that say the same."""
    seen = timezone.make_aware(datetime.combine(today - timedelta(days=4), time(3, 10)))
    broken: tuple[tuple[Service, str, str, str], ...] = (
        (directory.by_key["semeurs-31/recherche"], TroubleKind.WEBSITE, "website", "La page n'existe plus (404)."),
        (directory.by_key["cerises-33/halte"], TroubleKind.EMAIL, "email", "Ce domaine ne reçoit pas de courriel."),
    )
    for service, kind, field, reason in broken:
        value = getattr(service, field) or f"https://ancien.exemple.test/{service.short_code}"
        SheetTrouble.objects.create(service=service, kind=kind, value=value, reason=reason, found_at=seen, times=3)
    low, high = sorted((directory.by_key["food-25/depannage"], directory.by_key["jumeau"]), key=lambda one: one.pk)
    reasons = ["name", "organization", "phone"]
    ServicePair.objects.create(low=low, high=high, likeness=92, reasons=reasons)


def _searches(user: User) -> None:
    SavedSearch.objects.create(user=user, name="Manger à Lévis", query="q=aide+alimentaire+L%C3%A9vis")


def _links(coordinator: User, program: Program, today: date) -> None:
    """The latest referrals that were transferred are in the hands of their receivers."""
    found = Referral.objects.filter(entry__program=program, state=LoopState.GIVEN, kind__code="transferred")
    recent = found.exclude(organization=None).order_by("-entry__date", "-pk")[:LINKS]
    for referral in recent:
        service = referral.service
        email = service.email if service else ""
        send_to_receiver(
            actor=coordinator,
            referral=referral,
            address=lambda token: public_url(reverse("journal:receiver", args=[token])),
            email=email,
            agreed=True,
        )


def _needs(coordinator: User, program: Program, today: date) -> None:
    """Two needs before the groups: one waits, one was answered."""
    lines = (
        ("mental_health", "L'attente en santé mentale décourage des personnes qui avaient accepté de l'aide.", ""),
        ("furniture", "Rien ne permet de meubler un logement à petit prix hors de la Beauce.", RaisedState.ANSWERED),
    )
    for code, statement, state in lines:
        asked = UnmetAsked(program, {"besoin": code}, exact=True, today=today)
        need = raise_need(actor=coordinator, asked=asked, statement=statement)
        if state:
            answer_need(actor=coordinator, need=need, state=state)
