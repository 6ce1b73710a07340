"""The decision of a committee, the signature of the letter, and what changes afterwards. Nothing passes the envelope."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.models import Meeting
from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.typography import day
from maillage.projects.amounts import ZERO, dollars
from maillage.projects.applying import had_ended
from maillage.projects.budget import most_to_ask, totals_of
from maillage.projects.enums import AmendmentKind, ApplicationState, DecisionOutcome
from maillage.projects.grant_books import account_of, call_envelope, fund_envelope, moved, refuse_days
from maillage.projects.grant_rights import can_decide
from maillage.projects.identities import names_around, refuse_identities
from maillage.projects.ledger import Movement
from maillage.projects.models import Application, Fund, GrantAmendment, GrantDecision

from .application_mail import tell_carriers
from .application_steps import held_application, make_pass

_GIVEN = (DecisionOutcome.GRANTED, DecisionOutcome.PARTLY)
_PASSAGES = {
    DecisionOutcome.GRANTED: "grant",
    DecisionOutcome.PARTLY: "grant",
    DecisionOutcome.REFUSED: "refuse",
    DecisionOutcome.DEFERRED: "defer",
}
_CHANGING = (ApplicationState.GRANTED, ApplicationState.AGREED, ApplicationState.REPORTED)


@transaction.atomic
def decide(
    *,
    actor: Any,
    application: Application,
    outcome: str,
    amount: Decimal | None = None,
    reason: str,
    conditions: str = "",
    decided_on: date,
    meeting: Meeting | None = None,
    confirmed: bool = False,
) -> GrantDecision:
    """Write what the committee decided of `application`: granted (all that was asked, by default), in part, refused, deferred.

    Raises `NotAllowed` (also for who is in conflict), `Refused` (another state than « à l'étude », a day that cannot be, too much money, a
    group that has ended, a meeting of another group) and `ValidationError` for words that could say who somebody is, unless `confirmed`.
    """
    require(can_decide(actor, application))
    if outcome not in DecisionOutcome.values:
        raise Refused(_("Dites si la demande est accordée, accordée en partie, refusée ou reportée."), on="outcome")
    fund = _held_fund(application)
    held = held_application(application=application)
    refuse_decision_day(held=held, on=decided_on)
    if granted := _amount(held, outcome, amount):
        _within(held, fund, decided_on, granted)
    _refuse_meeting(meeting, fund)
    said = {"reason": reason.strip(), "conditions": conditions.strip()}
    refuse_identities(said, known=lambda: names_around(held), confirmed=confirmed)
    decision = GrantDecision(application=held, outcome=outcome, amount=granted, **said)
    decision.decided_on, decision.meeting, decision.by_label = decided_on, meeting, str(actor)[:200]
    decision.full_clean()
    words = decision.reason if len(decision.reason) <= 1000 else decision.reason[:999] + "…"
    make_pass(actor=actor, application=held, code=_PASSAGES[DecisionOutcome(outcome)], on=decided_on, words=words)
    if granted:
        _keep_granted(held, granted)
    decision.save()
    changes = {"outcome": ["", outcome], "amount": ["", str(granted)]}
    audit(actor=actor, verb="projects.grant_decided", obj=held, changes=changes)
    tell_carriers(application=held, on=decided_on, what="decided")
    return decision


def _keep_granted(held: Application, granted: Decimal) -> None:
    held.granted = granted
    held.save(update_fields=["granted"])


def _refuse_meeting(meeting: Meeting | None, fund: Fund) -> None:
    if meeting is not None and meeting.group_id != fund.committee_id:
        raise Refused(
            _("Cette rencontre n'est pas du comité de la mesure : choisissez-en une autre, ou aucune."), on="meeting"
        )


@transaction.atomic
def note_signature(*, actor: Any, application: Application, on: date) -> Application:
    """Write that the agreement letter was signed `on` this day: money may go out from then.

    Raises `NotAllowed`, or `Refused` for a day to come or before the decision, or when nothing was granted.
    """
    require(can_decide(actor, application))
    held = held_application(application=application)
    decided = _decided_on(held)
    if on > timezone.localdate() or (decided is not None and on < decided):
        raise Refused(
            _("La lettre se signe après la décision et au plus tard aujourd'hui : vérifiez la date."), on="on"
        )
    return make_pass(actor=actor, application=held, code="agree", on=on, agreed_on=on)


@transaction.atomic
def amend(
    *,
    actor: Any,
    application: Application,
    kind: str,
    change: Decimal = ZERO,
    ends_on: date | None = None,
    reason: str,
    decided_on: date,
    confirmed: bool = False,
) -> GrantAmendment:
    """Change what was agreed: more or less money (`change`, signed), another end, another use.

    Raises `NotAllowed`, and `Refused`: nothing is granted or all is closed, more than the envelope or the ceilings, less than what
    is paid, an end before the beginning, a day that cannot be. `ValidationError` for a reason that could say who somebody is,
    unless `confirmed`.
    """
    require(can_decide(actor, application))
    fund = _held_fund(application)
    held = held_application(application=application)
    _amendable(held, decided_on)
    kept = _kept(held, fund, decided_on, kind, change, ends_on)
    refuse_identities({"reason": reason}, known=lambda: names_around(held), confirmed=confirmed)
    amendment = GrantAmendment(
        application=held,
        kind=kind,
        change=change if kind == AmendmentKind.AMOUNT else ZERO,
        ends_on=ends_on if kind == AmendmentKind.DATES else None,
        reason=" ".join(reason.split()),
        decided_on=decided_on,
        by_label=str(actor)[:200],
    )
    amendment.full_clean()
    amendment.save()
    for name, value in kept.items():
        setattr(held, name, value)
    held.revision += 1
    held.save(update_fields=["revision", *kept])
    audit(actor=actor, verb="projects.grant_amended", obj=held, changes={"change": ["", str(amendment.change)]})
    return amendment


def _kept(held: Application, fund: Fund, on: date, kind: str, change: Decimal, ends_on: date | None) -> dict[str, Any]:
    """What of the application an amendment of this kind, decided `on` this day, changes."""
    if kind == AmendmentKind.AMOUNT:
        account = moved(lambda: account_of(held).amended(change))
        if change > 0:
            _within(held, fund, on, change, account.granted)
        refuse_days(held, Movement(on, granted=change))
        return {"granted": account.granted}
    if kind == AmendmentKind.DATES:
        if ends_on is None:
            raise Refused(_("Donnez la nouvelle fin du projet."), on="ends_on")
        if held.starts_on is not None and ends_on < held.starts_on:
            raise Refused(_("La nouvelle fin précède le début du projet, le %s.") % day(held.starts_on), on="ends_on")
        return {"ends_on": ends_on}
    if kind == AmendmentKind.PURPOSE:
        return {}
    raise Refused(_("Dites ce qui change : le montant, les dates ou l'objet."), on="kind")


def _amount(held: Application, outcome: str, amount: Decimal | None) -> Decimal:
    """The amount that this outcome gives; zero when it gives none."""
    asked = held.asked or ZERO
    if outcome not in _GIVEN:
        if amount:
            raise Refused(_("Une demande refusée ou reportée n'a pas de montant : laissez-le vide."), on="amount")
        return ZERO
    if outcome == DecisionOutcome.GRANTED:
        if amount is not None and amount != asked:
            told = dollars(asked)
            raise Refused(
                _("La demande est de %s : pour un autre montant, choisissez « Accordée en partie ».") % told,
                on="amount",
            )
        amount = asked
    elif amount is None:
        raise Refused(_("Donnez le montant accordé."), on="amount")
    elif amount >= asked:
        raise Refused(
            _("Un montant accordé en partie est plus petit que la demande, qui est de %s.") % dollars(asked),
            on="amount",
        )
    if amount <= 0:
        raise Refused(_("Donnez un montant plus grand que zéro."), on="amount")
    return amount


def _within(held: Application, fund: Fund, on: date, change: Decimal, whole: Decimal | None = None) -> None:
    """Refuse what passes the envelopes or the ceilings, or came after the group ended; `whole` is the grant once changed, `change` by default."""
    for group in (held.group, held.project.group):
        if group is not None and had_ended(group, on):
            raise Refused(_("Le groupe « %s » est terminé : il ne peut plus recevoir de soutien.") % group.name)
    most = most_to_ask(totals_of(held.budget.all()).cost, fund.most, fund.most_share)
    if most is not None and (whole or change) > most:
        raise Refused(_("La mesure donne au plus %s à ce projet.") % dollars(most), on="amount")
    moved(lambda: fund_envelope(fund).committing(change))
    if (envelope := call_envelope(held.call)) is not None:
        moved(lambda: envelope.committing(change))


def _held_fund(application: Application) -> Fund:
    """The fund, held: two decisions at once do not both take the last dollars."""
    return Fund.objects.select_for_update(of=("self",)).get(pk=application.call.fund_id)


def refuse_decision_day(*, held: Application, on: date) -> None:
    """Raise `Refused` for a day on which the committee cannot have decided: to come, before the call, after the fund."""
    fund, call = held.call.fund, held.call
    if on > timezone.localdate():
        raise Refused(_("La décision porte une date à venir : donnez le jour où le comité a décidé."), on="decided_on")
    if on < call.opens_on:
        raise Refused(
            _("Le comité ne peut avoir décidé avant l'ouverture de l'appel, le %s.") % day(call.opens_on),
            on="decided_on",
        )
    if fund.end is not None and on > fund.end:
        raise Refused(
            _("La mesure a pris fin le %s : elle n'accorde plus rien après.") % day(fund.end), on="decided_on"
        )


def _amendable(held: Application, on: date) -> None:
    if held.state not in _CHANGING:
        said = held.get_state_display()
        raise Refused(_("Rien n'est à changer à l'étape « %s » : un avenant suit une demande accordée.") % said)
    decided = _decided_on(held)
    if on > timezone.localdate() or (decided is not None and on < decided):
        raise Refused(
            _("Un avenant suit la décision et ne porte pas de date à venir : vérifiez la date."), on="decided_on"
        )


def _decided_on(held: Application) -> date | None:
    days = held.decisions.filter(outcome__in=_GIVEN).order_by("-decided_on").values_list("decided_on", flat=True)
    return days.first()
