"""Which programme a page is about, for this person: what they may not see answers 404, what they may not do 403."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from maillage.core.errors import require
from maillage.programs.models import Program
from maillage.programs.permissions import standing


def seen(request: HttpRequest, slug: str) -> Program:
    """A programme that the person belongs to, whatever the role."""
    visible = Program.objects.visible_to(request.user).select_related("territory", "frame", "previous_edition")
    return get_object_or_404(visible, slug=slug)


def of_team(request: HttpRequest, slug: str) -> tuple[Program, bool]:
    """A programme whose team the person is in, and whether they coordinate it."""
    program = seen(request, slug)
    team, coordination = standing(request.user, program)
    if not team:
        raise Http404
    return program, bool(coordination)


def coordinated(request: HttpRequest, slug: str, *, team_only: bool = False) -> Program:
    """A programme that the person coordinates; with `team_only`, outside the team the page does not exist."""
    program = seen(request, slug)
    team, coordination = standing(request.user, program)
    if team_only and not team:
        raise Http404
    require(coordination)
    return program
