"""What the journal shows on the page of a site: how many entries, and the last ones, for the team."""

from typing import Any

from django.http import HttpRequest

from .models import Entry

SHOWN = 5


def site_card(request: HttpRequest) -> dict[str, Any] | None:
    """Entries of the site that the page shows, those the person may read; nothing when there is no site or no entry."""
    site = getattr(request, "shown_site", None)
    if site is None:
        return None
    entries = Entry.objects.visible_to(request.user).filter(site=site)
    latest = list(entries.select_related("worker").order_by("-date", "-id")[:SHOWN])
    if not latest:
        return None
    return {"entries": latest, "count": entries.count(), "site": site}
