"""What the page « Le groupe » shows."""

from typing import Any

from django.http import HttpRequest

from .composition import composition_of
from .models import Group
from .queries import GroupSeen


def group_described(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """Programmes, sites and sub-groups of a group, and its composition."""
    group = seen.group
    mine = set(Group.objects.visible_to(request.user).filter(parent=group).order_by("pk").values_list("pk", flat=True))
    return {
        "programs": list(group.programs.order_by("name", "id")),
        "sites": list(group.sites.select_related("municipality").order_by("name", "id")),
        "subgroups": [(row, row.pk in mine) for row in group.subgroups.order_by("name", "id")],
        "composition": composition_of(group),
    }
