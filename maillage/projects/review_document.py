"""A yearly review as a document to hand over: its counts, each target with what came of it, what comes first next. PDF/UA."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.palette import PALETTE
from maillage.core.typography import day, number
from maillage.core.typst import render_pdf

from .models import Action, Review, ReviewLine
from .plan_lines import Measured
from .plan_reading import told_owner, told_support, told_target
from .reviewing import ReviewPage, Tally, known_until, measured

SOURCE = Path(__file__).parent / "documents" / "review.typ"


def review_pdf_bytes(review: Review, language: str, now: datetime) -> bytes:
    """The document as PDF/UA-1, dated `now`."""
    return render_pdf(SOURCE, {**content(review, language, now), "colours": PALETTE["light"]}, when=now)


def content(review: Review, language: str, now: datetime) -> dict[str, Any]:
    """What the document says."""
    shown = ReviewPage(review, {})
    return {
        "language": "fr" if language.startswith("fr") else "en",
        "heading": _("Bilan %(year)s") % {"year": review.year},
        "title": review.plan.title,
        "owner": told_owner(review.plan),
        "held": _held(review, language),
        "when": _("Tiré le %(day)s") % {"day": day(now.date(), language)},
        "counts": _counts(shown, language),
        "words_title": _("Ce que nous en retenons"),
        "words": [line for line in review.words.split("\n") if line.strip()],
        "columns": [_("Action"), _("Cible et mesure"), _("Ce qui en est ressorti"), _("Appuis")],
        "empty": _("Ce plan n'a pas d'action."),
        "page": _("page"),
        "objectives": list(_objectives(review, shown.judged, language)),
        "next_title": _("Cibles prioritaires de l'année à venir"),
        "next": [_priority(one.statement, one.support) for one in shown.priorities],
        "none": _("Aucune cible prioritaire n'est choisie."),
        "next_plan": _("Plan suivant : %s") % review.next_plan.title if review.next_plan else "",
    }


def _held(review: Review, language: str) -> str:
    said = [_("Fait le %(day)s") % {"day": day(review.held_on, language)}]
    if review.meeting is not None:
        said.append(review.meeting.title)
    said.append(_("bilan clos") if review.closed_at else _("bilan en cours"))
    return " · ".join(said)


def _counts(shown: ReviewPage, language: str) -> list[dict[str, str]]:
    """Targets by verdict, supports by what became of them, actions without support: each with its whole."""

    def of(tallies: Iterable[Tally], whole: int) -> str:
        return (
            ", ".join(f"{tally.label} : {number(tally.count, 0, language)}" for tally in tallies)
            + " "
            + (_("(sur %s)") % number(whole, 0, language))
        )

    lines = [
        {"label": _("Actions qui ont leur verdict"), "value": _of(shown.done, shown.whole, language)},
        {"label": _("Cibles"), "value": of(shown.verdicts, shown.done)},
        {"label": _("Se poursuivent"), "value": _of(shown.going_on, shown.done, language)},
        {"label": _("Appuis"), "value": of(shown.supports, shown.support_total)},
    ]
    if shown.bare:
        said = ngettext("%(n)s action sur %(whole)s", "%(n)s actions sur %(whole)s", shown.bare)
        said %= {"n": number(shown.bare, 0, language), "whole": number(shown.told, 0, language)}
        lines.append({"label": _("Sans appui nommé"), "value": said})
    return lines


def _of(part: int, whole: int, language: str) -> str:
    return _("%(n)s sur %(whole)s") % {"n": number(part, 0, language), "whole": number(whole, 0, language)}


def _objectives(review: Review, judged: dict[int, ReviewLine], language: str) -> Iterable[dict[str, Any]]:
    actions = measured(Action.objects.filter(objective__plan=review.plan_id), known_until(review))
    for objective, lines in groupby(actions, key=lambda action: action.objective):
        yield {"title": objective.title, "lines": [_line(one, judged.get(one.pk), language) for one in lines]}


def _line(action: Any, line: ReviewLine | None, language: str) -> dict[str, Any]:
    supports = [told_support(support) for support in action.supports.all()]
    last = Measured(action.measured, action.measured_on) if action.measured is not None else None
    verdict = str(line.get_verdict_display()) if line else _("Pas encore de verdict.")
    last = Measured(action.measured, action.measured_on) if action.measured is not None else None
    return {
        "title": action.title,
        "target": told_target(action, last, language),
        "verdict": verdict,
        "words": line.words if line else "",
        "goes_on": _("Se poursuit") if line and line.goes_on else "",
        "supports": supports or [_("Sans appui nommé")],
        "alone": not supports,
    }


def _priority(statement: str, support: str) -> dict[str, Any]:
    said = _("Appuis promis : %(names)s") % {"names": support} if support else _("Sans appui nommé")
    return {"statement": statement, "support": said, "alone": not support}
