"""Reads that pages of this floor and of higher ones need."""

from django.http import HttpRequest

from .links import hash_of
from .models import Invitation, Program

SESSION_KEY = "program"


def current_program(request: HttpRequest) -> Program | None:
    """The programme the person works in: the one chosen in the top bar, else the newest they belong to."""
    if hasattr(request, "_current_program"):
        return request._current_program
    visible = Program.objects.visible_to(request.user)
    slug = request.session.get(SESSION_KEY)
    chosen = visible.filter(slug=slug).first() if slug else None
    request._current_program = chosen or visible.order_by("-start", "id").first()
    return request._current_program


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; None when the link was never made here."""
    digest = hash_of(token)
    if digest is None:
        return None
    return Invitation.objects.select_related("program", "invited_by").filter(secret_hash=digest).first()
