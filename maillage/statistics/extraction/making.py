"""An extract made up: rows read, generalised beside what was handed over before, and written as a package."""

import csv
import hashlib
import hmac
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.core.errors import Refused
from maillage.core.tabular import guard
from maillage.journal.models import Entry
from maillage.statistics.models import Extract
from maillage.tables.disclosure.anonymity import WITHHELD, Anonymized, Impossible, anonymize

from . import entries as journal
from . import traces, traits, words
from .fields import ALL, SENSITIVE
from .traits import Known, Told


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the field it comes from, its level, the codes that stand in it with their labels."""

    name: str
    field: str
    level: str
    codes: tuple[tuple[str, words.Labels], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What an extract gives: the columns, the file of rows, what came out in figures, and the trace of each entry."""

    columns: tuple[Column, ...]
    data: bytes
    outcome: dict[str, Any]
    trace: bytes

    def token(self, extract: Extract) -> str:
        """What whoever approves has read: the request, every row of what it gives, and the sense of its codes."""
        rows = hashlib.sha256(self.data).hexdigest()
        return hashlib.sha256(f"{extract.seal}:{rows}:{self.columns!r}".encode()).hexdigest()


def make_up(extract: Extract) -> Made:
    """Everything that `extract` would hand over now. Writes nothing; the same journal always gives the same bytes.

    `Refused` with what to do when some intervention could be recognized whatever is generalised.
    """
    vocabulary = words.words_of(extract.program)
    found = journal.read(extract.program, extract.start, extract.end)
    earlier = traces.earlier_than(extract)
    together = traces.beside(extract, found, earlier, _alive(extract) if earlier else set())
    rows = found.take(together.kept)
    known = traits.known(rows, extract.fields, extract.priority, vocabulary)
    fields = {*extract.fields, *(field for one in earlier for field in one.extract.fields)}
    diversity = max([extract.diversity, *(one.extract.diversity for one in earlier)])
    told = traits.told(rows, [code for code in SENSITIVE if code in fields], diversity, vocabulary)
    k = max([extract.k, *(one.extract.k for one in earlier)])
    try:
        chosen = anonymize(
            [one.trait for one in known],
            [*(one.sensitive for one in told), traits.sites(rows)],
            k=k,
            share_withheld=0.0 if earlier else extract.withheld / 100,
            fixed=together.fixed,
        )
    except Impossible as impossible:
        raise Refused(_why(impossible, k, len(rows.keys), earlier)) from impossible
    told = [one for one in told if one.field in extract.fields]
    outcome = _outcome(chosen, known, len(found.keys), len(rows.keys), k, diversity)
    outcome["beside"] = [one.extract.number for one in earlier]
    return Made(
        columns=tuple(_columns(known, told, chosen, vocabulary)),
        data=_write(extract, known, told, chosen),
        outcome=outcome,
        trace=traces.write(rows.keys, chosen.classes),
    )


def _alive(extract: Extract) -> set[int]:
    living = Entry.objects.alive().filter(program=extract.program_id)
    return set(living.order_by().values_list("pk", flat=True))


def _outcome(
    chosen: Anonymized, known: Sequence[Known], entries: int, rows: int, k: int, diversity: int
) -> dict[str, Any]:
    return {
        "entries": entries,
        "left_out": entries - rows,
        "withheld": chosen.withheld,
        "rows": rows - chosen.withheld,
        "classes": int(chosen.classes.max()) + 1,
        "smallest": chosen.smallest,
        "k": k,
        "diversity": diversity,
        "levels": {one.field: one.codes[level] for one, level in zip(known, chosen.levels, strict=True)},
        "kept": {one.field: round(kept, 4) for one, kept in zip(known, chosen.kept, strict=True)},
        "tried": chosen.tried,
        "nodes": chosen.nodes,
    }


def _columns(known: Sequence[Known], told: Sequence[Told], chosen: Anonymized, vocabulary: words.Words) -> list[Column]:
    """The columns of the file: known traits that still say something, then one for each code of sensitive fields."""
    found = []
    for one, level in zip(known, chosen.levels, strict=True):
        if one.codes[level] != "withheld":
            used = sorted(set(np.array(one.texts[level])[one.trait.levels[level][one.trait.values]].tolist()) - {""})
            codes = tuple((guard(text), one.label(text)) for text in used)
            found.append(Column(one.field, one.field, one.codes[level], codes))
    for field in told:
        for code in field.codes:
            label = vocabulary.label(field.field, code)
            found.append(Column(f"{field.field}_{code}", field.field, "flag", ((code, label),)))
    return found


def _write(extract: Extract, known: Sequence[Known], told: Sequence[Told], chosen: Anonymized) -> bytes:
    """The rows as CSV, in an order that says nothing: sorted by what they hold, then shuffled by a secret key."""
    given = np.flatnonzero(chosen.classes != WITHHELD)
    levels = [(one, level) for one, level in zip(known, chosen.levels, strict=True) if one.codes[level] != "withheld"]
    columns = [[guard(text) for text in one.written(level)] for one, level in levels]
    columns += [["1" if flag else "0" for flag in own] for field in told for own in field.flags.T]
    names = [one.field for one, _level in levels] + [f"{field.field}_{code}" for field in told for code in field.codes]
    rows = sorted(tuple(column[row] for column in columns) for row in given)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows[place] for place in _shuffled(extract, len(rows)))
    return buffer.getvalue().encode()


def _shuffled(extract: Extract, count: int) -> list[int]:
    key = hmac.new(settings.SECRET_KEY.encode(), f"maillage.extract:{extract.uid}".encode(), hashlib.sha256).digest()
    return np.random.Generator(np.random.Philox(int.from_bytes(key[:16], "big"))).permutation(count).tolist()


def _why(impossible: Impossible, k: int, rows: int, earlier: Sequence[traces.Earlier]) -> str:
    """What failed even with every trait withheld, and what to do."""
    if earlier:
        return _(
            "À côté de l'extrait déjà remis (n° %(numbers)s), ce fichier permettrait d'isoler des interventions : les "
            "lignes de l'un se recoupent avec celles de l'autre. Demandez les mêmes champs, les mêmes dates et la même "
            "protection, ou des dates qui ne se recoupent pas."
        ) % {"numbers": ", ".join(str(one.extract.number) for one in earlier)}
    if impossible.demand == "k":
        return ngettext(
            "La période ne compte que %(rows)s intervention, et il en faut au moins %(k)s semblables : demandez une "
            "période plus longue.",
            "La période ne compte que %(rows)s interventions, et il en faut au moins %(k)s semblables : demandez une "
            "période plus longue.",
            rows,
        ) % {"rows": rows, "k": k}
    if impossible.demand == traits.SITE:
        return _(
            "Les interventions viennent de moins de %(sites)s milieux : les mêmes personnes y reviendraient souvent. "
            "Aucun extrait ne peut en être remis sans les faire reconnaître."
        ) % {"sites": traits.SITES}
    return _(
        "Le champ « %(field)s » dit presque la même chose de toutes les interventions, ou un terme sensible y domine : "
        "il révélerait ce qu'il en est de chacune. Retirez ce champ de la demande, ou allongez la période."
    ) % {"field": ALL[impossible.demand].title}
