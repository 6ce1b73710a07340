"""Whether a sheet can be written: each field by the rules of its column, each code known; sentences by path.

A path says where: `name`, `phones.0.number`, `at.1.place.postal_code` (lists count from zero).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import CharField, EmailField, Field, Model, TextField, URLField
from django.utils.translation import gettext as _

from maillage.territories.models import Division

from .enums import TaxonomyKind
from .models import Location, Organization, Service, TaxonomyTerm
from .shapes import (
    ORGANIZATION_FIELDS,
    ORGANIZATION_LISTS,
    PLACE_FIELDS,
    PLACE_LISTS,
    PLAIN_LEVELS,
    SERVICE_FIELDS,
    SERVICE_LISTS,
    SHAPES,
)
from .sheets import AtPlace, OrganizationSheet, PlaceSheet, ServiceSheet

Problems = dict[str, list[str]]
MOST_LINES = 200  # of one list of one sheet
_BYDAY = re.compile(r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU))*")
_NUMBERS = re.compile(r"[+-]?\d{1,3}(?:,[+-]?\d{1,3})*")
_WEB = URLValidator(schemes=["http", "https"])


class Book:
    """Terms, divisions and organizations by the codes that sheets give; each table is read once, when first asked."""

    def __init__(self) -> None:
        self.organizations: dict[UUID, int] = dict(Organization.objects.order_by("pk").values_list("uid", "pk"))
        self._terms: dict[tuple[str, str], int] | None = None
        self._access: dict[str, int] = {}
        self._divisions: dict[str, int] | None = None

    def _read_terms(self) -> dict[tuple[str, str], int]:
        if self._terms is None:
            self._terms = {}
            rows = TaxonomyTerm.objects.order_by("-pk").values_list("taxonomy__code", "taxonomy__kind", "code", "pk")
            for taxonomy, kind, code, number in rows:
                self._terms[taxonomy, code] = number
                if kind == TaxonomyKind.ACCESS:
                    self._access[code] = number
        return self._terms

    def term(self, taxonomy: str, code: str) -> int | None:
        """The number of a term, or None."""
        return self._read_terms().get((taxonomy, code))

    def access(self, code: str) -> int | None:
        """The number of a term of the taxonomy of accessibility, or None."""
        self._read_terms()
        return self._access.get(code)

    def division(self, code: str) -> int | None:
        """The number of a division: by « level:code », else by its code, the smallest of the plain levels first."""
        if self._divisions is None:
            self._divisions = {}
            rows = Division.objects.order_by("pk").values_list("level", "code", "pk")
            for level, own, number in rows:
                self._divisions[f"{level}:{own}"] = number
            for plain in reversed(PLAIN_LEVELS):
                self._divisions |= {own: number for level, own, number in rows if level == plain}
        return self._divisions.get(code)


def problems_of(sheet: ServiceSheet, book: Book) -> Problems:
    """What stands against writing a service, by path; nothing when it can be written."""
    found: Problems = {}
    if sheet.organization not in book.organizations:
        _say(found, "organization", _("Cette organisation n'est pas au répertoire."))
    _fields(found, "", Service, SERVICE_FIELDS, sheet)
    if sheet.minimum_age is not None and sheet.maximum_age is not None and sheet.minimum_age > sheet.maximum_age:
        _say(found, "minimum_age", _("L'âge minimal dépasse l'âge maximal."))
    for name in SERVICE_LISTS:
        _lines(found, name, name, getattr(sheet, name), book)
    return found


def organization_problems_of(sheet: OrganizationSheet, book: Book, coming: Iterable[UUID] = ()) -> Problems:
    """What stands against writing an organization; `coming` are those written at the same time."""
    found: Problems = {}
    _fields(found, "", Organization, [name for name in ORGANIZATION_FIELDS if name != "kind" or sheet.kind], sheet)
    if sheet.parent is not None and sheet.parent not in book.organizations and sheet.parent not in set(coming):
        _say(found, "parent", _("Cette organisation n'est pas au répertoire."))
    if sheet.division and book.division(sheet.division) is None:
        _say(found, "division", _unknown_division(sheet.division))
    for name in ORGANIZATION_LISTS:
        _lines(found, name, name, getattr(sheet, name), book)
    for at, place in enumerate(sheet.places):
        _place(found, f"places.{at}", place, book)
    return found


def _lines(found: Problems, path: str, name: str, lines: tuple[Any, ...], book: Book) -> None:
    if len(lines) > MOST_LINES:
        _say(found, path, _("Il y a {n} lignes ici : {most} au plus.").format(n=len(lines), most=MOST_LINES))
        return
    shape, seen = SHAPES[name], set()
    for at, line in enumerate(lines):
        where = f"{path}.{at}"
        _fields(found, where, shape.model, shape.fields, line)
        for child in shape.children:
            _lines(found, f"{where}.{child}", child, getattr(line, child), book)
        if rule := RULES.get(name):
            rule(found, where, line, book)
        same = (line.taxonomy, line.code) if name == "terms" else line.place.uid if name == "at" else None
        if same is not None and same in seen:
            _say(found, where, _("Cette ligne y est deux fois."))
        seen.add(same)


def _place(found: Problems, path: str, place: PlaceSheet, book: Book) -> None:
    _fields(found, path, Location, PLACE_FIELDS, place)
    if (place.latitude is None) != (place.longitude is None):
        _say(found, f"{path}.latitude", _("Donnez la latitude et la longitude, ou aucune des deux."))
    elif place.latitude is not None and not (-90 <= place.latitude <= 90 and -180 <= (place.longitude or 0) <= 180):
        _say(found, f"{path}.latitude", _("La latitude va de −90 à 90 et la longitude de −180 à 180."))
    if place.municipality and book.division(place.municipality) is None:
        _say(found, f"{path}.municipality", _unknown_division(place.municipality))
    for name in PLACE_LISTS:
        _lines(found, f"{path}.{name}", name, getattr(place, name), book)


def _term(found: Problems, path: str, line: Any, book: Book) -> None:
    if book.term(line.taxonomy, line.code) is None:
        said = _("Le terme « {code} » n'est pas dans la taxonomie « {taxonomy} ».")
        _say(found, path, said.format(code=line.code[:60], taxonomy=line.taxonomy[:60]))


def _access(found: Problems, path: str, line: Any, book: Book) -> None:
    if line.code and book.access(line.code) is None:
        _say(found, f"{path}.code", _("Cet aménagement est inconnu : « {code} ».").format(code=line.code[:60]))
    if not line.code and not line.description and not line.details:
        _say(found, path, _("Choisissez un aménagement ou décrivez-le."))


def _area(found: Problems, path: str, line: Any, book: Book) -> None:
    if line.division and book.division(line.division) is None:
        _say(found, f"{path}.division", _unknown_division(line.division))
    if not line.division and not line.name:
        _say(found, path, _("Dites quel territoire le service couvre."))


def _hours(found: Problems, path: str, line: Any, book: Book) -> None:
    if line.byday and not _BYDAY.fullmatch(line.byday):
        _say(found, f"{path}.byday", _("Ces jours ne se lisent pas : écrivez par exemple MO,TU,WE."))
    for name in ("bymonthday", "byweekno", "byyearday"):
        if getattr(line, name) and not _NUMBERS.fullmatch(getattr(line, name)):
            _say(found, f"{path}.{name}", _("Écrivez des nombres séparés par des virgules."))
    if line.interval is not None and not 1 <= line.interval <= 366:
        _say(found, f"{path}.interval", _("L'intervalle va de 1 à 366."))
    _dates(found, path, line)


def _dates(found: Problems, path: str, line: Any, book: Book | None = None) -> None:
    if line.valid_from and line.valid_to and line.valid_from > line.valid_to:
        _say(found, f"{path}.valid_to", _("La fin précède le début."))


def _at(found: Problems, path: str, line: AtPlace, book: Book) -> None:
    _place(found, f"{path}.place", line.place, book)


RULES: Mapping[str, Any] = {
    "terms": _term,
    "accessibilities": _access,
    "areas": _area,
    "schedules": _hours,
    "costs": _dates,
    "at": _at,
}


def _unknown_division(code: str) -> str:
    return _("Aucun territoire ne porte le code « {code} ».").format(code=code[:60])


def _fields(found: Problems, path: str, model: type[Model], names: Iterable[str], line: Any) -> None:
    for name in names:
        value = getattr(line, name)
        field = _column(model, name)
        if type(value) is str and _is_plain(field, value):
            continue
        if value is None and field.null:
            continue
        try:
            _checked(field, value)
        except ValidationError as refused:
            for sentence in refused.messages:
                _say(found, f"{path}.{name}" if path else name, sentence)


@lru_cache(maxsize=500)
def _column(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _is_plain(field: Any, value: str) -> bool:
    """Whether a text is one that its column takes, without asking further."""
    if type(field) not in (CharField, TextField) or field.choices:
        return field.blank and not value
    if not value:
        return bool(field.blank)
    return (field.max_length is None or len(value) <= field.max_length) and "\x00" not in value


def _checked(field: "Field[Any, Any]", value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise ValidationError(_("Ce texte contient un caractère qui ne se garde pas (octet nul)."))
        if isinstance(field, TextField) and field.max_length and len(value) > field.max_length:
            said = _("Ce texte a {n} caractères : {most} au plus.")
            raise ValidationError(said.format(n=len(value), most=field.max_length))
        if isinstance(field, URLField | EmailField):
            _check_address(field, value)
            return
    field.clean(value, None)


def _check_address(field: "Field[Any, Any]", value: str) -> None:
    if field.max_length and len(value) > field.max_length:
        said = _("Cette adresse a {n} caractères : {most} au plus.")
        raise ValidationError(said.format(n=len(value), most=field.max_length))
    is_email = isinstance(field, EmailField)
    if value and not _is_address(is_email, value):
        web = _("« {value} » n'est pas une adresse web (http ou https).")
        said = _("« {value} » n'est pas un courriel.") if is_email else web
        raise ValidationError(said.format(value=value[:80]))


@lru_cache(maxsize=20_000)
def _is_address(is_email: bool, value: str) -> bool:
    try:
        (EmailField().run_validators if is_email else _WEB)(value)
    except ValidationError:
        return False
    return True


def _say(found: Problems, path: str, sentence: str) -> None:
    found.setdefault(path, []).append(sentence)
