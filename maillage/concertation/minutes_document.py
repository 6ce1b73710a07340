"""Minutes as documents to hand over: what they say, set as PDF (Typst, PDF/UA) or as DOCX."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.palette import PALETTE
from maillage.core.typography import day
from maillage.core.typst import render_pdf

from .enums import AmendmentState, DecisionWay
from .minutes_page import MinutesPage
from .models import AgendaItem, Decision, FollowUp

SOURCE = Path(__file__).parent / "documents" / "minutes.typ"


def minutes_pdf_bytes(page: MinutesPage, language: str) -> bytes:
    """The document as PDF/UA-1."""
    return render_pdf(SOURCE, {**content(page, language), "colours": PALETTE["light"]}, when=written_at(page))


def minutes_docx_bytes(page: MinutesPage, language: str) -> bytes:
    """The document for a word processor, with real headings and lists."""
    from docx import Document  # heavy: loaded by the first document of a process only

    told = content(page, language)
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = _printable(told["title"])[:255], _printable(told["group"])[:255]
    properties.language = told["language"]
    properties.created = properties.modified = written_at(page).replace(tzinfo=None)
    document.add_heading(_printable(told["title"]), level=0)
    document.add_paragraph(_printable(" · ".join([told["group"], *told["facts"]])))
    document.add_paragraph(told["state"])
    for section in told["sections"]:
        document.add_heading(_printable(section["title"]), level=1)
        if section["about"]:
            document.add_paragraph().add_run(_printable(section["about"])).italic = True
        for text in section["paragraphs"]:
            document.add_paragraph(_printable(text))
        for made in [*section["decisions"], *section["follow_ups"]]:
            line = document.add_paragraph(style="List Bullet")
            line.add_run(_printable(f"{made['name']} ")).bold = True
            line.add_run(_printable(made["text"]))
            if made["detail"]:
                line.add_run(_printable(f" ({made['detail']})"))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def written_at(page: MinutesPage) -> datetime:
    """The moment that a document is dated from: the same file at each writing of the same minutes."""
    minutes = page.minutes
    return minutes.circulated_at or page.meeting.starts_at or page.meeting.created_at


def content(page: MinutesPage, language: str) -> dict[str, Any]:
    """What both documents say."""
    meeting, minutes = page.meeting, page.minutes
    facts = [day(timezone.localdate(meeting.starts_at), language)] if meeting.starts_at else []
    sections = [_present(page), _plain(_("Ouverture"), minutes.opening)]
    sections += [_item(line.number, line.item, line.decisions, line.follow_ups) for line in page.lines]
    others = page.elsewhere
    sections.append(
        {
            **_plain(_("Hors de l'ordre du jour"), ""),
            "decisions": _decided(others[0]),
            "follow_ups": _promised(others[1]),
        }
    )
    sections += [_plain(_("Clôture"), minutes.closing), _plain(_("Compte rendu en langage clair"), minutes.summary)]
    sections.append(_amended(page, language))
    return {
        "language": "fr" if language.startswith("fr") else "en",
        "heading": _("Procès-verbal"),
        "title": meeting.title,
        "group": meeting.group.name,
        "facts": [*facts, *filter(None, [meeting.place])],
        "state": _state(page, language),
        "sections": [s for s in sections if s["paragraphs"] or s["decisions"] or s["follow_ups"] or s["keeps"]],
        "page": _("page"),
    }


def _state(page: MinutesPage, language: str) -> str:
    minutes = page.minutes
    if minutes.adopted_on:
        return _("Adopté le %(day)s") % {"day": day(minutes.adopted_on, language)}
    return str(minutes.get_state_display())


def _present(page: MinutesPage) -> dict[str, Any]:
    counted = [f"{label} : {count}" for label, count in page.present]
    names = [f"{line.name} ({line.organization.name})" if line.organization else line.name for line in page.attendances]
    return _plain(_("Présences"), "\n".join(filter(None, [", ".join(counted), ", ".join(names)])))


def _item(number: int, item: AgendaItem, decisions: list[Decision], follow_ups: list[FollowUp]) -> dict[str, Any]:
    led = item.led_by.person.name if item.led_by else item.led_by_name
    return {
        **_plain(f"{number}. {item.title}", item.notes),
        "about": " · ".join(filter(None, [str(item.get_kind_display()), led])),
        "decisions": _decided(decisions),
        "follow_ups": _promised(follow_ups),
        "keeps": True,
    }


def _plain(title: str, text: str) -> dict[str, Any]:
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return {"title": title, "about": "", "paragraphs": paragraphs, "decisions": [], "follow_ups": [], "keeps": False}


def _decided(decisions: list[Decision]) -> list[dict[str, str]]:
    return [
        {"name": _("Décision %(number)s :") % {"number": line.number}, "text": line.text, "detail": _way(line)}
        for line in decisions
    ]


def _way(decision: Decision) -> str:
    way = str(decision.get_way_display())
    if decision.way == DecisionWay.VOTE and decision.votes_for is not None:
        way += _(" : %(yes)s pour, %(no)s contre, %(abstained)s abstentions") % {
            "yes": decision.votes_for,
            "no": decision.votes_against or 0,
            "abstained": decision.abstentions or 0,
        }
    return way


def _promised(follow_ups: list[FollowUp]) -> list[dict[str, str]]:
    return [
        {
            "name": _("Suivi :"),
            "text": line.what,
            "detail": ", ".join(
                filter(
                    None,
                    [
                        *(member.person.name for member in line.members.all()),
                        line.who,
                        _("pour le %(day)s") % {"day": day(line.due_on)} if line.due_on else "",
                    ],
                )
            ),
        }
        for line in follow_ups
    ]


def _amended(page: MinutesPage, language: str) -> dict[str, Any]:
    accepted = [line for line in page.amendments if line.state == AmendmentState.ACCEPTED]
    told = [
        f"{day(timezone.localdate(line.answered_at), language)} – {line.item.title if line.item else ''} : {line.text}"
        for line in accepted
        if line.answered_at
    ]
    return _plain(_("Amendements acceptés"), "\n".join(told))


def _printable(text: str) -> str:
    """`text` without the control characters that a DOCX file refuses."""
    return "".join(char for char in text if char in "\t\n" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF))
