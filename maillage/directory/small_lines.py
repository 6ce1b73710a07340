"""The small lines of a sheet, of eight tables, in one query: what a page reads must not grow with what a sheet may say."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import get_language

from .enums import TaxonomyKind
from .languages import language_in_words
from .models import (
    Accessibility,
    CostOption,
    RequiredDocument,
    ServiceArea,
    ServiceTerm,
    SheetTrouble,
    SpokenLanguage,
)

if TYPE_CHECKING:
    from .models import Service

# (kind, place or 0, order, number, and three texts)
SmallLine = tuple[str, int, int, int, str, str, str]


def small_lines(service: "Service", locations: Sequence[int]) -> Iterator[SmallLine]:
    """Documents, prices in force, territories, troubles, languages, terms and accessibilities, in their order."""
    today, none = timezone.localdate(), Value("", output_field=CharField())
    in_force = Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    amount, known = Cast("amount", CharField()), _label("term__")
    parts = [
        _part(RequiredDocument.objects.filter(service=service), "document", "document"),
        _part(CostOption.objects.filter(*in_force, service=service), "price", "option", amount, "description"),
        _part(ServiceArea.objects.filter(service=service), "area", Coalesce("division__name", "name")),
        _part(SheetTrouble.objects.filter(service=service), "trouble", "value", "reason"),
        _part(SpokenLanguage.objects.filter(service=service), "language", "code", "name"),
        _part(
            ServiceTerm.objects.filter(service=service),
            F("term__taxonomy__kind"),
            "term__code",
            known,
            order="term__position",
        ),
    ]
    if locations:
        there = {"location__in": locations}
        shown = Coalesce(NullIf("description", none), known, none)
        parts += [
            _part(SpokenLanguage.objects.filter(**there), "place_language", "code", "name", place="location_id"),
            _part(Accessibility.objects.filter(**there), "access", shown, "details", place="location_id"),
        ]
    yield from sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[2], row[3]))


def _label(prefix: str) -> Any:
    """The name of a term in the language of the page."""
    name = F(f"{prefix}name")
    is_english = (get_language() or "").startswith("en")
    return Coalesce(NullIf(f"{prefix}name_en", Value("", output_field=CharField())), name) if is_english else name


def _part(rows: Any, kind: Any, *texts: Any, place: str = "", order: str = "") -> Any:
    number, blank = Value(0, output_field=IntegerField()), Value("", output_field=CharField())
    named = Value(kind, output_field=CharField()) if isinstance(kind, str) else kind
    filled = [*texts, *[blank] * (3 - len(texts))]
    return rows.order_by().values_list(
        named, F(place) if place else number, F(order) if order else number, "id", *filled
    )


def fill_small_lines(page: Any) -> None:
    """Put the small lines of `page.service` where they belong: the page, or its places."""
    from .sheet_page import Access, Price, Term

    places = {place.location.pk: place for place in page.places}
    terms = {TaxonomyKind.NEED: page.needs, TaxonomyKind.CLIENTELE: page.clienteles, TaxonomyKind.MODE: page.modes}
    for kind, place, _order, _number, first, second, third in small_lines(page.service, list(places)):
        if kind == "document":
            page.documents.append(first)
        elif kind == "area":
            page.areas.append(first)
        elif kind == "trouble":
            page.troubles[first] = second
        elif kind == "price":
            page.prices.append(Price(first, Decimal(second) if second else None, third))
        elif kind == "language":
            page.languages.append(language_in_words(first, second))
        elif kind == "place_language":
            places[place].languages.append(language_in_words(first, second))
        elif kind == "access":
            places[place].accessibilities.append(Access(first, second))
        elif kind in terms:
            terms[TaxonomyKind(kind)].append(Term(first, second))
