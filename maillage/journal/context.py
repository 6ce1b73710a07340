"""What a programme lets an entry say: its sites, people, territory and codes, read once for many drafts."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from maillage.core.text import fold
from maillage.directory.models import Organization, TenantBody
from maillage.programs.enums import TEAM
from maillage.programs.models import Membership, Program, Term
from maillage.territories.enums import Level
from maillage.territories.models import Division, HousingSite

from .models import Entry
from .screening import place_keys
from .targets import Targets


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
    def _site_numbers(self) -> dict[str, int]:
        return {str(site.uid): number for number, site in self.sites.items()}

    @cached_property
    def _left_sites(self) -> dict[str, int]:
        return {}

    @cached_property
    def _organization_names(self) -> dict[str, int]:
        """Active organizations by folded name and acronym; the first by name keeps a name that several bear."""
        found: dict[str, int] = {}
        rows = Organization.objects.active().order_by("name", "id").values_list("pk", "name", "short_name")
        for number, *names in rows:
            for name in names:
                found.setdefault(fold(name), number)
        found.pop("", None)
        return found

    @cached_property
    def known_places(self) -> frozenset[str]:
        """Names that are not persons' in a note: sites, divisions of the territory, organizations."""
        names = [site.name for site in self.sites.values()] + [self.program.name]
        names += Division.objects.filter(Q(pk__in=self.mrcs) | Q(parent__in=self.mrcs)).values_list("name", flat=True)
        for pair in Organization.objects.values_list("name", "short_name"):
            names += pair
        return place_keys(names)

    @cached_property
    def targets(self) -> Targets:
        """To whom referrals may lead, by name."""
        return Targets(lambda: self._organization_names)

    def site_named(self, uid: str) -> int | None:
        """The number of the covered site that bears this identifier."""
        return self._site_numbers.get(uid) or self._left_sites.get(uid)

    def know(self, draft: Any) -> None:
        """Let drafts name what an entry bears already: a site that the programme left, an organization that
        closed, a service that is no longer offered."""
        if draft.site_id is not None and draft.site_id not in self.sites:
            uids = HousingSite.objects.filter(pk=draft.site_id).values_list("uid", flat=True)
            self._left_sites.update({str(uid): draft.site_id for uid in uids})
        self.targets.bear(draft.referrals)

    def site_uid(self, number: int) -> str:
        """The identifier of a covered site, or of one made known; "" for any other."""
        if number in self.sites:
            return str(self.sites[number].uid)
        return next((uid for uid, known in self._left_sites.items() if known == number), "")

    @classmethod
    def of_entry(cls, entry: Entry) -> "DraftContext":
        """A context that knows what one entry names, for pages that only say it; the rest is read when it is needed."""
        context = cls(entry.program)
        known = {"sites": entry.site, "team": entry.worker, "mrcs": entry.mrc, "tenant_bodies": entry.tenant_body}
        context.__dict__.update({name: {obj.pk: obj} if obj else {} for name, obj in known.items()})
        context.targets.read(entry.referrals.all())
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
