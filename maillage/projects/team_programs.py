"""The programmes where a person works: those for which they prepare twinnings and keep vigilance schemes."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.core.errors import NotAllowed
from maillage.directory.models import Organization
from maillage.journal.queries import team_programs
from maillage.programs.models import Program
from maillage.programs.queries import current_program

OFFERED = 300


def worked_in(request: HttpRequest) -> list[Program]:
    """The programmes in whose team the person is today, the newest first; all for an administrator."""
    found = Program.objects.order_by("-start", "id")
    if request.user.is_authenticated and request.user.is_administrator:
        return list(found)
    return list(found.filter(pk__in=team_programs(request)))


def team_program(request: HttpRequest) -> Program:
    """The programme that `programme` names among those where the person works; else the one chosen in the top bar, else the newest.

    Raises `NotAllowed` with a sentence for who works in none.
    """
    mine = worked_in(request)
    if not mine:
        if request.user.is_authenticated and request.user.is_administrator:
            raise NotAllowed(_("Aucun programme n'existe encore : ouvrez-en un d'abord, dans « Programmes »."))
        raise NotAllowed(_("Cette page est réservée aux équipes des programmes."))
    wanted = request.POST.get("programme") or request.GET.get("programme", "")
    chosen = current_program(request)
    by_slug = {program.slug: program for program in mine}
    return by_slug.get(wanted) or by_slug.get(chosen.slug if chosen else "") or mine[0]


def offered_names(program: Program) -> list[str]:
    """Names of organizations that a form offers: the partners of the programme."""
    partners = Organization.objects.filter(partnerships__program=program).order_by("name", "id")
    return list(partners.values_list("name", flat=True)[:OFFERED])
