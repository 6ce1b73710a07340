"""How alike two services are, from 0 to 100, and why. The method is in `docs/reference/directory-quality.md`.

Only services that share something are compared: a telephone, a web page, an e-mail, or a locality and a word of the name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz.fuzz import token_sort_ratio

from maillage.core.text import fold, stems

from .models import Phone, Service, ServiceLocation

LIKELY = 80  # from which a pair is proposed
MOST_IN_A_BLOCK = 60  # a telephone or a word that more services share tells nothing
NAME, ORGANIZATION, PHONE, ADDRESS, WEB = 45, 15, 15, 15, 10


@dataclass(frozen=True, slots=True)
class Traits:
    """What services are compared by, folded."""

    number: int
    name: str
    organization: int
    organization_name: str
    phones: frozenset[str]
    addresses: frozenset[str]
    web: frozenset[str]
    cities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two services, how alike they are, and what they share (codes of `REASONS` in `queries`)."""

    low: int
    high: int
    likeness: int
    reasons: list[str]


def traits() -> list[Traits]:
    """Every service offered, in five queries."""
    phones: dict[Any, set[str]] = defaultdict(set)
    addresses: dict[int, set[str]] = defaultdict(set)
    cities: dict[int, set[str]] = defaultdict(set)
    for service, at, place, number in Phone.objects.order_by("pk").values_list(
        "service", "service_location__service", "location", "number"
    ):
        digits = re.sub(r"\D", "", number)[-10:]
        if len(digits) >= 7 and (service or at):
            phones[service or at].add(digits)
        elif place:
            phones[f"place:{place}"].add(digits)
    at_places = ServiceLocation.objects.order_by("pk").values_list(
        "service", "location", "location__address_1", "location__city"
    )
    for service, place, address, city in at_places:
        phones[service] |= phones.get(f"place:{place}", set())
        if address:
            addresses[service].add(fold(f"{address} {city}"))
        if city:
            cities[service].add(fold(city))
    rows = Service.objects.offered().order_by("pk")
    return [
        Traits(
            number=number,
            name=" ".join(sorted(stems(name).split())),
            organization=organization,
            organization_name=fold(organization_name),
            phones=frozenset(phones[number]),
            addresses=frozenset(addresses[number]),
            web=frozenset(_web(one) for one in (website, email) if one),
            cities=frozenset(cities[number]),
        )
        for number, name, organization, organization_name, website, email in rows.values_list(
            "pk", "name", "organization", "organization__name", "website", "email"
        )
    ]


def alike(found: Iterable[Traits]) -> Iterator[Alike]:
    """The pairs that are likely the same service."""
    blocks: dict[str, list[Traits]] = defaultdict(list)
    for one in found:
        shared = {f"p{n}" for n in one.phones} | {f"w{w}" for w in one.web} | {f"a{a}" for a in one.addresses}
        shared |= {f"n{city} {word}" for city in one.cities or {""} for word in one.name.split() if len(word) > 3}
        for key in shared:
            blocks[key].append(one)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) > MOST_IN_A_BLOCK:
            continue
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                pair = (one.number, other.number)
                if pair not in seen:
                    seen.add(pair)
                    compared = compare(one, other)
                    if compared.likeness >= LIKELY:
                        yield compared


def compare(one: Traits, other: Traits) -> Alike:
    """How alike two services are: what they do not both say counts for neither side."""
    name = token_sort_ratio(one.name, other.name) / 100
    same = one.organization == other.organization
    organization = 1.0 if same else token_sort_ratio(one.organization_name, other.organization_name) / 100
    parts = [(NAME, name, "name"), (ORGANIZATION, organization, "organization")]
    for weight, ours, theirs, code in (
        (PHONE, one.phones, other.phones, "phone"),
        (ADDRESS, one.addresses, other.addresses, "address"),
        (WEB, one.web, other.web, "web"),
    ):
        if ours and theirs:
            parts.append((weight, 1.0 if ours & theirs else 0.0, code))
    points = sum(weight * share for weight, share, _code in parts)
    # A name that differs is another service, however much the rest is shared: one house gives several.
    likeness = round(100 * points / sum(weight for weight, _share, _code in parts)) if name >= 0.6 else 0
    low, high = sorted((one.number, other.number))
    return Alike(low, high, likeness, [code for _weight, share, code in parts if share >= 0.85])


def _web(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", fold(address)).rstrip("/")
