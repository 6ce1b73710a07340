"""What each address of the HSDS API may give: rows that everybody sees, in a fixed order, and those that are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from maillage.core.text import fold
from maillage.directory.models import (
    Organization,
    Service,
    ServiceLocation,
    ServiceTerm,
    Taxonomy,
    TaxonomyTerm,
)
from maillage.directory.queries import search_organizations
from maillage.directory.searching import Question, search_services

from .parameters import Asked
from .postcodes import near, spot_of, taking

M = TypeVar("M", bound=Model)
AT_ONCE = 200  # rows of one reading, where all are given
DATED = ("uid", "updated_at", "organization__updated_at")  # what `minimal` says
MOST_FOUND = 1_000  # services that a search of words looks at, the best first


@dataclass(frozen=True, slots=True)
class Chosen(Generic[M]):
    """Rows that answer a request. `ranked` are their numbers where words give the order; `read_with` what is read beside,
    `only` the fields that are read when not all are."""

    rows: "QuerySet[M]"
    read_with: tuple[str, ...] = ()
    ranked: Sequence[int] | None = None
    only: tuple[str, ...] = ()

    def total(self) -> int:
        """How many they are."""
        return self.rows.count() if self.ranked is None else len(self.ranked)

    def part(self, start: int, size: int) -> list[M]:
        """Some of them, in order."""
        if self.ranked is None:
            return list(self._whole(self.rows.order_by("pk"))[start : start + size])
        return self._these(self.ranked[start : start + size])

    def parts(self, at_once: int = AT_ONCE) -> Iterator[list[M]]:
        """All of them, a few at a time."""
        numbers = list(self.rows.order_by("pk").values_list("pk", flat=True)) if self.ranked is None else self.ranked
        for start in range(0, len(numbers), at_once):
            yield self._these(numbers[start : start + at_once])

    def _whole(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        rows = rows.select_related(*self.read_with) if self.read_with else rows
        return rows.only(*self.only) if self.only else rows

    def _these(self, numbers: Sequence[int]) -> list[M]:
        found = self._whole(self.rows.model._default_manager.all()).in_bulk(list(numbers))
        return [found[number] for number in numbers if number in found]


def visible_services() -> "QuerySet[Service]":
    """What everybody sees: a session changes nothing here."""
    return Service.objects.visible_to(AnonymousUser())


def visible_organizations() -> "QuerySet[Organization]":
    """Organizations that offer something that everybody sees, and those that they are part of."""
    offering = visible_services().order_by().values("organization")
    over = Organization.objects.filter(pk__in=offering).exclude(parent=None).order_by().values("parent")
    return Organization.objects.filter(Q(pk__in=offering) | Q(pk__in=over))


def visible_places() -> "QuerySet[ServiceLocation]":
    """Services that everybody sees, at their places."""
    return ServiceLocation.objects.filter(service__in=visible_services().order_by().values("pk"))


def services(asked: Asked, read_with: tuple[str, ...] = ()) -> Chosen[Service]:
    """The services asked for."""
    rows = visible_services()
    only: tuple[str, ...] = ()
    if asked.minimal:
        read_with, only = ("organization",), DATED
    if asked.organization_id:
        rows = rows.filter(organization__uid=asked.organization_id)
    if asked.modified_after:
        rows = rows.filter(
            Q(updated_at__gte=asked.modified_after) | Q(organization__updated_at__gte=asked.modified_after)
        )
    rows = _described(rows, asked)
    if not asked.search:
        return Chosen(rows, read_with, only=only)
    best = search_services(Question(words=asked.search), AnonymousUser(), size=MOST_FOUND).ids
    kept = set(rows.filter(pk__in=best).order_by().values_list("pk", flat=True))
    return Chosen(rows, read_with, [number for number in best if number in kept], only)


def organizations(asked: Asked, read_with: tuple[str, ...] = ()) -> Chosen[Organization]:
    """The organizations asked for."""
    rows = visible_organizations()
    if asked.taxonomy_term_id or asked.taxonomy_id:
        described = _described(visible_services(), asked)
        rows = rows.filter(pk__in=described.order_by().values("organization"))
    if asked.search:
        rows = rows.filter(pk__in=search_organizations(asked.search).order_by().values("pk"))
    return Chosen(rows, read_with)


def places(asked: Asked, read_with: tuple[str, ...] = ()) -> Chosen[ServiceLocation]:
    """The services at places asked for; words find services, and give all their places."""
    rows = visible_places()
    if asked.organization_id or asked.modified_after or asked.taxonomy_term_id or asked.taxonomy_id:
        rows = rows.filter(service__in=services(_without_words(asked)).rows.order_by().values("pk"))
    if asked.postcode:
        spot = spot_of(asked.postcode, visible_places())
        rows = near(taking(rows, spot), spot, asked.proximity) if asked.proximity else taking(rows, spot)
    if not asked.search:
        return Chosen(rows, read_with)
    best = search_services(Question(words=asked.search), AnonymousUser(), size=MOST_FOUND).ids
    rank = {number: at for at, number in enumerate(best)}
    kept = rows.filter(service__in=best).order_by("pk").values_list("service", "pk")
    return Chosen(rows, read_with, [number for _rank, number in sorted((rank[of], number) for of, number in kept)])


def taxonomies(asked: Asked, read_with: tuple[str, ...] = ()) -> Chosen[Taxonomy]:
    """The taxonomies asked for."""
    rows = Taxonomy.objects.filter(gone_on=None)
    return Chosen(_worded(rows, asked.search, "name", "description"), read_with)


def taxonomy_terms(asked: Asked, read_with: tuple[str, ...] = ()) -> Chosen[TaxonomyTerm]:
    """The terms asked for; those that are retired are given too while a service bears them."""
    rows = TaxonomyTerm.objects.filter(taxonomy__gone_on=None)
    rows = rows.filter(Q(is_retired=False) | Q(pk__in=ServiceTerm.objects.values("term")))
    if asked.taxonomy_id:
        rows = rows.filter(taxonomy__uid=asked.taxonomy_id)
    if asked.parent_id:
        rows = rows.filter(parent__uid=asked.parent_id)
    if asked.top_only:
        rows = rows.filter(parent=None)
    return Chosen(_worded(rows, asked.search, "name", "name_en", "synonyms"), read_with)


def one_of(rows: "QuerySet[M]", uid: UUID, read_with: tuple[str, ...]) -> M | None:
    """The row that bears this identifier, or None."""
    found = rows.filter(uid=uid).order_by("pk")
    return (found.select_related(*read_with) if read_with else found).first()


def heir_of(uid: UUID) -> UUID | None:
    """The identifier of the service into which this one was merged, when everybody sees it."""
    merged = Service.objects.filter(uid=uid).exclude(merged_into=None).select_related("merged_into").first()
    seen: set[int] = set()
    while merged is not None and merged.merged_into is not None and merged.pk not in seen:
        seen.add(merged.pk)
        merged = merged.merged_into
    return merged.uid if merged and visible_services().filter(pk=merged.pk).exists() else None


def _described(rows: "QuerySet[Service]", asked: Asked) -> "QuerySet[Service]":
    """Services that a term describes: one of their own, or one that says how a place of theirs is reached."""
    for name, uid in (("uid", asked.taxonomy_term_id), ("taxonomy__uid", asked.taxonomy_id)):
        if uid:
            own = ServiceTerm.objects.filter(**{f"term__{name}": uid}).values("service")
            there = ServiceLocation.objects.filter(**{f"location__accessibilities__term__{name}": uid}).values(
                "service"
            )
            rows = rows.filter(Q(pk__in=own) | Q(pk__in=there))
    return rows


def _worded(rows: "QuerySet[M]", words: str, *names: str) -> "QuerySet[M]":
    """Rows of which the text holds all the words, folded: terms are few hundred, and are read."""
    if not words:
        return rows
    wanted = fold(words).split()
    told = rows.order_by("pk").values_list("pk", *names)
    return rows.filter(pk__in=[row[0] for row in told if all(word in fold(" ".join(row[1:])) for word in wanted)])


def _without_words(asked: Asked) -> Asked:
    return Asked(
        organization_id=asked.organization_id,
        modified_after=asked.modified_after,
        taxonomy_term_id=asked.taxonomy_term_id,
        taxonomy_id=asked.taxonomy_id,
    )
