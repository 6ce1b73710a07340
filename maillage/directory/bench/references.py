"""Full text alone, as the databases offer it, over the very words that the product indexes."""

import re
from collections.abc import Iterator, Sequence

from django.db import connection

from maillage.core.text import fold
from maillage.directory.index.material import read
from maillage.directory.models import Service

COLUMNS = ("name", "organization", "terms", "place", "description")
AT_ONCE = 1_000
_WORDS = re.compile(r"\w+")
Row = tuple[int, str, str, str, str, str]


def batches(numbers: Sequence[int]) -> Iterator[list[Row]]:
    """The words of the services, a thousand at a time."""
    for start in range(0, len(numbers), AT_ONCE):
        yield list(texts(numbers[start : start + AT_ONCE]))


def texts(some: Sequence[int]) -> Iterator[Row]:
    """The number of each service and its words by column: names, synonyms and places as the product reads them."""
    material = read(some)
    for service in Service.objects.filter(pk__in=some).select_related("organization").order_by("pk"):
        direct, broader = material.terms_of(service.pk)
        terms = [f"{term.name} {term.synonyms} {term.name_en}" for term in direct]
        terms += [term.name for term in broader]
        places = [*material.place_names[service.pk], *material.area_names[service.pk]]
        places += material.wider_names(service.pk)
        said = (service.description, service.application_process, service.eligibility)
        yield (
            service.pk,
            f"{service.name} {service.alternate_name}",
            service.organization.name,
            " ".join(terms),
            " ".join(places),
            " ".join(said),
        )


class Fts5:
    """SQLite's FTS5, accents removed, ranked by bm25 with a weight for each column."""

    name = "FTS5 seul"

    def fill(self, numbers: Sequence[int]) -> None:
        """Make its table and index."""
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE bench_fts USING fts5(name, organization, terms, place, description, "
                "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
            )
            names, marks = ", ".join(COLUMNS), ", ".join(["%s"] * (len(COLUMNS) + 1))
            for some in batches(numbers):
                cursor.executemany(f"INSERT INTO bench_fts(rowid, {names}) VALUES ({marks})", some)  # noqa: S608
            cursor.execute("INSERT INTO bench_fts(bench_fts) VALUES ('optimize')")

    def full(self, words: str) -> list[int]:
        """The first ten that hold any of the words."""
        return self._ask(" OR ".join(f'"{word}"' for word in _words(words)))

    def typing(self, words: str) -> list[int]:
        """The first ten that hold all the words, the last one begun."""
        found = _words(words)
        return self._ask(" ".join([*(f'"{word}"' for word in found[:-1]), *(f'"{word}"*' for word in found[-1:])]))

    def _ask(self, asked: str) -> list[int]:
        if not asked:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM bench_fts WHERE bench_fts MATCH %s "
                "ORDER BY bm25(bench_fts, 10.0, 5.0, 6.0, 4.0, 1.6) LIMIT 10",
                [asked],
            )
            return [row[0] for row in cursor.fetchall()]


class French:
    """PostgreSQL's French configuration, weights A to D, a GIN index, ranked by ts_rank."""

    name = "PostgreSQL français seul"

    def fill(self, numbers: Sequence[int]) -> None:
        """Make its table and index."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_fts (number bigint PRIMARY KEY, said tsvector)")
            parts = " || ".join(
                f"setweight(to_tsvector('french', %s), '{weight}')" for weight in ("A", "B", "B", "C", "D")
            )
            for some in batches(numbers):
                cursor.executemany(f"INSERT INTO bench_fts VALUES (%s, {parts})", some)  # noqa: S608
            cursor.execute("CREATE INDEX bench_fts_said ON bench_fts USING gin (said)")
            cursor.execute("ANALYZE bench_fts")

    def full(self, words: str) -> list[int]:
        """The first ten that hold any of the words."""
        return self._ask("replace(plainto_tsquery('french', %s)::text, '&', '|')::tsquery", words)

    def typing(self, words: str) -> list[int]:
        """The first ten that hold all the words, the last one begun."""
        found = _words(words)
        if not found:
            return []
        return self._ask("to_tsquery('french', %s)", " & ".join([*found[:-1], f"{found[-1]}:*"]))

    def _ask(self, query: str, words: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT number FROM bench_fts, (SELECT {query} AS asked) AS question WHERE said @@ asked "  # noqa: S608
                "ORDER BY ts_rank(said, asked) DESC, number LIMIT 10",
                [words],
            )
            return [row[0] for row in cursor.fetchall()]


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.lower())


def reference() -> "Fts5 | French":
    """The full text of the database of the moment."""
    return French() if connection.vendor == "postgresql" else Fts5()


def without_accents(text: str) -> str:
    """The question as many people type it."""
    return fold(text)
