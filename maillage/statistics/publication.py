"""A release as anybody reads it: found by its address, opened from its frozen content, with the words it goes by.

Nothing here reads the journal or the mirror of its facts: figures, labels and dates are those of the release.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from maillage.core.text import fold

from .enums import PeriodKind, ReleaseState
from .models import Release
from .periods import day_words
from .periods import words as period_words
from .portrait import Portrait, Table
from .release.frozen import portraits

# What a list or a history needs not read.
HEAVY = ("content", "attack", "ledger", "findings", "policy")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms published figures may be used."""

    id: str
    title: str
    address: str


LICENCE = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/deed.fr",
)


@dataclass(frozen=True)
class Publication:
    """A release opened: its portraits, the whole first, then each area."""

    release: Release

    @cached_property
    def portraits(self) -> tuple[Portrait, ...]:
        """What was published."""
        return portraits(self.release)

    @property
    def program_name(self) -> str:
        """The programme's name as it was published."""
        return self.portraits[0].program_name

    @property
    def areas(self) -> list[tuple[str, str]]:
        """Code and name of each territory of which there are figures; "" for the whole."""
        return [(p.territory, p.territory_name or _("Tout le territoire")) for p in self.portraits]

    def at(self, area: str) -> Portrait:
        """The figures of a territory; `KeyError` where the release has none."""
        for found in self.portraits:
            if found.territory == area:
                return found
        raise KeyError(area)

    @property
    def period(self) -> str:
        """« d'avril à juin 2014 »."""
        return period_words(self.release.start, self.release.end)

    @property
    def name(self) -> str:
        """What a file of this release is called, without its format."""
        release = self.release
        return f"{release.program.slug}_{period_code(release)}_n{release.number}_v{release.version}"


def period_code(release: Release) -> str:
    """`2014`, `2014-T2`, `2014-05`, or `2013-2016` for a whole programme."""
    year = str(release.start.year)
    if release.period == PeriodKind.YEAR:
        return year
    if release.period == PeriodKind.QUARTER:
        return f"{year}-T{(release.start.month + 2) // 3}"
    if release.period == PeriodKind.MONTH:
        return f"{year}-{release.start.month:02d}"
    return f"{year}-{release.end.year}"


def figures_of(table: Table) -> Iterator[tuple[str, str, float | None]]:
    """Each figure of a table: code of the row ("" for the denominator), of the column ("" for the row's own count)."""
    yield "", "", table.denominator
    for row in table.rows:
        yield row.code, "", row.count
        for column, count in zip(table.columns, row.counts, strict=True):
            yield row.code, column.code, count


def tally(table: Table) -> tuple[int, int]:
    """How many figures of `table` are shown, and how many hidden."""
    counts = [count for _row, _column, count in figures_of(table)]
    hidden = sum(count is None for count in counts)
    return len(counts) - hidden, hidden


def citation(publication: Publication, address: str) -> str:
    """How to name the release in a text."""
    release = publication.release
    return _(
        "%(program)s (%(year)s). %(title)s, publication %(number)s, version %(version)s. Maillage. %(address)s (%(licence)s)"
    ) % {
        "program": publication.program_name,
        "year": published_on(release).year,
        "title": release.title,
        "number": release.number,
        "version": release.version,
        "address": address,
        "licence": LICENCE.id.replace("CC-BY-", "CC BY "),
    }


def published_on(release: Release) -> Any:
    """The day of publication, where the reader is."""
    assert release.published_at is not None
    return timezone.localtime(release.published_at).date()


def published_words(release: Release) -> str:
    """« 21 novembre 2026 »."""
    return day_words(published_on(release))


# --- files (a higher floor writes them) ------------------------------------------------------------------------------

_files: list[tuple[str | Promise, str, str, dict[str, str]]] = []


def offer_file(label: str | Promise, icon: str, url_name: str, **arguments: str) -> None:
    """A higher floor says that it writes a release as a file; the public page then offers it. Called from `ready`."""
    _files.append((label, icon, url_name, arguments))


def files(release: Release) -> list[tuple[str, str, str]]:
    """Label, icon and address of each file of a published version."""
    where = {"slug": release.program.slug, "number": release.number, "version": release.version}
    return [(str(label), icon, reverse(name, kwargs=where | more)) for label, icon, name, more in _files]


# --- finding ---------------------------------------------------------------------------------------------------------


def find(slug: str, number: int, version: int | None = None) -> Release:
    """The published release at this address: a version, or the one in force (else the last one); 404 for none."""
    found = Release.objects.public().select_related("program").defer("ledger", "findings")
    found = found.filter(program__slug=slug, number=number)
    if version is not None:
        release = found.filter(version=version).first()
    else:
        release = found.filter(state=ReleaseState.PUBLISHED).first() or found.order_by("-version").first()
    if release is None:
        raise Http404
    return release


def versions(release: Release) -> list[Release]:
    """All that was published under the number of `release`, the newest first."""
    found = Release.objects.public().filter(program=release.program_id, number=release.number)
    return list(found.defer(*HEAVY).order_by("-version"))


def replacement(release: Release, history: list[Release]) -> Release | None:
    """The version in force of `history`, where it is another than `release`."""
    in_force = next((other for other in history if other.state == ReleaseState.PUBLISHED), None)
    return in_force if in_force and in_force.version != release.version else None


def listed(asked: str = "", year: int | None = None, program: Any = None) -> Any:
    """Releases in force, and withdrawn ones that nothing replaces, the newest first.

    `asked` is looked for in titles and names of programmes; `year` keeps periods that touch it.
    """
    in_force = Release.objects.filter(
        program=OuterRef("program"), number=OuterRef("number"), state=ReleaseState.PUBLISHED
    )
    later = Release.objects.public().filter(
        program=OuterRef("program"), number=OuterRef("number"), version__gt=OuterRef("version")
    )
    found = Release.objects.public().select_related("program").defer(*HEAVY)
    found = found.filter(Q(state=ReleaseState.PUBLISHED) | ~Exists(in_force) & ~Exists(later))
    if program is not None:
        found = found.filter(program=program)
    if year is not None:
        found = found.filter(start__year__lte=year, end__year__gte=year)
    if words := fold(asked).split():
        named = Release.objects.public().values_list("pk", "title", "program__name")
        kept = [pk for pk, title, name in named if all(word in fold(f"{title} {name}") for word in words)]
        found = found.filter(pk__in=kept)
    return found.order_by("-published_at", "-pk")
