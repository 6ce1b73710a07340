"""Somebody lives a need too: a member, or anybody without account, once each."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import Capacity
from maillage.concertation.models import Member, NamedNeed, NeedSupport
from maillage.concertation.permissions import can_take_part, member_of
from maillage.core.errors import Refused, require


@transaction.atomic
def support_need(*, actor: Any, need: NamedNeed, gives: bool) -> bool:
    """A member says that they live `need` too, or takes it back; whether something changed. Raises `NotAllowed`."""
    member: Member | None = member_of(actor, need.group)
    require(can_take_part(actor, need.group, member))
    assert member is not None
    if not gives:
        return bool(NeedSupport.objects.filter(need=need, member=member).delete()[0])
    _support, new = NeedSupport.objects.get_or_create(
        need=need, member=member, defaults={"supported_as": member.capacity}
    )
    return new


@transaction.atomic
def support_without_account(*, need: NamedNeed, key: str) -> bool:
    """Somebody without account lives `need` too: once for each browser, whose `key` is kept as a hash of this need only.

    Nothing ties two supports of one browser. Whether something changed; raises `Refused` when anybody may not read it.
    """
    if not NamedNeed.objects.public().filter(pk=need.pk).exists():
        raise Refused(_("Ce besoin ne se lit plus ici."))
    mark = sha256(f"{need.uid}:{key}".encode()).hexdigest()
    defaults = {"supported_as": Capacity.TENANT}
    return NeedSupport.objects.get_or_create(need=need, key=mark, defaults=defaults)[1]
