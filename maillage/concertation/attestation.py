"""The attestation of a training as a PDF (PDF/UA-1): one page a person, for themself or for all at once."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.core import typography
from maillage.core.glyphs import UNKNOWN, drawable
from maillage.core.palette import PALETTE
from maillage.core.typst import render_pdf

from .attesting import attested_hours
from .models import Attendance, Meeting
from .times import span_words

SOURCE = Path(__file__).parent / "documents" / "attestation.typ"


def attestations(meeting: Meeting, people: Iterable[Attendance]) -> bytes:
    """One page for each of `people`, who were at `meeting`; dated of the end of the training, the same at each writing."""
    language = (get_language() or "fr")[:2]
    hours = attested_hours(meeting)
    digits = 0 if hours == int(hours) else 1 if hours * 10 == int(hours * 10) else 2
    host = meeting.group.host
    content: dict[str, Any] = {
        "language": language,
        "colours": PALETTE["light"],
        "group": f"{meeting.group.name} – {host.name}" if host else meeting.group.name,
        "title": meeting.title,
        "when": span_words(meeting.starts_at, meeting.ends_at),
        "place": meeting.place,
        "hours": _("%s heures de formation") % typography.number(hours, digits, language)
        if hours >= 2
        else _("%s heure de formation") % typography.number(hours, digits, language),
        "words": {
            "heading": _("Attestation de participation"),
            "certifies": _("Nous attestons que"),
            "took_part": _("a participé à la formation"),
            "by_hand": _("nom, à écrire à la main"),
            "signature": _("Pour le groupe"),
            "number": _("Numéro"),
        },
        "people": [
            {
                "name": printed_name(one.name),
                "organization": one.organization.name if one.organization else "",
                "number": one.uid.hex[:8].upper(),
            }
            for one in people
        ],
    }
    assert meeting.ends_at is not None, "a training that is over has an end"
    return render_pdf(SOURCE, content, when=meeting.ends_at)


def printed_name(name: str) -> str:
    """A name as the document's letters draw it whole; nothing, for a line to write it by hand, when they cannot."""
    drawn = drawable(name)
    return "" if UNKNOWN in drawn and UNKNOWN not in name else drawn
