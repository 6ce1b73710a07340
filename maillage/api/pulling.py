"""`GET /api/sync/v1/entries` and `form`: what a device reads."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from maillage.journal.sync.choices import forms_for
from maillage.journal.sync.pull import pull

from .openapi import answers, errors
from .schemas import EntriesOut, FormsOut
from .session import Session

router = Router(tags=["sync"])
TROUBLES = (400, 401, 429, 503)
PROGRAM = Query("", description="One programme only.")
CURSOR = Query("", description="What the last reading answered. Without one: entries of the last 7 days.")


@router.get(
    "/sync/v1/entries",
    auth=Session(),
    url_name="sync-entries",
    operation_id="pullEntries",
    summary="One's own entries that changed",
    response=answers(EntriesOut, *TROUBLES),
    openapi_extra=errors(*TROUBLES),
)
def entries(request: HttpRequest, cursor: str = CURSOR) -> HttpResponse:
    """Titles of the entries that the person tells, changed since the cursor. It never steps over one committed late."""
    page = pull(request.user, cursor)
    said: dict[str, Any] = {
        "epoch": page.epoch,
        "cursor": page.cursor,
        "reset": page.reset,
        "more": page.more,
        "entries": [
            {
                "entry": str(title.entry),
                "revision": title.revision,
                "deleted": title.deleted,
                "program": title.program,
                "date": title.date.isoformat(),
                "title": title.title,
            }
            for title in page.entries
        ],
        "attention": {"siblings": page.siblings, "operations": page.operations},
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@router.get(
    "/sync/v1/form",
    auth=Session(),
    url_name="sync-form",
    operation_id="readForms",
    summary="The entry form as data",
    response=answers(FormsOut, *TROUBLES),
    openapi_extra=errors(*TROUBLES),
)
def form(request: HttpRequest, program: str = PROGRAM) -> HttpResponse:
    """Fields of the form and the values they take, for each programme in whose journal the person writes now."""
    return JsonResponse({"programs": forms_for(request.user, program)}, json_dumps_params={"ensure_ascii": False})
