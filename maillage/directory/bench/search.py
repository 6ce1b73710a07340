"""`maillage bench search`: what a keystroke and a whole search take, and what is found of the judged questions.

Services are invented around those written by hand, in an invented province. The product and the full text of the
database alone answer the same questions in turn: what else the machine does weighs on both.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.benchmark_homes import Parts, postgresql_database
from maillage.core.benchmarks import Measure
from maillage.directory.searching import Question, search_services
from maillage.directory.synthetic import drafts, judged, territory, writing

from .references import reference, without_accents

ENTRIES = 10_000
KEYSTROKES = 400
BY_PLACE = 100  # services invented for each municipality
WAYS = {"avec accents": "text", "sans accents": "bare", "avec des fautes": "slips"}
NEAR = (46.44, -71.02)


def run(entries: int, say: Callable[[str], object]) -> list[Measure]:
    """All the rows, on SQLite then on PostgreSQL."""
    home = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    try:
        say(_("%(entries)d services dans SQLite") % {"entries": entries})
        found = {"SQLite": Parts("search", home / "sqlite", "", entries)("measure")}
        say(_("%(entries)d services dans PostgreSQL") % {"entries": entries})
        with postgresql_database() as address:
            found["PostgreSQL"] = Parts("search", home / "pg", address, entries)("measure")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return [row for engine, measured in found.items() for row in rows(engine, measured)]


def rows(engine: str, measured: dict[str, Any]) -> list[Measure]:
    """A row for each measure beside the reference."""
    other, found = measured["reference"], []
    for what, name in (("keystroke", "frappe"), ("full", "recherche")):
        for rank in ("p50", "p95"):
            ours, theirs = (measured[whose][what][rank] for whose in ("product", "alone"))
            found.append(Measure(f"{engine}, {name}, {rank}", ours, "ms", other, theirs))
    for rank in ("p50", "p95"):
        found.append(Measure(f"{engine}, filtres et distance, {rank}", measured["filtered"][rank], "ms"))
    for way in WAYS:
        ours, theirs = (100 * measured[whose]["recall"][way] for whose in ("product", "alone"))
        found.append(Measure(f"{engine}, rappel à 10 {way}", ours, "%", other, theirs))
    found.append(Measure(f"{engine}, indexer un service", measured["index_ms"], "ms"))
    return found


def measure(entries: int) -> dict[str, Any]:
    """Fill an empty database, then ask everything of the product and of the reference in turn."""
    call_command("migrate", verbosity=0)
    made = judged.drafts(judged.make_places())
    places = territory.make(max(12, min(1_000, entries // BY_PLACE)))
    made += list(drafts.drafts(places, max(entries - len(made), 0), 1, timezone.localdate()))
    began = time.perf_counter()
    numbers = writing.write(made, index=False)
    written = time.perf_counter()
    from maillage.directory.services import index_services

    index_services(ids=numbers)
    index_ms = (time.perf_counter() - written) * 1000 / len(numbers)
    alone = reference()
    alone.fill(numbers)
    judgement, asked = judged.Judgement(made, numbers), judged.questions()
    times: dict[str, dict[str, list[float]]] = {who: {"keystroke": [], "full": []} for who in ("product", "alone")}
    recalls: dict[str, dict[str, float]] = {who: dict.fromkeys(WAYS, 0.0) for who in ("product", "alone")}
    asks: dict[str, Callable[[str], Sequence[int]]] = {"product": product, "alone": alone.full}
    for who, ask in asks.items():
        ask(asked[0].text)
        for question in asked:
            answers = judgement.answers(question)
            said = {"text": question.text, "bare": without_accents(question.text), "slips": question.slips}
            for way, key in WAYS.items():
                found, taken = timed(ask, said[key])
                recalls[who][way] += judged.recall(found, answers) / len(asked)
                times[who]["full"].append(taken)
    for begun in keystrokes([question.text for question in asked]):
        times["product"]["keystroke"].append(timed(product, begun)[1])
        times["alone"]["keystroke"].append(timed(alone.typing, begun)[1])
    filtered = [timed(with_filters, question.text)[1] for question in asked]
    return {
        "reference": alone.name,
        "filtered": ranks(filtered),
        "index_ms": index_ms,
        "written_s": written - began,
        **{who: {what: ranks(taken) for what, taken in times[who].items()} | {"recall": recalls[who]} for who in asks},
    }


def product(words: str) -> list[int]:
    """The first ten by the product."""
    return search_services(Question(words=words), AnonymousUser(), size=10).ids


def with_filters(words: str) -> list[int]:
    """The same near a point, free, open now."""
    question = Question(words=words, near=NEAR, fees=("free",), open_at=timezone.now())
    return search_services(question, AnonymousUser(), size=20).ids


def keystrokes(texts: Sequence[str]) -> list[str]:
    """Beginnings of questions, as they are typed."""
    draw = random.Random(7)  # noqa: S311
    begun = [text[:end] for text in texts for end in range(2, len(text) + 1)]
    return draw.sample(begun, min(KEYSTROKES, len(begun)))


def timed(ask: Callable[[str], Sequence[int]], words: str) -> tuple[Sequence[int], float]:
    """The answer, and its milliseconds."""
    began = time.perf_counter()
    found = ask(words)
    return found, (time.perf_counter() - began) * 1000


def ranks(taken: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile."""
    ordered = sorted(taken)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)]}


PARTS = {"measure": measure}
