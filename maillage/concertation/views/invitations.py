"""Those who animate invite to a meeting: who is already, who will be, what is written."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maillage.concertation.forms.invitations import InvitationForm
from maillage.concertation.permissions import can_animate
from maillage.concertation.queries import meeting_seen
from maillage.concertation.services.meeting_mail import invite, members_to_write
from maillage.core.errors import NotAllowed, Refused, require


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Invite the members who are not yet, and other addresses."""
    seen, meeting = meeting_seen(request, uid)
    require(can_animate(request.user, seen.group, seen.member))
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invite(actor=request.user, meeting=meeting, **form.cleaned_data)
            said = ngettext("%d invitation part.", "%d invitations partent.", sent) % sent
            messages.success(request, said if sent else _("Tout le monde était déjà invité : rien n'est parti."))
            return redirect("concertation:meeting", uid)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    invited = set(meeting.invitations.values_list("email", flat=True))
    members = members_to_write(meeting=meeting)
    shown = {
        "seen": seen,
        "tab": "meetings",
        "meeting": meeting,
        "form": form,
        "to_write": sum(one.email not in invited for one in members),
        "invited": len(invited),
        "silent": seen.group.members.current().count() - len(members),
    }
    return render(request, "concertation/meetings/invite.html", shown, status=422 if form.errors else 200)
