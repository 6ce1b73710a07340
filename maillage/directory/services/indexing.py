"""Writes the search index. Called inside the transaction of whoever writes a sheet: both are kept, or neither."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection, transaction

from maillage.directory.index import words
from maillage.directory.index.documents import Document, documents
from maillage.directory.index.packed import (
    BLOCK,
    SHELVES,
    block_of,
    changed_postings,
    changed_shelf,
    sheet,
)
from maillage.directory.models import SearchGram, SearchPosting, SearchSheet, SearchShelf, SearchWord, Service

AT_ONCE = 500
_LOCK = 4_091_977  # of the index, on PostgreSQL: blocks are read, changed and written by one at a time
INDEX = (SearchWord, SearchGram, SearchPosting, SearchShelf, SearchSheet)


@transaction.atomic
def index_services(*, ids: Iterable[int]) -> int:
    """Bring the index up to date for these services (numbers of rows), written, changed or gone; say how many changed.

    Call it in the transaction that writes them. A service whose sheet says the same as before costs one read.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return 0
    _lock()
    changed = 0
    for numbers in _by_block(wanted):
        changed += _Block(block_of(numbers[0])).bring_up_to_date(numbers)
    return changed


@transaction.atomic
def index_what_changed(
    *, services: Iterable[int] = (), organizations: Iterable[int] = (), places: Iterable[int] = ()
) -> int:
    """Bring up to date these services, those of these organizations and those given at these places."""
    wanted = set(services)
    for some in _some(sorted(set(organizations))):
        wanted.update(Service.objects.filter(organization__in=some).order_by("pk").values_list("pk", flat=True))
    for some in _some(sorted(set(places))):
        there = Service.objects.filter(service_locations__location__in=some).order_by("pk")
        wanted.update(there.values_list("pk", flat=True))
    return index_services(ids=wanted)


@transaction.atomic
def rebuild_index(*, progress: Callable[[int], object] = lambda done: None) -> int:
    """Make the whole index again; `progress` is told how many services were read each time."""
    _lock()
    for model in INDEX:
        model._default_manager.all().delete()
    numbers = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    done = 0
    for some in _by_block(numbers):
        done += _Block(block_of(some[0])).bring_up_to_date(some)
        progress(len(some))
    return done


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _by_block(numbers: Sequence[int]) -> Iterator[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        found[block_of(number)].append(number)
    yield from found.values()


def _some(items: Sequence[Any], size: int = AT_ONCE) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


class _Block:
    """The changes of a block, gathered, then written in a few statements."""

    def __init__(self, block: int) -> None:
        self.block = block
        self.weights: dict[str, dict[int, int]] = defaultdict(dict)
        self.forms: Counter[str] = Counter()
        self.changed: list[Document] = []
        self.gone: list[int] = []

    def bring_up_to_date(self, numbers: Sequence[int]) -> int:
        """Compare these services with what the index holds of them, and write what differs."""
        for some in _some(numbers):
            self._compare(some)
        if self.changed or self.gone:
            self._write_postings()
            self._write_shelf()
            self._write_words()
        return len(self.changed) + len(self.gone)

    def _compare(self, numbers: Sequence[int]) -> None:
        rows = SearchSheet.objects.filter(service_number__in=numbers).values_list("service_number", "body")
        held = {number: bytes(body) for number, body in rows.order_by("service_number")}
        found = {document.number: document for document in documents(numbers)}
        fresh = []
        for number in numbers:
            document = found.get(number)
            body = document.body() if document else b""
            if body == held.get(number, b""):
                continue
            self._differ(number, held.get(number), document)
            if document:
                fresh.append(SearchSheet(service_number=number, body=body))
                self.changed.append(document)
            else:
                self.gone.append(number)
        SearchSheet.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["service_number"], update_fields=["body"], batch_size=AT_ONCE
        )
        if self.gone:
            SearchSheet.objects.filter(service_number__in=self.gone).delete()

    def _differ(self, number: int, held: bytes | None, document: Document | None) -> None:
        before, forms = (dict(sheet(held)[0]), set(sheet(held)[1])) if held else ({}, set())
        after, now = (document.weights, set(document.forms)) if document else ({}, set())
        offset = number % BLOCK
        for key in before.keys() - after.keys():
            self.weights[key][offset] = 0
        for key, weight in after.items():
            if before.get(key) != weight:
                self.weights[key][offset] = weight
        self.forms.update(now - forms)
        self.forms.subtract(forms - now)

    def _write_postings(self) -> None:
        for keys in _some(sorted(self.weights)):
            rows = SearchPosting.objects.filter(key__in=keys, block=self.block).order_by("key")
            held = dict(rows.values_list("key", "body"))
            fresh, empty = [], []
            for key in keys:
                body = changed_postings(held.get(key, b""), self.weights[key])
                if body:
                    fresh.append(SearchPosting(key=key, block=self.block, body=body))
                else:
                    empty.append(key)
            SearchPosting.objects.bulk_create(
                fresh, update_conflicts=True, unique_fields=["key", "block"], update_fields=["body"]
            )
            if empty:
                SearchPosting.objects.filter(key__in=empty, block=self.block).delete()

    def _write_shelf(self) -> None:
        shelf = SearchShelf.objects.filter(block=self.block).first() or SearchShelf(block=self.block)
        numbers = [*self.gone, *(document.number for document in self.changed)]
        gone = np.array([number % BLOCK for number in numbers], "<u2")
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SHELVES}
        for document in self.changed:
            offset = document.number % BLOCK
            rows["facts"].append((offset, document.flags, document.quality, document.checked))
            rows["names"].append((offset, document.name.encode("ascii", "ignore")))
            rows["points"] += [(offset, *point) for point in document.points]
            rows["hours"] += [(offset, *row) for row in document.hours]
        for name, dtype in SHELVES.items():
            setattr(shelf, name, changed_shelf(getattr(shelf, name), dtype, gone, rows[name]))
        shelf.save()

    def _write_words(self) -> None:
        changed = {form: more for form, more in self.forms.items() if more}
        for forms in _some(sorted(changed)):
            rows = SearchWord.objects.filter(form__in=forms).order_by("form").values_list("form", "services")
            held = dict(rows)
            SearchWord.objects.bulk_create(
                [
                    SearchWord(
                        form=form,
                        stem=words.stem(form),
                        sound=words.sound(form),
                        services=max(held.get(form, 0) + changed[form], 0),
                    )
                    for form in forms
                ],
                update_conflicts=True,
                unique_fields=["form"],
                update_fields=["services"],
            )
            _write_grams([form for form in forms if form not in held])


def _write_grams(forms: Sequence[str]) -> None:
    """Words that were never seen take their place beside their n-grams."""
    rows = SearchWord.objects.filter(form__in=forms).order_by("form").values_list("form", "pk")
    new: dict[str, list[int]] = defaultdict(list)
    for form, number in rows:
        if len(form) > 2 and not form.isdigit():
            for gram in words.grams(form):
                new[gram].append(number)
    for grams in _some(sorted(new)):
        held = dict(SearchGram.objects.filter(gram__in=grams).order_by("gram").values_list("gram", "body"))
        SearchGram.objects.bulk_create(
            [
                SearchGram(gram=gram, body=bytes(held.get(gram, b"")) + np.array(new[gram], "<u4").tobytes())
                for gram in grams
            ],
            update_conflicts=True,
            unique_fields=["gram"],
            update_fields=["body"],
        )
