"""What an application lacks before it may be submitted, in sentences: what, where, what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.typography import day

from .amounts import dollars
from .applying import had_ended, is_of_its_program, is_open, of_another_program
from .budget import Totals, most_to_ask, passes_share, totals_of
from .enums import ApplicationState, BudgetSide, ProjectStage
from .models import Application, BudgetLine, Fund

WORDS, BUDGET, ELSEWHERE = "words", "budget", ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something to put right, and the page where it is (`words`, `budget`, or none of them)."""

    sentence: str
    page: str = ELSEWHERE


def lacks_of(application: Application, lines: Sequence[BudgetLine], today: date | None = None) -> list[Lack]:
    """All that `application`, with these lines, lacks; empty when it may be submitted on `today`, one on paper on the day it came."""
    on = application.received_on or today or timezone.localdate()
    return [*_words(application), *_dates(application), *_budget(application, lines), *_around(application, on)]


def _words(application: Application) -> Iterator[Lack]:
    asked = {
        "what": _("Dites ce que vous voulez faire."),
        "why": _("Dites quel besoin les locataires ont nommé."),
        "who": _("Dites qui participera et qui décidera."),
        "when": _("Dites quand cela se fera."),
        "changes": _("Dites ce que cela changera."),
        "afterwards": _("Dites comment cela continuera ensuite, ou que cela s'arrêtera."),
    }
    for name, sentence in asked.items():
        if not getattr(application, name).strip():
            yield Lack(sentence, WORDS)
    if application.payee is None:
        yield Lack(_("Nommez l'organisme qui recevra l'argent."), WORDS)


def _dates(application: Application) -> Iterator[Lack]:
    start, end, call = application.starts_on, application.ends_on, application.call
    if start is None or end is None:
        yield Lack(_("Donnez le début et la fin prévus."), WORDS)
        return
    if start < call.opens_on:
        told = day(call.opens_on)
        yield Lack(_("Le projet débuterait avant l'ouverture de l'appel, le %s : changez le début.") % told, WORDS)
    if call.report_due_on is not None and end > call.report_due_on:
        told = day(call.report_due_on)
        yield Lack(_("Les rapports de cet appel sont pour le %s : le projet doit finir avant.") % told, WORDS)


def _budget(application: Application, lines: Sequence[BudgetLine]) -> Iterator[Lack]:
    totals = totals_of(lines)
    if not any(line.side == BudgetSide.COST for line in lines) or not totals.cost:
        yield Lack(_("Inscrivez au moins une dépense."), BUDGET)
        return
    if not totals.asked:
        yield Lack(_("Inscrivez le montant que vous demandez à la mesure."), BUDGET)
    if not totals.balances:
        yield Lack(unbalanced(totals), BUDGET)
    if totals.asked:
        yield from _ceilings(application, totals)


def unbalanced(totals: Totals) -> str:
    """Why the sources are not the cost."""
    said = {"sources": dollars(totals.sources), "cost": dollars(totals.cost)}
    if totals.missing:
        told = said | {"gap": dollars(totals.missing)}
        return (
            _("Les sources font %(sources)s et les dépenses %(cost)s : il manque %(gap)s. Dites d'où ils viendront.")
            % told
        )
    told = said | {"gap": dollars(totals.surplus)}
    return _("Les sources font %(sources)s et les dépenses %(cost)s : %(gap)s de trop. Demandez moins.") % told


def _ceilings(application: Application, totals: Totals) -> Iterator[Lack]:
    call = application.call
    fund: Fund = call.fund
    said = {"asked": dollars(totals.asked)}
    if fund.most is not None and totals.asked > fund.most:
        told = said | {"most": dollars(fund.most)}
        yield Lack(_("Vous demandez %(asked)s ; le plafond par projet est de %(most)s.") % told, BUDGET)
    if passes_share(totals, fund.most_share):
        most = most_to_ask(totals.cost, None, fund.most_share)
        assert most is not None
        told = said | {"share": str(fund.most_share), "cost": dollars(totals.cost), "most": dollars(most)}
        yield Lack(
            _(
                "Vous demandez %(asked)s ; la mesure paie au plus %(share)s %% du coût (%(cost)s), donc %(most)s. "
                "Trouvez d'autres sources ou demandez moins."
            )
            % told,
            BUDGET,
        )
    envelope = fund.envelope if call.envelope is None else min(fund.envelope, call.envelope)
    if totals.asked > envelope:
        told = said | {"envelope": dollars(envelope)}
        yield Lack(_("Vous demandez %(asked)s ; toute l'enveloppe est de %(envelope)s.") % told, BUDGET)


def _around(application: Application, today: date) -> Iterator[Lack]:
    project, call, fund = application.project, application.call, application.call.fund
    on_paper = application.received_on is not None
    if project.stage == ProjectStage.ENDED and not (on_paper and project.ended_on and project.ended_on > today):
        yield Lack(_("Ce projet est terminé : reprenez-le avant de déposer la demande."))
    if not is_of_its_program(project, call):
        yield Lack(of_another_program(call))
    group = application.group or project.group
    if group is not None and had_ended(group, today):
        yield Lack(_("Le groupe « %s » est terminé : la demande ne peut plus être déposée en son nom.") % group.name)
    if fund.end is not None and fund.end < today:
        yield Lack(_("La mesure « %(name)s » a pris fin le %(day)s.") % {"name": fund.name, "day": day(fund.end)})
    # One that was sent back had come in time: it may come again after the call has closed. For one on paper, the fund's keepers
    # said the day, and why it was taken when it came late.
    if application.state == ApplicationState.DRAFT and not on_paper and not is_open(call, today):
        told = {"opens": day(call.opens_on), "closes": day(call.closes_on)}
        yield Lack(_("L'appel reçoit les demandes du %(opens)s au %(closes)s.") % told)
