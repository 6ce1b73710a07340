"""Who writes through a device, and with which right, programme by programme: read once for a batch."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillage.core.decision import YES, Decision, no
from maillage.journal.context import DraftContext, in_force
from maillage.journal.drafts import EntryDraft
from maillage.journal.models import Device
from maillage.journal.permissions import can_log
from maillage.journal.reconciling import named
from maillage.programs.models import Membership, Program

from .lookups import kept_context, remember
from .sequence import Received


@dataclass(frozen=True, slots=True)
class Desk:
    """A programme in which the person of a device writes, or wrote. `own` is with what they write, None when they do
    no more; `allowed` says why an operation must wait for the coordination, when it must."""

    context: DraftContext
    roles: frozenset[str]
    own: Membership | None
    allowed: Decision
    stranger: bool
    fresh: bool

    @property
    def program(self) -> Program:
        """The programme."""
        return self.context.program

    def has_own_mrc(self, site_id: int) -> bool:
        """Whether the MRC of an entry there is copied from the site; a site that is covered no more keeps its own."""
        site = self.context.sites.get(site_id)
        return site is None or site.mrc_id is not None

    def settled(self, draft: EntryDraft) -> EntryDraft:
        """A valid draft as its entry will give it back: the place's MRC, the count of persons, codes in their order,
        an identifier for each referral."""
        terms, site = self.context.terms, self.context.sites.get(draft.site_id) if draft.site_id else None
        ordered = {
            kind: tuple(sorted(codes, key=lambda code: (terms[kind, code].position, code)))
            for kind, codes in draft.terms.items()
        }
        mrc = site.mrc_id if site and site.mrc_id else draft.mrc_id
        rows = named(draft.referrals)
        return draft.with_(
            persons_referred=draft.distinct_referred, mrc_id=mrc, terms=ordered, uid=None, referrals=rows
        )


class Author:
    """The person of a device and their desks; `fresh` asks for lookups of which nothing was kept."""

    def __init__(self, device: Device, fresh: bool = False) -> None:
        self.device, self.user, self.fresh = device, device.user, fresh
        self.received = Received(device.highest, device.gaps)
        self._desks: dict[str, Desk | None] = {}

    def read(self, slugs: Iterable[str]) -> None:
        """Read these programmes at once."""
        wanted = set(slugs) - self._desks.keys()
        found = {p.slug: p for p in Program.objects.filter(slug__in=wanted).order_by("id")} if wanted else {}
        for slug in wanted:
            self._desks[slug] = self._desk(found[slug]) if slug in found else None

    @property
    def desks(self) -> list[Desk]:
        """The desks that were read."""
        return [desk for desk in self._desks.values() if desk is not None]

    def desk(self, slug: str) -> Desk | None:
        """The desk in a programme; None when there is no such programme."""
        self.read([slug])
        return self._desks[slug]

    def remember(self) -> None:
        """Keep what was read, for the batches to come."""
        for desk in self.desks:
            remember(desk.context, desk.fresh)

    def _desk(self, program: Program) -> Desk:
        kept = None if self.fresh else kept_context(program)
        context = kept or DraftContext(program)
        roles = frozenset(m.role for m in context.team.values() if m.user_id == self.user.pk and in_force(m))
        own = context.own(self.user)
        stranger = not own and not Membership.objects.filter(program=program, user=self.user).exists()
        return Desk(context, roles, own[0] if own else None, self._allowed(program, roles), stranger, not kept)

    def _allowed(self, program: Program, roles: frozenset[str]) -> Decision:
        if self.device.revoked_at:
            return no(_("Cet appareil a été révoqué : la coordination décidera de cette intervention."))
        if not self.user.is_active:
            return no(_("Ce compte est fermé : la coordination décidera de cette intervention."))
        if not can_log(self.user, program, roles):
            said = _("Vous n'écrivez plus dans le journal de %s : la coordination décidera de cette intervention.")
            return no(said % program.name)
        return YES
