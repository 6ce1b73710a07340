"""A service as the index sees it: words with a weight from the fields in which they stand, filters, places, hours."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maillage.directory.enums import Fee, ServiceStatus
from maillage.directory.models import Service

from . import words
from .hours import Row, rows_of
from .material import Material, read
from .packed import EPOCH, KEPT, OFFERED, PAUSED, packed_sheet

# Weight of a word in each field, and how much a long field dilutes it (0: not at all) around its usual length.
FIELDS: dict[str, tuple[float, float, int]] = {
    "name": (10.0, 0.35, 5),
    "alternate_name": (7.0, 0.35, 4),
    "term": (7.0, 0.0, 1),
    "synonym": (5.0, 0.0, 1),
    "broader": (2.5, 0.0, 1),
    "organization": (5.0, 0.3, 5),
    "place": (4.0, 0.0, 1),
    "area": (3.0, 0.0, 1),
    "wider_place": (1.5, 0.0, 1),
    "description": (1.6, 0.6, 40),
    "manner": (0.8, 0.6, 30),
    "speech": (3.0, 0.0, 1),
    "cost": (1.5, 0.0, 1),
}
SATURATION = 4.0
LANGUAGES = {
    "ar": "arabe",
    "ase": "langue des signes américaine",
    "cr": "cri",
    "de": "allemand",
    "en": "anglais",
    "es": "espagnol",
    "fa": "persan dari",
    "fr": "français",
    "fcs": "langue des signes québécoise LSQ",
    "ht": "créole haïtien",
    "iu": "inuktitut",
    "ln": "lingala",
    "moe": "innu",
    "atj": "atikamekw",
    "ne": "népalais",
    "pt": "portugais",
    "ro": "roumain",
    "ru": "russe",
    "rw": "kinyarwanda",
    "sw": "swahili",
    "uk": "ukrainien",
    "vi": "vietnamien",
    "zh": "chinois mandarin",
}
COSTS = {Fee.FREE: "gratuit", Fee.SLIDING: "contribution volontaire", Fee.PAID: "payant"}


@dataclass(slots=True)
class Document:
    """What the index keeps of a service. Keys of `weights` are stems (`w:`) and filters."""

    number: int
    weights: dict[str, int]
    forms: list[str]
    flags: int
    quality: int
    checked: int
    name: str
    points: list[tuple[float, float]]
    hours: list[Row]

    def body(self) -> bytes:
        """The packed form, the same for the same content."""
        facts = [self.flags, self.quality, self.checked, self.name]
        return packed_sheet([sorted(self.weights.items()), self.forms, facts, self.points, self.hours])


@dataclass(slots=True)
class _Text:
    """Words of a sheet, by field."""

    fields: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, name: str, *texts: str) -> None:
        found = self.fields.setdefault(name, Counter())
        for text in texts:
            if text:
                found.update(word for word in words.words(text) if word not in words.EMPTY and len(word) > 1)

    def join(self, name: str, text: str) -> None:
        """What may be written in one word."""
        if "-" in text:
            self.fields.setdefault(name, Counter()).update(words.joined(text))


def documents(numbers: Sequence[int]) -> list[Document]:
    """The documents of the services of these numbers that exist, in the order of numbers."""
    services = Service.objects.filter(pk__in=numbers).select_related("organization").order_by("pk")
    material = read(numbers)
    return [_document(service, material) for service in services]


def _document(service: Service, material: Material) -> Document:
    text = _text_of(service, material)
    weights = _weights(text)
    weights.update(dict.fromkeys(_filters(service, material), 1))
    return Document(
        number=service.pk,
        weights=weights,
        forms=sorted({form for found in text.fields.values() for form in found}),
        flags=_flags(service),
        quality=min(service.quality, 100),
        checked=_day(service.checked_on),
        name=" ".join(words.words(service.name))[:32],
        points=material.points[service.pk],
        hours=rows_of(material.hours_of(service.pk)),
    )


def _text_of(service: Service, material: Material) -> _Text:
    text, organization = _Text(), service.organization
    text.add("name", service.name)
    text.add("alternate_name", service.alternate_name)
    text.add("organization", organization.name, organization.short_name)
    text.add("description", service.description)
    text.add("manner", service.application_process, service.eligibility, service.fee_note, service.interpretation)
    if service.fee:
        text.add("cost", COSTS[Fee(service.fee)])
    direct, broader = material.terms_of(service.pk)
    for term in direct:
        text.add("term", term.name)
        text.add("synonym", term.synonyms, term.name_en)
        text.join("synonym", term.synonyms)
    for term in broader:
        text.add("broader", term.name)
    for code, name in material.languages[service.pk]:
        text.add("speech", name or LANGUAGES.get(code, ""))
    text.add("place", *material.place_names[service.pk])
    text.add("wider_place", *material.wider_names(service.pk))
    text.add("area", *material.area_names[service.pk])
    for name in (service.name, *material.place_names[service.pk]):
        text.join("place", name)
    return text


def _weights(text: _Text) -> dict[str, int]:
    """The weight of each stem, from 1 to 255: its fields added up, then flattened (BM25F)."""
    summed: dict[str, float] = {}
    for name, found in text.fields.items():
        weight, dilution, usual = FIELDS[name]
        length = 1 - dilution + dilution * found.total() / usual
        for form, times in found.items():
            key = f"w:{words.stem(form)}"
            summed[key] = summed.get(key, 0.0) + weight * min(times, 3) / length
    return {key: max(1, round(255 * value / (SATURATION + value))) for key, value in summed.items()}


def _filters(service: Service, material: Material) -> Iterable[str]:
    """The keys by which filters find the service."""
    yield f"o:{service.organization_id}"
    if service.fee:
        yield f"f:{service.fee}"
    direct, broader = material.terms_of(service.pk)
    for term in (*direct, *broader):
        yield f"t:{term.kind}:{term.code}"[:60]
    for kind, code in material.access_of(service.pk):
        yield f"t:{kind}:{code}"[:60]
    codes = {code for code, _name in material.languages[service.pk] if code}
    for code in codes or {"fr"}:  # nobody writes that one is served in French
        yield f"l:{code}"
    if material.areas[service.pk]:
        yield from (f"d:{division}" for division in material.areas[service.pk])
        return
    places = material.municipalities[service.pk]
    for division in places:
        yield from (f"p:{above}" for above in material.divisions.line(division))
    if not places:
        yield "p:0"  # nothing says where: for everybody


def _flags(service: Service) -> int:
    flags = 0 if service.merged_into_id else KEPT
    open_ = service.organization.closed_on is None and not service.merged_into_id
    if open_ and service.status in (ServiceStatus.ACTIVE, ServiceStatus.PAUSED):
        flags |= OFFERED
    return flags | PAUSED if service.status == ServiceStatus.PAUSED else flags


def _day(value: Any) -> int:
    """Days since `EPOCH`; 0 when nobody knows."""
    return min(max(value.toordinal() - EPOCH, 0), 65_535) if isinstance(value, date) else 0
