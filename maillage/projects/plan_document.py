"""A plan as a document to hand over: everything on one printable page, set as PDF/UA."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from maillage.core.palette import PALETTE
from maillage.core.typography import day
from maillage.core.typst import render_pdf

from .models import Plan
from .plan_reading import Told, bare_count, told_bare, told_owner, told_plan

SOURCE = Path(__file__).parent / "documents" / "plan.typ"


def plan_pdf_bytes(plan: Plan, language: str, now: datetime) -> bytes:
    """The document as PDF/UA-1, dated `now`."""
    return render_pdf(SOURCE, {**content(plan, language, now), "colours": PALETTE["light"]}, when=now)


def content(plan: Plan, language: str, now: datetime) -> dict[str, Any]:
    """What the document says."""
    told = told_plan(plan, language)
    bare, whole = bare_count(told)
    return {
        "language": "fr" if language.startswith("fr") else "en",
        "heading": _("Plan d'action"),
        "title": plan.title,
        "owner": told_owner(plan),
        "period": _("Du %(start)s au %(end)s") % {"start": day(plan.start, language), "end": day(plan.end, language)},
        "when": _("Tiré le %(day)s") % {"day": day(now.date(), language)},
        "words": [line for line in plan.words.split("\n") if line.strip()],
        "bare": told_bare(bare, whole, language),
        "columns": [_("Action"), _("Qui, avec qui"), _("Quand"), _("Où en est-on")],
        "none": _("Aucune action pour cet objectif."),
        "empty": _("Ce plan n'a pas encore d'objectif."),
        "priority": _("Cible prioritaire"),
        "page": _("page"),
        "objectives": [
            {
                "title": objective.title,
                "priority": objective.is_priority,
                "lines": [_line(line) for line in lines],
            }
            for objective, lines in told
        ],
    }


def _line(line: Told) -> dict[str, Any]:
    return {
        "title": line.title,
        "details": [text for text in (line.details, _("Moyens : %s") % line.means if line.means else "") if text],
        "who": line.who or _("à confier à quelqu'un"),
        "partners": _("avec %s") % line.partners if line.partners else "",
        "when": line.when or _("sans date"),
        "state": line.state,
        "more": [text for text in (line.target, line.outcome) if text],
        "supports": [_("Sans appui nommé")] if line.is_alone else line.supports,
        "alone": line.is_alone,
    }
