"""Facts counted on a Spark cluster: the data set is the right one and recent enough, or a sentence says what to do."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core import changes
from maillage.core.errors import Refused
from maillage.tables.engine import DataSet, DataSetLost, FactSource, dataset
from maillage.tables.engine.spark import SparkFacts, SparkTrouble, Trouble, connect

from .engines import Chosen

SENTENCES = {
    Trouble.NO_PYSPARK: gettext_lazy(
        'Spark n\'est pas installé ici : installez le paquet « pyspark » (pip install "maillage[spark]").'
    ),
    Trouble.NO_JAVA: gettext_lazy(
        "Java est introuvable : installez Java 17 ou plus (paquet « openjdk-17-jre-headless »), "
        "ou nommez son dossier dans JAVA_HOME."
    ),
    Trouble.OLD_JAVA: gettext_lazy(
        "Spark demande Java 17 ou plus, et cette machine a Java %(detail)s : installez-en un "
        "plus récent, ou nommez son dossier dans JAVA_HOME."
    ),
    Trouble.UNREACHABLE: gettext_lazy(
        "La grappe « %(master)s » ne répond pas (%(detail)s) : vérifiez son adresse et qu'elle est en marche."
    ),
    Trouble.NO_EXECUTOR: gettext_lazy(
        "La grappe « %(master)s » n'a donné aucun exécuteur : vérifiez que ses machines sont en "
        "marche et qu'il leur reste de la mémoire."
    ),
    Trouble.NOT_STARTED: gettext_lazy(
        "Spark n'a pas démarré (%(detail)s) : voyez logs/spark.log dans le dossier des données."
    ),
    Trouble.NOT_HELD: gettext_lazy(
        "Le jeu de faits de « %(folder)s » est limité à d'autres programmes : "
        "refaites-le avec « maillage facts write %(folder)s »."
    ),
    Trouble.LOST: gettext_lazy(
        "La grappe ne peut pas lire le jeu de faits de « %(folder)s » (%(detail)s) : ce dossier "
        "doit être le même sur toutes ses machines ; refaites-le au besoin avec « maillage facts "
        "write %(folder)s »."
    ),
    Trouble.FAILED: gettext_lazy(
        "La grappe « %(master)s » n'a pas pu compter (%(detail)s) : voyez logs/spark.log dans le dossier des données."
    ),
}

_held: dict[tuple[int, str], SparkFacts] = {}
_guard = threading.Lock()


@contextmanager
def facts(source: FactSource, asked: Chosen, epoch: str) -> Iterator[SparkFacts]:
    """The facts of the data set that `asked` names, on its cluster. `Refused`, with a sentence, when they cannot be.

    `epoch` is the mirror's word for this life of the database: a data set of another one is not counted.
    """
    assert asked.folder is not None
    data = _data(source, asked, asked.folder, epoch)
    try:
        yield _facts_of_process(source, data, asked.master)
    except SparkTrouble as trouble:
        raise Refused(_sentence(trouble, asked)) from trouble


def _facts_of_process(source: FactSource, data: DataSet, master: str) -> SparkFacts:
    """Tables are declared to the cluster once for each version."""
    session = connect(master, log=Path(settings.HOME) / "logs" / "spark.log")
    key = (os.getpid(), master)
    with _guard:
        held = _held.get(key)
        if held is None or held.data.folder != data.folder or held.session is not session:
            held = _held[key] = SparkFacts(source.schema, data, session)
        return held


def _data(source: FactSource, asked: Chosen, folder: Path, epoch: str) -> DataSet:
    words = {"folder": folder}
    try:
        data = dataset.load(folder)
    except DataSetLost:
        raise Refused(
            _("Il n'y a pas de jeu de faits lisible dans « %(folder)s » : lancez « maillage facts write %(folder)s ».")
            % words
        ) from None
    if data.schema != source.schema.digest:
        raise Refused(
            _(
                "Le jeu de faits de « %(folder)s » a la forme d'une autre version du produit : refaites-le avec "
                "« maillage facts write %(folder)s »."
            )
            % words
        )
    if data.epoch != epoch:
        raise Refused(
            _(
                "Le jeu de faits de « %(folder)s » vient d'une autre base de données, ou d'avant une "
                "restauration : refaites-le avec « maillage facts write %(folder)s »."
            )
            % words
        )
    changed, _cursor = changes.read_since(source.stream, data.cursor)
    if changed and timezone.now() - data.written > timedelta(hours=asked.max_age):
        written = timezone.localtime(data.written)
        words |= {"count": len(changed), "date": date_format(written, "j F Y"), "time": date_format(written, "H:i")}
        raise Refused(
            _(
                "Le jeu de faits de « %(folder)s » date du %(date)s à %(time)s et le journal a changé depuis "
                "(interventions : %(count)s) : refaites-le avec « maillage facts write %(folder)s », ou dites l'âge "
                "permis avec --max-age ou MAILLAGE_FACTS_MAX_AGE."
            )
            % words
        )
    return data


def _sentence(trouble: SparkTrouble, asked: Chosen) -> str:
    words = {"master": asked.master, "folder": asked.folder, "detail": trouble.detail}
    return str(SENTENCES[trouble.trouble]) % words
