"""Groupings that are kept: each becomes a shared activity of its sites."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.projects.enums import ActivityState
from maillage.projects.models import Activity, Twinning, TwinningGroup
from maillage.projects.permissions import can_work_in
from maillage.projects.twinning.question import STEP
from maillage.territories.models import HousingSite

from .activities import add_activity
from .twinnings import held_twinning


@transaction.atomic
def keep_groups(*, actor: Any, twinning: Twinning, hosts: Collection[int], seen: str = "") -> list[TwinningGroup]:
    """Keep the proposed groupings whose host is in `hosts` (keys of sites): a shared activity is opened for each.

    `seen` is when the proposal that the person read was made (ISO); another one is not kept in its place. Raises `NotAllowed` or `Refused`.
    """
    require(can_work_in(actor, twinning.program))
    held = held_twinning(pk=twinning.pk)
    if held.proposed_at is None:
        raise Refused(_("Rien n'est proposé pour ce jumelage : demandez d'abord les regroupements."))
    if seen and seen != held.proposed_at.isoformat():
        raise Refused(_("La proposition a changé entre-temps : relisez-la avant de la garder."))
    chosen = [group for group in held.proposal["groups"] if group["host"] in set(hosts)]
    if not chosen:
        raise Refused(_("Choisissez au moins un regroupement à garder."))
    sites = HousingSite.objects.in_bulk([site for group in chosen for site, *_rest in group["sites"]])
    if any(site not in sites for group in chosen for site, *_rest in group["sites"]):
        raise Refused(_("Un milieu de cette proposition n'existe plus : demandez-la de nouveau."))
    return [_kept(actor, held, group, sites) for group in chosen]


def _kept(actor: Any, twinning: Twinning, group: dict[str, Any], sites: dict[int, HousingSite]) -> TwinningGroup:
    members = [sites[key] for key, *_rest in group["sites"]]
    host = sites[group["host"]]
    kept = TwinningGroup.objects.create(
        twinning=twinning,
        host=host,
        expected=group["people"],
        travel=group["travel"] / STEP,
        activity=_shared_activity(actor, twinning, host, members),
    )
    kept.sites.set(members)
    audit(actor=actor, verb="projects.twinning_kept", obj=kept, changes={"sites": [None, len(members)]})
    return kept


def _shared_activity(actor: Any, twinning: Twinning, host: HousingSite, members: list[HousingSite]) -> Activity:
    values = {
        "kind": twinning.kind,
        "state": ActivityState.PLANNED,
        "title": twinning.title,
        "place": host.name[:300],
        "division": host.municipality,
        "provider": twinning.provider,
    }
    # Its title was read when the twinning was opened: it names nobody.
    return add_activity(actor=actor, program=twinning.program, values=values, sites=members, confirmed=True)
