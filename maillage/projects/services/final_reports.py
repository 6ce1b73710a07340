"""The final report of a supported project: submitted by the group, accepted or asked for again by those who manage the fund."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit
from maillage.core.typography import day
from maillage.projects.amounts import ZERO, dollars
from maillage.projects.applying import can_receive_application
from maillage.projects.enums import ApplicationState, BudgetSide, SourceKind
from maillage.projects.grant_books import account_of
from maillage.projects.grant_rights import can_decide, can_report
from maillage.projects.identities import names_around, refuse_identities
from maillage.projects.models import Application, BudgetLine, FinalReport

from .application_mail import tell_carriers, tell_fund
from .application_steps import held_application, make_pass
from .applications import MOST_LINES

_TOLD = ("results", "reached", "learned", "afterwards")


@transaction.atomic
def submit_report(
    *,
    actor: Any,
    application: Application,
    values: Mapping[str, Any],
    actual: Mapping[int, Decimal],
    added: Sequence[Mapping[str, Any]] = (),
    confirmed: bool = False,
    on: date | None = None,
) -> FinalReport:
    """Write the final report of `application`: what came of it (`values`) and what each line of the budget came to (`actual`); `added` are
    lines that were not planned (`side`, `kind`, `label`, `amount`).

    `confirmed` says that a name found in the texts is nobody's. It is submitted today; `on`, the day when it came on paper, is for those
    who manage the fund to say. Raises `NotAllowed`, `ValidationError`, and `Refused`: not at this
    step, a line without its amount, sources that are not the costs, more of the fund than was granted, a text that says who
    somebody is.
    """
    require(can_report(actor, application))
    held = held_application(application=application)
    if on is not None:
        require(can_receive_application(actor, held))
    came = on or timezone.localdate()
    texts = {name: values.get(name, "") for name in _TOLD} | {str(n): one["label"] for n, one in enumerate(added)}
    refuse_identities(texts, known=lambda: names_around(held), confirmed=confirmed)
    lines = list(held.budget.order_by("pk"))
    _check_lines(held, lines, actual, added)
    make_pass(actor=actor, application=held, code="report", on=came)
    _write_lines(held, lines, actual, added)
    report = FinalReport.objects.filter(application=held).first() or FinalReport(application=held)
    for name, value in values.items():
        setattr(report, name, value)
    report.submitted_on, report.accepted_on = came, None
    report.full_clean()
    report.save()
    audit(actor=actor, verb="projects.report_submitted", obj=held)
    tell_fund(application=held, on=came, what="reported")
    return report


@transaction.atomic
def accept_report(*, actor: Any, application: Application, on: date) -> Application:
    """Accept the report and close: from then on nothing of the application changes.

    Raises `NotAllowed`, and `Refused` when what was granted is not what was paid, to the cent, or for a day to come or before the
    report or the last movement.
    """
    require(can_decide(actor, application))
    held = held_application(application=application)
    if on > timezone.localdate():
        raise Refused(_("L'acceptation porte une date à venir : vérifiez-la."), on="on")
    account = account_of(held)
    if held.state == ApplicationState.REPORTED and not account.is_settled:
        told = {"granted": dollars(account.granted), "paid": dollars(account.paid)}
        raise Refused(
            _("%(granted)s sont accordés et %(paid)s versés : versez le reste, ou réduisez le montant par un avenant.")
            % told
        )
    last = held.payments.filter(cancelled_at=None).order_by("on", "id").last()
    if last is not None and on < last.on:
        raise Refused(_("Le dernier mouvement est du %s : la demande se ferme ce jour-là ou après.") % day(last.on))
    closed = make_pass(actor=actor, application=held, code="close", on=on)
    FinalReport.objects.filter(application=held).update(accepted_on=on)
    audit(actor=actor, verb="projects.report_accepted", obj=held)
    return closed


@transaction.atomic
def ask_report_again(*, actor: Any, application: Application, words: str, on: date | None = None) -> Application:
    """Give the report back to the group (today by default), saying what is missing. Raises `NotAllowed`, and `Refused` without a word."""
    require(can_decide(actor, application))
    words = words.strip()
    if not words:
        raise Refused(_("Dites au groupe ce qui manque au rapport."), on="words")
    held = held_application(application=application)
    refuse_identities({"words": words}, known=lambda: names_around(held), confirmed=None)
    make_pass(actor=actor, application=held, code="ask_again", on=on, words=words)
    tell_carriers(application=held, on=on or timezone.localdate(), what="asked_again")
    return held


def _write_lines(
    held: Application, lines: list[BudgetLine], actual: Mapping[int, Decimal], added: Sequence[Mapping[str, Any]]
) -> None:
    """Each line with what it came to; one that was not planned has nothing planned."""
    for line in lines:
        line.actual = actual[line.pk]
    BudgetLine.objects.bulk_update(lines, ["actual"])
    last = max((line.position for line in lines), default=-1)
    for place, one in enumerate(added, last + 1):
        line = BudgetLine(application=held, position=place, **{**one, "amount": ZERO, "actual": one["amount"]})
        line.full_clean(exclude=["application"])
        line.save()


def _check_lines(
    held: Application, lines: list[BudgetLine], actual: Mapping[int, Decimal], added: Sequence[Mapping[str, Any]]
) -> None:
    missing = [line.label for line in lines if actual.get(line.pk) is None]
    if missing:
        raise Refused(_("Donnez le montant réel de « %s », même si c'est 0.") % missing[0])
    if len(lines) + len(added) > MOST_LINES:
        raise Refused(_("Un budget compte au plus %d lignes : réunissez les plus petites.") % MOST_LINES)
    real = [(line.side, actual[line.pk]) for line in lines] + [(one["side"], one["amount"]) for one in added]
    cost = sum((amount for side, amount in real if side == BudgetSide.COST), ZERO)
    sources = sum((amount for side, amount in real if side == BudgetSide.SOURCE), ZERO)
    if cost != sources:
        told = {"cost": dollars(cost), "sources": dollars(sources), "gap": dollars(abs(cost - sources))}
        raise Refused(
            _(
                "Les dépenses réelles font %(cost)s et les sources %(sources)s : il y a %(gap)s d'écart. Vérifiez les lignes."
            )
            % told
        )
    used = sum((actual[line.pk] for line in lines if line.kind == SourceKind.ASKED), ZERO)
    if held.granted is not None and used > held.granted:
        told = {"used": dollars(used), "granted": dollars(held.granted)}
        raise Refused(_("Vous dites avoir reçu %(used)s de la mesure ; elle a accordé %(granted)s.") % told)
