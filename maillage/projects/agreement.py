"""The agreement letter of a grant as a PDF (PDF/UA-1): what is given, for what, under what conditions, and who signs."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.palette import PALETTE
from maillage.core.typography import day
from maillage.core.typst import render_pdf

from .amounts import dollars
from .enums import AmendmentKind, BudgetSide, SourceKind
from .grant_page import GrantPage
from .models import Application

SOURCE = Path(__file__).parent / "documents" / "agreement.typ"


def agreement_pdf(application: Application, read: GrantPage, language: str) -> bytes:
    """The letter of `application` with its amendments; the same bytes at each writing of the same agreement."""
    latest = read.amendments[-1].decided_on if read.amendments else None
    assert read.decision is not None, "a letter follows a decision"
    on = max(filter(None, [latest, read.decision.decided_on]))
    when = timezone.make_aware(datetime.combine(on, time(12)))
    return render_pdf(SOURCE, agreement_content(application, read, language), when=when)


def agreement_content(application: Application, read: GrantPage, language: str) -> dict[str, Any]:
    """What the letter says, as text."""
    fund, project, decision = application.call.fund, application.project, read.decision
    assert decision is not None, "a letter follows a decision"
    payee = application.payee.name if application.payee else application.group.name if application.group else ""
    return {
        "language": language[:2],
        "colours": PALETTE["light"],
        "heading": _("Lettre d'entente"),
        "fund": fund.name,
        "program": fund.program.name,
        "date": day(decision.decided_on, language),
        "payee": payee,
        "project": project.name,
        "opening": _("Nous vous confirmons le soutien accordé au projet « %s ».") % project.name,
        "amount": dollars(application.granted or decision.amount),
        "amount_label": _("Montant accordé"),
        "facts": _facts(application, read, language),
        "sections": _sections(application, read, language),
        "signatures": [
            {"name": fund.signatory, "label": _("Pour la mesure de soutien"), "date": _("Date")},
            {"name": payee, "label": _("Pour l'organisme qui reçoit l'argent"), "date": _("Date")},
        ],
        "number": f"{_('Numéro')} {application.uid.hex[:8].upper()}",
    }


def _facts(application: Application, read: GrantPage, language: str) -> list[dict[str, str]]:
    facts = [
        (_("Groupe"), application.group.name if application.group else ""),
        (_("Appel"), application.call.title),
        (_("Montant demandé"), dollars(application.asked) if application.asked is not None else ""),
        (_("Décision du comité"), day(read.decision.decided_on, language) if read.decision else ""),
        (_("Le projet commence"), day(application.starts_on, language)),
        (_("Le projet finit"), day(application.ends_on, language)),
        (_("Rapport final pour le"), day(application.call.report_due_on, language)),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _sections(application: Application, read: GrantPage, language: str) -> list[dict[str, Any]]:
    """What the letter says after its facts, in order; those without words are left out."""
    assert read.decision is not None, "a letter follows a decision"
    asked = BudgetSide.SOURCE, SourceKind.ASKED
    lines = [line for line in application.budget.all() if (line.side, line.kind) != asked and line.amount]
    costs = [f"{line.label} : {dollars(line.amount)}" for line in lines if line.side == BudgetSide.COST]
    others = [f"{line.label} : {dollars(line.amount)}" for line in lines if line.side == BudgetSide.SOURCE]
    changes = []
    for one in read.amendments:
        sign = "+" if one.change > 0 else "−"
        told = {
            AmendmentKind.AMOUNT: f"{sign} {dollars(abs(one.change))}",
            AmendmentKind.DATES: day(one.ends_on, language),
        }.get(AmendmentKind(one.kind), "")
        changes.append(
            " – ".join(filter(None, [day(one.decided_on, language), one.get_kind_display(), told, one.reason]))
        )
    engagements = [
        _("Se servir de l'argent pour ce projet et ces dépenses seulement ; tout autre usage demande un avenant."),
        _("Dire sans attendre ce qui change : dates, partenaires, sources qui manquent."),
        _("Déposer un rapport final avec les retombées et les montants réels, et remettre ce qui n'a pas servi."),
        _("Ne nommer aucune personne rejointe dans le rapport : des nombres suffisent."),
    ]
    sections = [
        (_("Ce qui est soutenu"), [application.what] if application.what else [], []),
        (_("Raison de la décision"), [read.decision.reason], []),
        (_("Conditions"), [read.decision.conditions] if read.decision.conditions else [], []),
        (_("Dépenses prévues"), [], costs),
        (_("Autres sources"), [], others),
        (_("Avenants"), [], changes),
        (_("L'organisme s'engage à"), [], engagements),
    ]
    return [
        {"title": title, "paragraphs": _split(texts), "items": items}
        for title, texts, items in sections
        if texts or items
    ]


def _split(texts: list[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.splitlines() if part.strip()]
