"""The programmes where a person works: those for which they prepare twinnings and keep vigilance schemes."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.core.errors import NotAllowed
from maillage.directory.models import Organization
from maillage.programs.models import Membership, Program
from maillage.programs.queries import current_program

OFFERED = 300


def team_programs(actor: Any) -> list[Program]:
    """The programmes in whose team `actor` is today, the newest first; all for an administrator."""
    found = Program.objects.order_by("-start", "id")
    if not actor.is_authenticated:
        return []
    if not actor.is_administrator:
        found = found.filter(pk__in=Membership.objects.current().team().filter(user=actor).values("program"))
    return list(found)


def team_program(request: HttpRequest) -> Program:
    """The programme that `programme` names among those where the person works; else the one chosen in the top bar, else the newest.

    Raises `NotAllowed` with a sentence for who works in none.
    """
    mine = team_programs(request.user)
    if not mine:
        raise NotAllowed(_("Cette page est réservée aux équipes des programmes."))
    wanted = request.POST.get("programme") or request.GET.get("programme", "")
    chosen = current_program(request)
    by_slug = {program.slug: program for program in mine}
    return by_slug.get(wanted) or by_slug.get(chosen.slug if chosen else "") or mine[0]


def offered_names(program: Program) -> list[str]:
    """Names of organizations that a form offers: the partners of the programme."""
    partners = Organization.objects.filter(partnerships__program=program).order_by("name", "id")
    return list(partners.values_list("name", flat=True)[:OFFERED])
