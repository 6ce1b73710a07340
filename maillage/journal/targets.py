"""To whom a referral leads: a service of the directory or an organization, by the name that the form shows and reads.

A service is called « Dépannage alimentaire (Moisson Imaginaire) »: several organizations offer one of the same name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from maillage.core.text import fold
from maillage.directory.models import Organization, Service
from maillage.directory.searching import Question, search_services
from maillage.programs.models import Program

from .drafts import ReferralDraft
from .models import Referral

LONGEST = 520  # characters of a name that is read
MOST_SEEN = 20  # services of which the name is compared
_AT = re.compile(r" \(")


@dataclass(frozen=True, slots=True)
class Target:
    """An organization of the directory and, when it is known, its service."""

    organization_id: int
    service_id: int | None = None


def service_name(service: str, organization: str) -> str:
    """How a service is called in a form."""
    return f"{service} ({organization})"


class Targets:
    """Names of services and organizations, read when they are needed. `organizations` gives the numbers of active
    organizations by folded name and acronym."""

    def __init__(self, organizations: Callable[[], Mapping[str, int]]) -> None:
        self._organizations = organizations
        self._names: dict[tuple[int | None, int | None], str] = {}
        self._of_service: dict[int, int] = {}
        self._borne: dict[str, Target] = {}

    def know(self, rows: Iterable[ReferralDraft]) -> None:
        """Read at once the names of what these rows name."""
        wanted = {(row.organization_id, row.service_id) for row in rows if row.organization_id or row.service_id}
        wanted -= self._names.keys()
        services = {service for _organization, service in wanted if service}
        found = {}
        if services:
            names = Service.objects.filter(pk__in=services).order_by("id")
            for number, name, home, called in names.values_list("pk", "name", "organization_id", "organization__name"):
                self._of_service[number] = home
                found[number] = service_name(name, called)
        numbers = {number for number, _service in wanted if number}
        rows_of = Organization.objects.filter(pk__in=numbers).order_by("id").values_list("pk", "name")
        called_so = dict(rows_of) if numbers else {}
        for organization, service in wanted:
            name = found.get(service or 0, "") if service else called_so.get(organization or 0, "")
            self._names[organization, service] = name

    def read(self, referrals: Iterable[Referral]) -> None:
        """The same from rows that were read with their organizations and services: nothing is asked again."""
        for one in referrals:
            name = one.organization.name if one.organization else ""
            if one.service:
                self._of_service[one.service.pk] = one.service.organization_id
                name = service_name(one.service.name, one.service.organization.name)
            self._names[one.organization_id, one.service_id] = name

    def bear(self, rows: Iterable[ReferralDraft]) -> None:
        """Let these names be read back, even those of what is closed or no longer offered."""
        listed = [row for row in rows if row.organization_id or row.service_id]
        self.know(listed)
        for row in listed:
            organization = self.organization_of(row)
            if organization and (name := self.name_of(row)):
                self._borne[fold(name)] = Target(organization, row.service_id)

    def name_of(self, row: ReferralDraft) -> str:
        """The name that the form shows; "" where nothing is named, or what is named is no more."""
        if not (row.organization_id or row.service_id):
            return ""
        if (row.organization_id, row.service_id) not in self._names:
            self.know([row])
        return self._names[row.organization_id, row.service_id]

    def organization_of(self, row: ReferralDraft) -> int | None:
        """The organization of a row: that of its service when it names one."""
        if row.service_id is None:
            return row.organization_id
        self.name_of(row)
        return self._of_service.get(row.service_id)

    def named(self, text: str) -> list[Target]:
        """What bears exactly this name or acronym, whatever the case and the accents: one when it is sure, several
        services when their organization must be said, nothing when the directory has none."""
        text = " ".join(text.replace("\0", " ").split())[:LONGEST]
        wanted = fold(text)
        if borne := self._borne.get(wanted):
            return [borne]
        if number := self._organizations().get(wanted):
            return [Target(number)]
        return self._services(text) or self._services_folded(wanted) or _found(wanted)

    def _services(self, text: str) -> list[Target]:
        """The services called so, letter by letter: by their name alone, or with their organization."""
        asked = Q(name=text)
        for cut in _AT.finditer(text) if text.endswith(")") else ():
            asked |= Q(name=text[: cut.start()], organization__name=text[cut.end() : -1])
        found = Service.objects.offered().filter(asked).order_by("id").values_list("pk", "organization_id")
        return _distinct(Target(organization, service) for service, organization in found[:50])

    def _services_folded(self, wanted: str) -> list[Target]:
        """The same when an organization known by its folded name is said, whatever the accents."""
        if not wanted.endswith(")"):
            return []
        known = self._organizations()
        cuts = {
            known[end]: wanted[: cut.start()]
            for cut in _AT.finditer(wanted)
            if (end := wanted[cut.end() : -1]) in known
        }
        if not cuts:
            return []
        offered = Service.objects.offered().filter(organization__in=cuts).order_by("id")
        found = offered.values_list("pk", "organization_id", "name")
        return _distinct(Target(there, number) for number, there, name in found if fold(name) == cuts[there])[:1]


def _found(wanted: str) -> list[Target]:
    """Services that the search of the directory finds under this very name, whatever the case and the accents."""
    seen = search_services(Question(words=wanted), AnonymousUser(), size=MOST_SEEN).ids
    rows = Service.objects.offered().filter(pk__in=seen).order_by("id").values_list("pk", "organization_id", "name")
    return _distinct(Target(organization, number) for number, organization, name in rows if fold(name) == wanted)


def names_like(text: str, limit: int = 10) -> list[str]:
    """Names that somebody who types `text` may mean: organizations first that bear its words, then services, found as
    the search of the directory finds them."""
    organizations = [organization.name for organization in organizations_like(text, limit // 2)]
    if len(fold(text)) < 2:
        return organizations
    ids = search_services(Question(words=text), AnonymousUser(), size=limit - len(organizations)).ids
    rows = Service.objects.filter(pk__in=ids).order_by("id").values_list("pk", "name", "organization__name")
    services = {number: service_name(name, organization) for number, name, organization in rows}
    return [*organizations, *(services[number] for number in ids if number in services)]


def organizations_like(text: str, limit: int = 10) -> list[Organization]:
    """Active organizations whose name or acronym holds every word of `text`, those that begin with it first."""
    words = fold(text).split()
    if not words:
        return []
    found = []
    for organization in Organization.objects.active().only("name", "short_name").order_by("name", "id"):
        name = fold(f"{organization.name} {organization.short_name}")
        if all(word in name for word in words):
            found.append((not name.startswith(words[0]), organization))
    return [organization for _late, organization in sorted(found, key=lambda pair: pair[0])[:limit]]


def usual_names(program: Program, limit: int = 30) -> list[str]:
    """Names of what this programme's workers refer to the most."""
    rows = Referral.objects.filter(entry__program=program, entry__deleted_at=None, organization__closed_on=None)
    told = rows.exclude(organization=None).order_by().values_list("organization__name", "service__name")
    counts = told.annotate(times=Count("id")).order_by("-times", "organization__name", "service__name")[:limit]
    return [service_name(service, name) if service else name for name, service, _times in counts]


def _distinct(found: Iterable[Target]) -> list[Target]:
    """The first service of each organization."""
    once: dict[int, Target] = {}
    for target in found:
        once.setdefault(target.organization_id, target)
    return list(once.values())
