"""The members of a committee declare an interest and score."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.models import Member
from maillage.core.errors import NotAllowed, Refused, require
from maillage.core.services import audit
from maillage.core.typography import number
from maillage.projects.enums import ApplicationState
from maillage.projects.grant_rights import can_review
from maillage.projects.identities import names_around, refuse_identities
from maillage.projects.models import Application, Conflict, Criterion, Score
from maillage.projects.permissions import reviewer_of

from .application_steps import held_application

# Criterion → (points, comment); points None to take a score back.
Given = Mapping[int, tuple[int | None, str]]


@transaction.atomic
def declare_conflict(*, actor: Any, application: Application, reason: str, confirmed: bool = False) -> Conflict:
    """A member of the committee says that they have an interest in `application`: what they scored is taken out.

    Raises `NotAllowed` for who is not of the committee, `Refused` without a reason or once it is decided, `ValidationError` for a
    reason that could say who somebody is, unless `confirmed`.
    """
    member = _member(actor, application)
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Refused(_("Dites en quoi vous êtes en conflit d'intérêts, en 300 caractères au plus."))
    held = held_application(application=application)
    _open(held)
    refuse_identities({"reason": reason}, known=lambda: names_around(held), confirmed=confirmed)
    conflict, new = Conflict.objects.get_or_create(application=held, member=member, defaults={"reason": reason})
    Score.objects.filter(application=held, member=member).delete()
    if new:
        audit(actor=actor, verb="projects.conflict_declared", obj=held)
    return conflict


@transaction.atomic
def take_back_conflict(*, actor: Any, application: Application, why: str) -> None:
    """A member declared an interest by mistake: they evaluate again, from an empty sheet. The journal keeps what was said, and why
    it was taken back. An interest that the product sees by itself stays.

    Raises `NotAllowed` for who is not of the committee, `Refused` without a reason, when nothing was declared or once it is
    decided, `ValidationError` for a reason that says who somebody is.
    """
    member = _member(actor, application)
    why = " ".join(why.split())
    if not why or len(why) > 300:
        raise Refused(_("Dites pourquoi c'était une erreur, en 300 caractères au plus."))
    held = held_application(application=application)
    _open(held)
    refuse_identities({"why": why}, known=lambda: names_around(held), confirmed=None)
    declared = Conflict.objects.filter(application=held, member=member).first()
    if declared is None:
        raise Refused(_("Vous n'avez pas déclaré de conflit d'intérêts pour cette demande."))
    audit(actor=actor, verb="projects.conflict_taken_back", obj=held, changes={"reason": [declared.reason, why]})
    declared.delete()


@transaction.atomic
def score_application(*, actor: Any, application: Application, given: Given, confirmed: bool = False) -> int:
    """Write the scores of `actor`, by criterion; answers how many they have now.

    Raises `NotAllowed` (not of the committee, or in conflict), `Refused` (out of range, another fund's criterion, decided) and
    `ValidationError` (a comment that could say who somebody is, unless `confirmed`).
    """
    require(can_review(actor, application))
    held = held_application(application=application)
    _open(held)
    member = reviewer_of(actor, held.call.fund)
    assert member is not None
    criteria = {one.pk: one for one in Criterion.objects.filter(fund=held.call.fund, is_retired=False)}
    comments = {f"comment_{pk}": comment for pk, (_points, comment) in given.items()}
    refuse_identities(comments, known=lambda: names_around(held), confirmed=confirmed)
    before = {score.criterion_id: score for score in Score.objects.filter(application=held, member=member)}
    for pk, (points, comment) in given.items():
        criterion = criteria.get(pk)
        if criterion is None:
            raise Refused(_("Ce critère n'est pas de cette mesure."))
        if points is None:
            if comment:
                raise Refused(_("« %s » : donnez une note avec votre commentaire.") % criterion.label)
            if pk in before:
                before[pk].delete()
            continue
        if not 0 <= points <= criterion.most:
            told = {"criterion": criterion.label, "most": number(criterion.most)}
            raise Refused(_("« %(criterion)s » se note de 0 à %(most)s.") % told)
        score = before.get(pk) or Score(application=held, member=member, criterion=criterion)
        score.points, score.comment = points, comment
        score.clean_fields(exclude=("application", "member", "criterion"))
        score.save()
    audit(actor=actor, verb="projects.application_scored", obj=held)
    return Score.objects.filter(application=held, member=member).count()


def _member(actor: Any, application: Application) -> Member:
    member = reviewer_of(actor, application.call.fund)
    if member is None:
        raise NotAllowed(_("L'évaluation revient aux membres du comité de la mesure."))
    return member


def _open(application: Application) -> None:
    if application.state not in (ApplicationState.SUBMITTED, ApplicationState.REVIEWED):
        said = application.get_state_display()
        raise Refused(_("Cette demande n'est pas à l'étude (étape : « %s ») : elle ne se note plus.") % said)
