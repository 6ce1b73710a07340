"""What stands on a group's page and on its public sheet: each subject gives its own, one line here each.

A part reads what its template (`concertation/group/_*.html`, `concertation/sheet/_*.html`) shows, in as few queries as
it can: all the parts together share the budget of one page.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from maillage.core.parts import gathered

from .community.parts import community_sheet_part, waiting_questions_part
from .composition import composition_part
from .joining import waiting_part
from .minutes_parts import decisions_part
from .models import Group
from .needs.parts import needs_part, needs_sheet_part
from .next_meetings import next_meetings_part, public_meetings_part
from .public_minutes import published_part
from .queries import GroupSeen

Part = Callable[[HttpRequest, GroupSeen], dict[str, Any]]
SheetPart = Callable[[HttpRequest, Group], dict[str, Any]]

# Of the first page of a group, for its members.
GROUP_PARTS: list[Part] = [
    next_meetings_part,
    composition_part,
    waiting_part,
    needs_part,
    decisions_part,
    waiting_questions_part,
]
# Of the public sheet, for anybody.
SHEET_PARTS: list[SheetPart] = [
    public_meetings_part,
    needs_sheet_part,
    published_part,
    community_sheet_part,
]


def group_parts(request: HttpRequest, seen: GroupSeen) -> dict[str, Any]:
    """All that the parts give to a group's page."""
    return gathered(GROUP_PARTS, request, seen)


def sheet_parts(request: HttpRequest, group: Group) -> dict[str, Any]:
    """All that the parts give to a group's public sheet."""
    return gathered(SHEET_PARTS, request, group)
