"""What the public sheet of a group says of who is in it: organizations and kinds of members, never a person."""

from typing import Any

from django.http import HttpRequest

from maillage.directory.models import Organization

from .composition import composition_of
from .enums import GroupState
from .models import Group, Member

MOST = 60
SMALLEST = 5  # a smaller number of people of one kind is not told outside the group


def sheet_of(request: HttpRequest, group: Group) -> dict[str, Any]:
    """Organizations of a group, its public sub-groups, what its members take part as, and whether one may ask to join."""
    today = Member.objects.current().filter(group=group)
    organizations = Organization.objects.filter(pk__in=today.order_by().values("organization"))
    composition = composition_of(group)
    told = composition.total >= SMALLEST and all(share.count >= SMALLEST for share in composition.shares)
    shown = list(organizations.order_by("name", "id")[:MOST])
    more = len(shown) == MOST
    return {
        "organizations": shown,
        "organization_count": organizations.count() if more else len(shown),
        "composition": composition,
        "told": told,
        "subgroups": list(Group.objects.public().filter(parent=group).order_by("name", "id")),
        "is_member": request.user.is_authenticated
        and Group.objects.visible_to(request.user).filter(pk=group.pk).exists(),
        "asks": group.takes_requests and group.state != GroupState.ENDED,
    }
