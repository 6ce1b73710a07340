"""Who evaluates, decides, pays and reports: what is refused on an application that one sees says why."""

from typing import Any

from django.utils.translation import gettext as _

from maillage.concertation.models import Member
from maillage.core.decision import YES, Decision, no
from maillage.programs.models import Program

from .conflicts import conflict_of
from .enums import ApplicationState
from .models import Application, Fund
from .permissions import can_carry_application, can_manage_fund, reviewer_of

# Where an application has money.
SUPPORTED = (ApplicationState.GRANTED, ApplicationState.AGREED, ApplicationState.REPORTED, ApplicationState.CLOSED)


def can_review(actor: Any, application: Application) -> Decision:
    """Sit on an application: the members of the fund's committee who have no interest in it."""
    member = reviewer_of(actor, application.call.fund)
    if member is None:
        return no(_("L'évaluation revient aux membres du comité de la mesure."))
    return _without_interest(application, member)


def can_read_scores(actor: Any, application: Application) -> Decision:
    """Read what the committee says: its members and those who manage the fund, none of them with an interest in it."""
    member = reviewer_of(actor, application.call.fund)
    if member is not None:
        return _without_interest(application, member)
    if can_manage_fund(actor, application.call.fund):
        return YES
    return no(_("Les notes se lisent par le comité et par les personnes qui gèrent la mesure."))


def can_decide(actor: Any, application: Application) -> Decision:
    """Write the decision of the committee, payments, amendments: those who manage the fund, without interest in it."""
    managing = can_manage_fund(actor, application.call.fund)
    if not managing:
        return no(_("Cette action revient aux personnes qui gèrent la mesure de soutien."))
    return _without_interest(application, reviewer_of(actor, application.call.fund))


def can_report(actor: Any, application: Application) -> Decision:
    """Write the final report: those who carry the application."""
    if can_carry_application(actor, application):
        return YES
    return no(_("Le rapport final revient à qui porte le projet."))


def can_read_outcome(actor: Any, fund: Fund) -> Decision:
    """Read what a fund gave and what came of it: who manages it, its committee, the members of its programme."""
    if Program.objects.visible_to(actor).filter(pk=fund.program_id).exists():
        return YES
    if reviewer_of(actor, fund) is not None or can_manage_fund(actor, fund):
        return YES
    return no(_("Le bilan de cette mesure se lit par son comité et par les membres de son programme."))


def can_read_committee(actor: Any, fund: Fund) -> Decision:
    """Read the list of what the committee has to evaluate: its members and those who manage the fund."""
    if reviewer_of(actor, fund) is not None or can_manage_fund(actor, fund):
        return YES
    return no(_("L'évaluation revient aux membres du comité de la mesure."))


def _without_interest(application: Application, member: Member | None) -> Decision:
    reason = conflict_of(application, member)
    if not reason:
        return YES
    return no(_("Vous êtes en conflit d'intérêts pour cette demande : %s. Le comité l'évalue sans vous.") % reason)
