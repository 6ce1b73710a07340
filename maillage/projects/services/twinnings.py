"""Twinnings: the activity, its sites, the groupings proposed, and those that are kept."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.programs.models import Program
from maillage.projects.models import Twinning, TwinningSite
from maillage.projects.permissions import can_work_in
from maillage.projects.twinning_proposal import proposal_of
from maillage.projects.unnamed import refuse_names
from maillage.territories.models import HousingSite

OPENED, EDITED = "projects.twinning_opened", "projects.twinning_edited"
MOST_SITES = 250
MOST_PEOPLE = 999
SECONDS = 12.0  # that the solver may take while somebody waits


@transaction.atomic
def open_twinning(*, actor: Any, program: Program, values: Mapping[str, Any]) -> Twinning:
    """Prepare the twinning of sites of `program` for an activity. Raises `NotAllowed`, `Refused`, `ValidationError`."""
    require(can_work_in(actor, program))
    return _written(actor, Twinning(program=program), values)


@transaction.atomic
def edit_twinning(*, actor: Any, twinning: Twinning, values: Mapping[str, Any]) -> Twinning:
    """Change the activity, its sizes or how far one goes: what was proposed is to be asked again. Raises as `open_twinning`."""
    require(can_work_in(actor, twinning.program))
    return _written(actor, held_twinning(pk=twinning.pk), values)


@transaction.atomic
def choose_sites(*, actor: Any, twinning: Twinning, chosen: Mapping[HousingSite, tuple[int, bool] | None]) -> Twinning:
    """Say of some sites how many persons are interested there and whether they can receive; None takes a site out.

    Sites that are not in `chosen` stay as they are. Raises `NotAllowed` or `Refused` (a site of another programme or closed,
    too many sites, a number out of bounds).
    """
    require(can_work_in(actor, twinning.program))
    held = held_twinning(pk=twinning.pk)
    _check_sites(held, chosen)
    before = {line.site_id: line for line in held.sites.all()}
    lines = []
    for site, said in chosen.items():
        if said is None:
            continue
        line = before.get(site.pk) or TwinningSite(twinning=held, site=site)
        line.interested, line.can_host = said
        lines.append(line)
    gone = [before[site.pk].pk for site, said in chosen.items() if said is None and site.pk in before]
    if len(before) - len(gone) + sum(line.pk is None for line in lines) > MOST_SITES:
        raise Refused(_("Un jumelage réunit au plus %d milieux : choisissez-en moins.") % MOST_SITES)
    held.sites.filter(pk__in=gone).delete()
    TwinningSite.objects.bulk_create([line for line in lines if line.pk is None])
    TwinningSite.objects.bulk_update([line for line in lines if line.pk is not None], ["interested", "can_host"])
    audit(actor=actor, verb="projects.twinning_sites", obj=held, changes={"sites": [len(before), held.sites.count()]})
    return _forgotten(held)


def propose_groups(*, actor: Any, twinning: Twinning, seconds: float = SECONDS) -> Twinning:
    """Ask for the best groupings of the sites chosen, and keep the answer with the twinning.

    The search itself holds no transaction. Raises `NotAllowed`, or `Refused` when no site was chosen or when the sites changed meanwhile.
    """
    require(can_work_in(actor, twinning.program))
    read = Twinning.objects.select_related("matrix").get(pk=twinning.pk)
    lines = _asked(read)
    found = proposal_of(read, lines, seconds)
    with transaction.atomic():
        held = held_twinning(pk=twinning.pk)
        same = [(line.site_id, line.interested, line.can_host) for line in _asked(held)]
        sizes = (held.least, held.most, held.most_travel, held.matrix_id)
        if same != [(line.site_id, line.interested, line.can_host) for line in lines] or sizes != (
            read.least, read.most, read.most_travel, read.matrix_id,
        ):  # fmt: skip
            raise Refused(_("Les milieux ou les règles ont changé pendant le calcul : demandez-le de nouveau."))
        held.proposal, held.proposed_at = found, timezone.now()
        held.save(update_fields=["proposal", "proposed_at"])
        audit(
            actor=actor, verb="projects.twinning_proposed", obj=held, changes={"groups": [None, len(found["groups"])]}
        )
    return held


@transaction.atomic
def remove_twinning(*, actor: Any, twinning: Twinning) -> None:
    """Take back a twinning. Raises `NotAllowed`, or `Refused` once groupings were kept."""
    require(can_work_in(actor, twinning.program))
    held = held_twinning(pk=twinning.pk)
    audit(actor=actor, verb="projects.twinning_removed", obj=held)
    held.delete()


def held_twinning(*, pk: int) -> Twinning:
    """The twinning as it is now, held until the end of the transaction. `Refused` when it was taken back or already kept."""
    held = Twinning.objects.select_for_update(of=("self",)).select_related("program", "matrix").filter(pk=pk).first()
    if held is None:
        raise Refused(_("Ce jumelage a été retiré entre-temps."))
    if held.groups.exists():
        raise Refused(
            _("Des regroupements de ce jumelage sont gardés : il ne change plus. Ouvrez un nouveau jumelage.")
        )
    return held


def _asked(twinning: Twinning) -> list[TwinningSite]:
    lines = list(twinning.sites.select_related("site").order_by("site_id"))
    if not any(line.interested for line in lines):
        raise Refused(_("Choisissez d'abord les milieux et dites combien de personnes y sont intéressées."))
    return lines


def _written(actor: Any, twinning: Twinning, values: Mapping[str, Any]) -> Twinning:
    matrix = values.get("matrix", twinning.matrix)
    if matrix is not None and matrix.program_id != twinning.program_id:
        raise Refused(_("Cette table de trajets n'est pas de ce programme."))
    refuse_names({"title": values.get("title", "")}, twinning.program)
    written = write(actor=actor, obj=twinning, values=values, new=OPENED, changed=EDITED)
    return _forgotten(written.obj) if {"least", "most", "most_travel", "matrix"} & set(written.changes) else written.obj


def _forgotten(twinning: Twinning) -> Twinning:
    """What was proposed answers a question that is no longer asked."""
    if twinning.proposed_at is not None:
        twinning.proposal, twinning.proposed_at = {}, None
        twinning.save(update_fields=["proposal", "proposed_at"])
    return twinning


def _check_sites(twinning: Twinning, chosen: Mapping[HousingSite, tuple[int, bool] | None]) -> None:
    covered = set(twinning.program.program_sites.order_by().values_list("site_id", flat=True))
    strange = [site.name for site in chosen if site.pk not in covered]
    if strange:
        raise Refused(
            ngettext(
                "Ce milieu n'est pas de ce programme : %s.",
                "Ces milieux ne sont pas de ce programme : %s.",
                len(strange),
            )
            % ", ".join(strange[:5])
        )
    closed: Collection[str] = [site.name for site, said in chosen.items() if said is not None and site.closed_on]
    if closed:
        raise Refused(_("Un milieu fermé ne se jumelle pas : %s.") % ", ".join(list(closed)[:5]))
    for site, said in chosen.items():
        if said is not None and not 0 <= said[0] <= MOST_PEOPLE:
            raise Refused(
                _("%(site)s : le nombre de personnes intéressées va de 0 à %(most)d.")
                % {"site": site.name, "most": MOST_PEOPLE}
            )
