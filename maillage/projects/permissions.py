"""Who may do what with projects, plans, money and schemes; what is refused on something one sees says why."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.concertation.enums import ANIMATING
from maillage.concertation.models import Group, Member
from maillage.concertation.permissions import can_animate, member_of
from maillage.core.decision import YES, Decision, no
from maillage.programs.models import Membership, Program
from maillage.programs.permissions import can_coordinate, is_team, standing
from maillage.programs.queries import coordinates_somewhere

from .enums import ProjectRole
from .models import Activity, Application, Fund, Plan, Project, ProjectPerson, Result


def can_open_project(actor: Any, group: Group | None = None, program: Program | None = None) -> Decision:
    """Open a project: those who animate its group, and the team of its programme."""
    if actor.is_authenticated and actor.is_administrator:
        return YES
    if (group is not None and can_animate(actor, group)) or (program is not None and is_team(actor, program)):
        return YES
    return no(_("Ouvrir un projet revient à l'animation du groupe qui le porte ou à l'équipe du programme."))


def can_open_somewhere(actor: Any) -> Decision:
    """Open a project, for a group or a programme still to be chosen."""
    if actor.is_authenticated and (actor.is_administrator or _animates(actor) or _in_a_team(actor)):
        return YES
    return no(_("Ouvrir un projet revient à l'animation du groupe qui le porte ou à l'équipe du programme."))


def can_edit_project(actor: Any, project: Project) -> Decision:
    """Change a project: its leads, those who animate its group, those who coordinate its programme, administrators."""
    return project_standing(actor, project)[0]


def can_feed_project(actor: Any, project: Project) -> Decision:
    """Add what happens in a project (activities, results, photos): who changes it, who works on it, the programme's team."""
    return project_standing(actor, project)[1]


def project_standing(actor: Any, project: Project) -> tuple[Decision, Decision]:
    """`(can_edit_project, can_feed_project)` in at most three reads, for pages that show both."""
    if not actor.is_authenticated:
        return no(_("Changer ce projet revient à qui le porte.")), no(_feeding())
    if actor.is_administrator:
        return YES, YES
    people = ProjectPerson.objects.filter(project=project, person__user_id=actor.pk).order_by()
    mine = set(people.values_list("role", flat=True))
    if ProjectRole.LEAD in mine:
        return YES, YES
    member = member_of(actor, project.group) if project.group is not None else None
    if member is not None and member.role in ANIMATING:
        return YES, YES
    team, coordinates = standing(actor, project.program) if project.program is not None else (no(""), no(""))
    if coordinates:
        return YES, YES
    edits = no(
        _("Changer ce projet revient à qui le porte : ses responsables, l'animation du groupe, la coordination.")
    )
    return edits, YES if mine or member is not None or team else no(_feeding())


def _feeding() -> str:
    return _("Ajouter à ce projet revient aux personnes qui y travaillent.")


def can_feed_activity(actor: Any, activity: Activity) -> Decision:
    """Write an activity and what came of it: who feeds its project, else the team of its programme."""
    if activity.project is not None:
        return can_feed_project(actor, activity.project)
    assert activity.program is not None
    return can_work_in(actor, activity.program)


def can_edit_plan(actor: Any, plan: Plan) -> Decision:
    """Change a plan: those who animate its group, change its project, or coordinate its programme."""
    if plan.group is not None:
        return can_animate(actor, plan.group)
    if plan.project is not None:
        return can_edit_project(actor, plan.project)
    assert plan.program is not None
    return can_coordinate(actor, plan.program)


def can_carry_application(actor: Any, application: Application) -> Decision:
    """Speak for who asks: those who carry the project; of one that came on paper, those who manage the fund too."""
    found = can_edit_project(actor, application.project)
    if found or application.received_on is None:
        return found
    return can_manage_fund(actor, application.call.fund)


def can_manage_fund(actor: Any, fund: Fund) -> Decision:
    """Set up a support measure, receive applications, write decisions and payments: its programme's coordination."""
    return can_coordinate(actor, fund.program)


def can_open_fund(actor: Any, program: Program) -> Decision:
    """Open a support measure: those who coordinate its programme."""
    return can_coordinate(actor, program)


def reviewer_of(actor: Any, fund: Fund) -> Member | None:
    """The membership of `actor` in the committee of `fund`."""
    return member_of(actor, fund.committee) if fund.committee is not None else None


def can_see_application(actor: Any, application: Application) -> Decision:
    """Read an application that `visible_to` gave."""
    if Application.objects.visible_to(actor).filter(pk=application.pk).exists():
        return YES
    return no(_("Cette demande n'est pas à vous."))


def can_keep_sources(actor: Any) -> Decision:
    """Write the list of funders' programmes: those who coordinate a programme or animate a group; administrators."""
    if actor.is_authenticated and (actor.is_administrator or coordinates_somewhere(actor) or _animates(actor)):
        return YES
    return no(_("Tenir la liste des sources de financement revient aux personnes qui coordonnent ou animent."))


def _animates(actor: Any) -> bool:
    return Member.objects.current().filter(person__user_id=actor.pk, role__in=ANIMATING).exists()


def _in_a_team(actor: Any) -> bool:
    return Membership.objects.current().team().filter(user_id=actor.pk).exists()


def can_work_in(actor: Any, program: Program) -> Decision:
    """Prepare twinnings and keep vigilance schemes: the team of the programme."""
    if actor.is_authenticated and (actor.is_administrator or is_team(actor, program)):
        return YES
    return no(_("Cette action revient à l'équipe du programme."))


def can_edit_result(actor: Any, result: Result) -> Decision:
    """Change what is told of a project: who changes the project; who works on it too, as long as nobody else reads it."""
    found = can_edit_project(actor, result.project)
    if found or result.is_public:
        return found
    return can_feed_project(actor, result.project)
