"""Who counts: DuckDB in this process unless the settings, or a command, say a Spark cluster and its data set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.core.errors import Refused

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)


@dataclass(frozen=True, slots=True)
class Chosen:
    """`folder`, `master` and `max_age` (in hours, how old a data set may be that no longer stands as the database)
    are for a cluster."""

    engine: str = DUCKDB
    folder: Path | None = None
    master: str = ""
    max_age: float = 0


_asked: ContextVar[Chosen | None] = ContextVar("engine", default=None)


def chosen() -> Chosen:
    """What the current command asked for, else what the settings say. `Refused` when they make no sense."""
    return _asked.get() or _checked()


@contextmanager
def counting_on(
    engine: str | None = None, *, folder: Path | None = None, master: str | None = None, max_age: float | None = None
) -> Iterator[None]:
    """Count on this engine meanwhile; what is not said is as the settings have it."""
    token = _asked.set(_checked(engine, folder, master, max_age))
    try:
        yield
    finally:
        _asked.reset(token)


def _checked(
    engine: str | None = None, folder: Path | None = None, master: str | None = None, max_age: float | None = None
) -> Chosen:
    engine = engine or settings.FACTS_ENGINE
    if engine not in ENGINES:
        raise Refused(_("MAILLAGE_ENGINE vaut « %(engine)s » : écrivez « duckdb » ou « spark ».") % {"engine": engine})
    if engine == DUCKDB:
        return Chosen()
    folder = folder or (Path(settings.FACTS_FOLDER) if settings.FACTS_FOLDER else None)
    if folder is None:
        raise Refused(
            _(
                "Spark compte un jeu de faits : nommez son dossier avec --facts ou MAILLAGE_FACTS, après l'avoir "
                "écrit avec « maillage facts write »."
            )
        )
    if max_age is None:
        try:
            max_age = float(settings.FACTS_MAX_AGE)
        except ValueError:
            raise Refused(_("MAILLAGE_FACTS_MAX_AGE est un nombre d'heures.")) from None
    return Chosen(engine, folder.resolve(), master or settings.SPARK_MASTER, max_age)
