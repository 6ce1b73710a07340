"""The messages of the installation: where each stands and why it did not arrive. Their text is read by nobody."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import Refused
from maillage.core.models import MailState, OutgoingMail
from maillage.core.services.mail_upkeep import AGAIN, send_again
from maillage.portal.queries import message_counts

from .administration import PER_PAGE, administrators


@require_safe
@administrators
def messages(request: HttpRequest) -> HttpResponse:
    """The messages, the newest first, of one state or of all."""
    state = request.GET.get("etat", "")
    found = OutgoingMail.objects.defer("text", "attachments").order_by("-id")
    if state in MailState.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "counts": message_counts(),
        "state": state if state in MailState.values else "",
        "again": AGAIN,
    }
    return render(request, "portal/administration/messages.html", context)


@require_POST
@administrators
def message_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again a message that was refused, came back or was interrupted."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    try:
        send_again(actor=request.user, mail=mail)
        notices.success(request, _("Le message repart."))
    except Refused as refusal:
        notices.error(request, str(refusal))
    return redirect("portal:messages")
