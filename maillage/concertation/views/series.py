"""A series of meetings: its dates are shown, some are taken off, then all are written."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from maillage.concertation.forms.series import NewMeetingForm
from maillage.concertation.queries import GroupSeen
from maillage.concertation.series_plan import plan_of
from maillage.concertation.services.series import save_series
from maillage.core.errors import NotAllowed, Refused

OWN = ("csrfmiddlewaretoken", "confirm", "date", "revoir")


def series(request: HttpRequest, seen: GroupSeen, form: NewMeetingForm) -> HttpResponse:
    """Show the dates that a valid form asks for; write those that are kept once they are confirmed."""
    confirmed = "confirm" in request.POST
    plan = plan_of(seen.group, form.cleaned_data, _days(request.POST.getlist("date")) if confirmed else None)
    problem = ""
    if confirmed:
        spans = [(one.starts_at, one.ends_at) for one in plan if one.is_kept and one.starts_at and one.ends_at]
        values = form.values()
        del values["starts_at"], values["ends_at"], values["registration_closes_at"]
        try:
            made = save_series(actor=request.user, group=seen.group, spans=spans, **values)
            said = ngettext("%d rencontre est inscrite.", "%d rencontres sont inscrites.", len(made)) % len(made)
            messages.success(request, said)
            return redirect("concertation:meetings", seen.group.slug)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        except NotAllowed:
            raise
        except Refused as refused:
            problem = str(refused)
    kept = [(name, value) for name in request.POST if name not in OWN for value in request.POST.getlist(name)]
    shown = {"seen": seen, "tab": "meetings", "plan": plan, "kept": kept, "problem": problem, "form": form}
    return render(request, "concertation/meetings/series.html", shown, status=422 if problem else 200)


def _days(typed: list[str]) -> set[date]:
    """The days among what was sent; what is none is left out."""
    found = set()
    for text in typed:
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            continue
    return found
