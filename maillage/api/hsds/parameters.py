"""What may be asked of the HSDS API: one list from which requests are read and the OpenAPI document is drawn.

A parameter that an address does not know, or cannot read, is refused with a sentence: an answer that took no account of it
would say more than was asked.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from maillage.api.problems import Problem

USUAL, MOST, MOST_FULL, MOST_WITH_SERVICES, MOST_MINIMAL = 20, 100, 50, 10, 10_000  # objects of a page
MOST_PAGES = 1_000_000
MOST_WORDS = 200  # characters of `search`
FARTHEST = 500_000  # metres
MOST_BYTES = 16_384  # of a body
_TRUE, _FALSE = ("true", "1"), ("false", "0", "")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its type in the document, its bounds, and what it does."""

    name: str
    kind: str
    description: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks. A number of the page counts from 1; `per_page` 0 is the usual size."""

    search: str = ""
    page: int = 1
    per_page: int = 0
    format: str = "json"
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    parent_id: UUID | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False
    postcode: str = ""
    proximity: int | None = None

    @property
    def most(self) -> int:
        """The most objects that a page of this request holds."""
        if self.minimal:
            return MOST_MINIMAL
        if self.full_service:
            return MOST_WITH_SERVICES
        return MOST_FULL if self.full else MOST

    @property
    def size(self) -> int:
        """How many objects a page of this request holds."""
        return self.per_page or (MOST_MINIMAL if self.minimal else min(USUAL, self.most))


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter("search", "string", "Words, as in the directory's own search; the best come first.", high=MOST_WORDS),
        Parameter("page", "integer", "Number of the page, from 1.", low=1, high=MOST_PAGES),
        Parameter(
            "per_page",
            "integer",
            f"Objects of a page: {USUAL} when nothing is said; at most {MOST}, {MOST_FULL} with `full`, "
            f"{MOST_WITH_SERVICES} with `full_service`, {MOST_MINIMAL} with `minimal`.",
            low=1,
            high=MOST_MINIMAL,
        ),
        Parameter(
            "format", "string", "`ndjson` gives all the objects, one a line, without pages.", choices=("json", "ndjson")
        ),
        Parameter("taxonomy_term_id", "uuid", "Only what this very term describes."),
        Parameter("taxonomy_id", "uuid", "Only what a term of this taxonomy describes."),
        Parameter("organization_id", "uuid", "Only what this organization offers."),
        Parameter("parent_id", "uuid", "Only the terms directly under this one."),
        Parameter("modified_after", "moment", "Only what changed at this moment or after (UTC without an offset)."),
        Parameter("minimal", "boolean", "Only `id` and `modified_date`, all on one page."),
        Parameter("full", "boolean", "Everything that is known, nested."),
        Parameter("full_service", "boolean", "With the organization's services, in full."),
        Parameter("top_only", "boolean", "Only the terms that stand under no other."),
        Parameter(
            "postcode",
            "string",
            "Postal code of a place of the directory: only services that take the people who live there. "
            "One that no place bears is refused (`unknown_postcode`).",
            high=12,
        ),
        Parameter(
            "proximity", "integer", "With `postcode`: only places within so many metres of it.", low=1, high=FARTHEST
        ),
    )
}


def read(request: HttpRequest, names: tuple[str, ...]) -> Asked:
    """What is asked, in the address and in the body of a POST. Raises a 400 that says which parameter and why."""
    found: dict[str, Any] = {}
    for name, value in {**request.GET.dict(), **_body(request)}.items():
        if name not in names:
            raise wrong(
                name, _("cette adresse ne le connaît pas ; elle prend : {names}").format(names=", ".join(names))
            )
        found[name] = _value(PARAMETERS[name], str(value).strip())
    asked = Asked(**{name: value for name, value in found.items() if value is not None})
    if asked.per_page > asked.most:
        raise wrong("per_page", _("au plus {most} ici").format(most=asked.most))
    if asked.minimal and asked.full:
        raise wrong("minimal", _("« minimal » et « full » ne vont pas ensemble"))
    if asked.proximity and not asked.postcode:
        raise wrong("proximity", _("dites aussi « postcode »"))
    return asked


def wrong(name: str, why: str) -> Problem:
    """The refusal of a parameter."""
    said = _("Paramètre « {name} » : {why}.").format(name=name[:60], why=why)
    return Problem(400, "parameter", said, parameter=name[:60])


def _body(request: HttpRequest) -> Mapping[str, Any]:
    """Parameters of a POST: a form, or one JSON object."""
    if request.method != "POST":
        return {}
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > 9 or int(length) > MOST_BYTES:
        raise Problem(413, "too_large", _("La demande dépasse 16 Kio."), bytes=MOST_BYTES)
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        said = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or any(isinstance(value, (dict, list)) for value in said.values()):
        raise Problem(400, "unreadable", _("Le contenu doit être un objet JSON de paramètres simples."))
    return {name: _as_text(value) for name, value in said.items() if value is not None}


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(parameter: Parameter, said: str) -> Any:
    if "\0" in said:
        raise wrong(parameter.name, _("il contient un caractère nul"))
    if not said and parameter.kind != "boolean":
        return None
    return _READERS[parameter.kind](parameter, said)


def _text(parameter: Parameter, said: str) -> str:
    if parameter.choices and said not in parameter.choices:
        raise wrong(parameter.name, _("au choix : {choices}").format(choices=", ".join(parameter.choices)))
    if parameter.high and len(said) > parameter.high:
        raise wrong(parameter.name, _("au plus {most} caractères").format(most=parameter.high))
    return said


def _number(parameter: Parameter, said: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", said) or not parameter.low <= int(said) <= parameter.high:
        raise wrong(
            parameter.name, _("un nombre entier de {low} à {high}").format(low=parameter.low, high=parameter.high)
        )
    return int(said)


def _identifier(parameter: Parameter, said: str) -> UUID:
    if not re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", said):
        raise wrong(parameter.name, _("un identifiant de la forme 00000000-0000-0000-0000-000000000000 (UUID)"))
    return UUID(said)


def _moment(parameter: Parameter, said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said.replace(" ", "+"))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise wrong(parameter.name, _("une date et une heure, comme 2026-11-21T14:30:00Z")) from None


def _flag(parameter: Parameter, said: str) -> bool:
    if said.lower() not in (*_TRUE, *_FALSE):
        raise wrong(parameter.name, _("true ou false"))
    return said.lower() in _TRUE


_READERS = {"string": _text, "integer": _number, "uuid": _identifier, "moment": _moment, "boolean": _flag}
