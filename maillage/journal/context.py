"""What a programme lets an entry say: its sites, people, territory and codes, read once for many drafts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from maillage.directory.models import Organization, TenantBody
from maillage.programs.enums import TEAM
from maillage.programs.models import Membership, Program, Term
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

from .models import Entry
from .screening import place_keys


@dataclass
class DraftContext:
    """Lookups for the drafts of one programme. Each is one query, made when it is first needed."""

    program: Program
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def sites(self) -> dict[int, HousingSite]:
        """Covered sites by number, each with the name of its municipality as `town` (None where it has none)."""
        found = HousingSite.objects.filter(program_sites__program=self.program).annotate(town=F("municipality__name"))
        kept = found.only("uid", "name", "tenure", "mrc_id", "search", "closed_on")
        return {site.pk: site for site in kept.order_by("name", "id")}

    @cached_property
    def team(self) -> dict[int, Membership]:
        """Memberships that write the journal, former ones included, by number."""
        return {m.pk: m for m in self.program.memberships.filter(role__in=TEAM).order_by("label", "id")}

    @cached_property
    def mrcs(self) -> dict[int, Division]:
        """The MRC of the programme's territory by number; every MRC where the programme has no territory."""
        found = Division.objects.at(Level.MRC)
        if self.program.territory_id:
            home = self.program.territory_id
            found = found.filter(
                Q(pk=home)
                | Q(parent=home)
                | Q(parent__parent=home)
                | Q(pk__in=Division.objects.filter(pk=home).values("parent"))
                | Q(pk__in=self._covered.values("mrc"))
            )
        return {division.pk: division for division in found.only("code", "name").order_by("name", "id")}

    @cached_property
    def terms(self) -> dict[tuple[str, str], Term]:
        """Terms of the frame by vocabulary and code, in their order."""
        found = Term.objects.filter(frame=self.program.frame_id).defer("definition").order_by("position", "id")
        return {(term.vocabulary, term.code): term for term in found}

    @cached_property
    def vocabularies(self) -> dict[str, list[Term]]:
        """Terms by vocabulary, in their order."""
        found: dict[str, list[Term]] = {}
        for term in self.terms.values():
            found.setdefault(term.vocabulary, []).append(term)
        return found

    @cached_property
    def tenant_bodies(self) -> dict[int, TenantBody]:
        """Tenants' bodies of covered sites, and of the owners of these sites, by number."""
        owners = Organization.objects.filter(ownerships__site__in=self._covered).order_by()
        of_sites = TenantBody.sites.through.objects.filter(housingsite__in=self._covered).order_by()
        found = TenantBody.objects.filter(Q(pk__in=of_sites.values("tenantbody")) | Q(organization__in=owners))
        return {body.pk: body for body in found.only("name").order_by("name", "id")}

    @property
    def _covered(self) -> QuerySet[HousingSite]:
        """Covered sites, for a condition of another query: hundreds of numbers would be slower to send."""
        return HousingSite.objects.filter(program_sites__program=self.program).order_by()

    @cached_property
    def _organizations(self) -> set[int]:
        return set()

    @cached_property
    def known_places(self) -> frozenset[str]:
        """Names that are not persons' in a note: sites, divisions of the territory, organizations."""
        names = [site.name for site in self.sites.values()] + [self.program.name]
        names += Division.objects.filter(Q(pk__in=self.mrcs) | Q(parent__in=self.mrcs)).values_list("name", flat=True)
        for pair in Organization.objects.values_list("name", "short_name"):
            names += pair
        return place_keys(names)

    def know_organizations(self, numbers: Iterable[int]) -> None:
        """Read at once which of these organizations exist, before drafts that name them are checked."""
        self._organizations.update(Organization.objects.in_bulk(set(numbers)))

    def has_organization(self, number: int) -> bool:
        """Whether the directory has this organization."""
        if number not in self._organizations:
            self.know_organizations([number])
        return number in self._organizations

    @classmethod
    def of_entry(cls, entry: Entry) -> "DraftContext":
        """A context that knows what one entry names, for pages that only say it; the rest is read when it is needed."""
        context = cls(entry.program)
        known = {"sites": entry.site, "team": entry.worker, "mrcs": entry.mrc, "tenant_bodies": entry.tenant_body}
        context.__dict__.update({name: {obj.pk: obj} if obj else {} for name, obj in known.items()})
        return context

    def usable(self, term: Term, day: date) -> bool:
        """Whether `term` may be chosen for an entry of `day`."""
        return (term.valid_from is None or term.valid_from <= day) and (term.valid_to is None or day <= term.valid_to)

    def own(self, actor: Any) -> list[Membership]:
        """Memberships with which `actor` writes, those of the field before coordination."""
        rank = {role: place for place, role in enumerate(("outreach", "worker", "coordinator"))}
        mine = [m for m in self.team.values() if m.user_id is not None and m.user_id == actor.pk and in_force(m)]
        return sorted(mine, key=lambda m: rank[m.role])


def in_force(membership: Membership, day: date | None = None) -> bool:
    """Whether a membership is in force on `day` (today by default)."""
    day = day or timezone.localdate()
    return (membership.start is None or membership.start <= day) and (membership.end is None or day <= membership.end)
