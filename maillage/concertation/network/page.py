"""What the page of the web says of it: choices of the filters, sentences, figures, pictures."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.typography import number, percent
from maillage.directory.enums import OrganizationKind

from .asked import SORTS, TABLES, TIMES
from .picture import Key, Picture, pictures, sector_label, svg
from .sources import known
from .web import Web

FIRST = 3  # sectors and bridges that a sentence names


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A table that can be shown."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and what is said of it."""

    heading: str
    picture: Picture
    drawing: SafeString
    query: str
    is_before: bool


class WebPage:
    """A web as its page shows it."""

    def __init__(self, web: Web) -> None:
        self.web, self.asked = web, web.asked
        self.after, self.before, self.change = web.after, web.before, web.change
        self.is_exact = web.asked.scope.is_exact
        self.has_few = bool(web.asked.scope.programs) and not self.is_exact

    @property
    def choices(self) -> dict[str, list[Choice]]:
        """The choices of each filter."""
        asked, reach = self.asked, self.asked.reach
        return {
            "programs": [
                Choice(found.slug, found.name, found == asked.program) for found in list(reach.programs.values())[:50]
            ],
            "places": [Choice(str(place.pk), place.name, place == asked.place) for place in reach.places()[:150]],
            "sectors": [Choice(code, str(label), code == asked.sector) for code, label in OrganizationKind.choices],
            "kinds": [Choice(source.kind, str(source.label), source.kind == asked.kind) for source in known()],
            "times": [Choice(str(least), _least(least), least == asked.times) for least in TIMES],
            "sorts": [Choice(code, str(label), code == asked.sort) for code, label in SORTS.items()],
        }

    @property
    def tabs(self) -> list[Tab]:
        """The tables, one of them shown."""
        return [
            Tab(str(label), self.asked.query(tableau=code), code == self.asked.table) for code, label in TABLES.items()
        ]

    @property
    def filters(self) -> list[dict[str, Any]]:
        """The filters in force, each with the address without it."""
        asked = self.asked
        said = [
            ("programme", _("Programme"), asked.program.name if asked.program else ""),
            ("territoire", _("Territoire"), asked.place.name if asked.place else ""),
            ("secteur", _("Secteur"), sector_label(asked.sector) if asked.sector else ""),
            ("lien", _("Lien"), next((str(one.label) for one in known() if one.kind == asked.kind), "")),
            ("fois", _("Ensemble"), _least(asked.times) if asked.times > 1 else ""),
        ]
        return [
            {"label": label, "value": value, "remove": f"?{asked.query(**{name: ''})}"}
            for name, label, value in said
            if value
        ]

    @cached_property
    def drawn(self) -> list[Drawn]:
        """Before, when there was something, then the period."""
        if not self.after.standings and not self.before.standings:
            return []
        before, after = pictures(self.web)
        found = [Drawn(_("Dans la période"), after, _safe(after), self.asked.query(), False)]
        if self.before.standings:
            found.insert(0, Drawn(_("Avant"), before, _safe(before), self.asked.query(image="avant"), True))
        return found

    @property
    def has_new(self) -> bool:
        """Whether a picture shows a new tie."""
        return any(drawn.picture.has_new for drawn in self.drawn)

    @property
    def has_first(self) -> bool:
        """Whether a picture shows a tie between two sectors that had none."""
        return any(drawn.picture.has_first for drawn in self.drawn)

    @property
    def legend(self) -> list[Key]:
        """The sectors of both pictures, each once."""
        found = {key.label: key for drawn in self.drawn for key in drawn.picture.legend}
        return sorted(found.values(), key=lambda key: (key.is_square, key.colour))

    @cached_property
    def sentences(self) -> list[str]:
        """What one reads in the pictures, in words."""
        if not self.after.standings:
            return []
        return [said for said in (self._crossing(), self._opened(), self._bridges(), self._apart()) if said]

    def _crossing(self) -> str:
        return _("%(share)s des liens unissent deux secteurs différents (%(before)s avant).") % {
            "share": percent(self.after.crossing_share),
            "before": percent(self.before.crossing_share) if self.before.ties else _("aucun lien"),
        }

    def _opened(self) -> str:
        opened = self.change.opened
        if not opened or not self.before.ties:
            return ""
        names = "; ".join(f"{sector_label(one)} – {sector_label(other)}" for one, other in opened[:FIRST])
        more = _(" et d'autres") if len(opened) > FIRST else ""
        return _("Des secteurs sans lien avant se sont joints : %(names)s%(more)s.") % {"names": names, "more": more}

    def _bridges(self) -> str:
        best = sorted(self.after.standings, key=lambda one: (-one.bridging, one.organization))[:FIRST]
        names = [self.web.organizations[one.organization].name for one in best if one.bridging > 0 and one.sectors]
        if not names:
            return ""
        return _("Font le plus le pont entre les autres : %(names)s.") % {"names": "; ".join(names)}

    def _apart(self) -> str:
        apart = len(self.after.components) - 1
        if not apart:
            return _("Toutes se rejoignent, directement ou par d'autres.")
        return ngettext(
            "La plus grande toile réunit %(size)s organisations sur %(all)s; %(apart)s autre s'en tient à l'écart.",
            "La plus grande toile réunit %(size)s organisations sur %(all)s; %(apart)s autres s'en tiennent à l'écart.",
            apart,
        ) % {
            "size": number(self.after.components[0]),
            "all": number(len(self.after.standings)),
            "apart": number(apart),
        }


def _least(times: int) -> str:
    if times == 1:
        return _("une fois ou plus")
    return _("%(count)d fois ou plus") % {"count": times}


def _safe(picture: Picture) -> SafeString:
    return mark_safe(svg(picture))  # noqa: S308 (a template that escapes all that it is given)
