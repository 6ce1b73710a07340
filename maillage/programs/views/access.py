"""Which programme a page is about, for this person: what they may not see answers 404, what they may not do 403."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from maillage.core.errors import require
from maillage.programs.models import Program
from maillage.programs.permissions import can_coordinate, can_see_team


def seen(request: HttpRequest, slug: str) -> Program:
    """A programme that the person belongs to, whatever the role."""
    visible = Program.objects.visible_to(request.user).select_related("territory", "frame", "previous_edition")
    return get_object_or_404(visible, slug=slug)


def of_team(request: HttpRequest, slug: str) -> Program:
    """A programme whose team the person is in."""
    program = seen(request, slug)
    if not can_see_team(request.user, program):
        raise Http404
    return program


def coordinated(request: HttpRequest, slug: str, *, team_only: bool = False) -> Program:
    """A programme that the person coordinates; with `team_only`, outside the team the page does not exist."""
    program = of_team(request, slug) if team_only else seen(request, slug)
    require(can_coordinate(request.user, program))
    return program
