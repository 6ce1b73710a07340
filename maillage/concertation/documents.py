"""The documents on the page of a meeting."""

from typing import Any

from django.http import HttpRequest

from .models import Meeting
from .queries import GroupSeen

SHOWN = 50


def documents_part(request: HttpRequest, seen: GroupSeen, meeting: Meeting) -> dict[str, Any]:
    """The meeting's documents, those of the first items first."""
    found = meeting.documents.select_related("item").defer("item__notes", "item__details")
    return {"documents": list(found.order_by("item__position", "title", "id")[:SHOWN])}
