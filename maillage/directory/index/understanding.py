"""A question's words as the index knows them: whole, begun, heard or misspelt, each with the stems it may mean."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import OSA

from maillage.directory.models import SearchGram, SearchWord

from . import words

EXACT, BARED, BEGUN, BEGUN_BESIDE, HEARD, NEAR, FAR = 1.0, 0.95, 0.75, 0.35, 0.7, 0.65, 0.45
MOST_TOKENS = 12
MOST_BEGUN = 40
MOST_LIKE = 150
BEGUN_TO_CORRECT = 4  # letters from which a word that is only begun may be taken for misspelt


@dataclass(slots=True)
class Token:
    """A word of the question; `stems` says how sure each meaning is. `corrected` is what it was taken for, or ""."""

    form: str
    is_begun: bool = False
    stems: dict[str, float] = field(default_factory=dict)
    corrected: str = ""

    def mean(self, stem: str, sure: float) -> None:
        """It may mean this."""
        self.stems[stem] = max(sure, self.stems.get(stem, 0.0))


def tokens(text: str) -> list[Token]:
    """The words of a question that count. The last one is only begun while nothing follows it."""
    found = words.words(text)
    last = len(found) - 1 if text and not text[-1].isspace() else -1
    kept = [
        Token(form, is_begun=rank == last)
        for rank, form in enumerate(found)
        if (form not in words.EMPTY and form not in words.AROUND and len(form) > 1) or (rank == last == 0)
    ]
    if not kept:
        kept = [Token(form, is_begun=rank == last) for rank, form in enumerate(found) if form not in words.EMPTY]
    unique = {token.form: token for token in kept}
    return list(unique.values())[:MOST_TOKENS]


def understand(text: str) -> list[Token]:
    """The tokens of a question with what they mean; those that mean nothing have no stem.

    Five queries at most, whatever the number of words and of services.
    """
    found = tokens(text)
    _known(found)
    for token in found:
        if token.is_begun:
            _begun(token, BEGUN_BESIDE if token.stems else BEGUN)
    unknown = [token for token in found if not token.stems]
    if unknown:
        _heard(unknown)
        _misspelt([token for token in unknown if max(token.stems.values(), default=0.0) <= HEARD])
    return [token for token in found if token.stems or words.bared(token.form) not in words.EMPTY | words.AROUND]


def _known(found: Sequence[Token]) -> None:
    """Words that stand in the index as they are, without the elided one before them, or with the next one."""
    by_stem: dict[str, list[tuple[Token, float]]] = defaultdict(list)
    for token, following in zip(found, [*found, None][1:], strict=True):
        by_stem[words.stem(token.form)].append((token, EXACT))
        if bared := words.bared(token.form):
            by_stem[words.stem(bared)].append((token, BARED))
        if following:
            by_stem[words.stem(token.form + following.form)] += [(token, BARED), (following, BARED)]
    rows = SearchWord.objects.filter(stem__in=list(by_stem), services__gt=0).order_by("stem")
    for stem in rows.values_list("stem", flat=True).distinct():
        for token, sure in by_stem[stem]:
            token.mean(stem, sure)
    for token in found:  # a word that stands as it is holds no elided one: « sage » is not « s'age »
        if token.stems.get(words.stem(token.form)) == EXACT and (bared := words.bared(token.form)):
            token.stems.pop(words.stem(bared), None)


def _begun(token: Token, least: float) -> None:
    """Words that begin as it does, those of most services first."""
    rows = SearchWord.objects.filter(form__gte=token.form, services__gt=0)
    if after := words.after(token.form):
        rows = rows.filter(form__lt=after)
    for form, stem in rows.order_by("-services", "form").values_list("form", "stem")[:MOST_BEGUN]:
        token.mean(stem, least + (EXACT - least) * 0.5 * len(token.form) / len(form))


def _heard(unknown: Sequence[Token]) -> None:
    by_sound: dict[str, list[Token]] = defaultdict(list)
    for token in unknown:
        if sound := words.sound(token.form):
            by_sound[sound].append(token)
    rows = SearchWord.objects.filter(sound__in=list(by_sound), services__gt=0).order_by("-services", "form")
    for form, stem, sound in rows.values_list("form", "stem", "sound"):
        for token in by_sound[sound]:
            token.mean(stem, HEARD)
            token.corrected = token.corrected or form


def _misspelt(unknown: Sequence[Token]) -> None:
    """Words at one or two slips from it, among those that share enough n-grams."""
    wanted = [token for token in unknown if len(token.form) >= 4 and not token.form.isdigit()]
    grams = {token.form: words.grams(token.form, whole=not token.is_begun) for token in wanted}
    rows = SearchGram.objects.filter(gram__in={gram for found in grams.values() for gram in found}).order_by("gram")
    bodies = {gram: np.frombuffer(body, "<u4") for gram, body in rows.values_list("gram", "body")}
    alike: dict[str, list[int]] = {}
    for form, its in grams.items():
        held = [bodies[gram] for gram in its if gram in bodies]
        if held:
            alike[form] = _alike(np.concatenate(held))
    numbers = sorted({number for found in alike.values() for number in found})
    found = SearchWord.objects.filter(pk__in=numbers, services__gt=0).order_by("pk")
    vocabulary = {row[0]: row[1:] for row in found.values_list("pk", "form", "stem", "services")}
    for token in wanted:
        _nearest(token, [vocabulary[number] for number in alike.get(token.form, ()) if number in vocabulary])


def _alike(held: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> list[int]:
    numbers, shared = np.unique(held, return_counts=True)
    order = np.lexsort((numbers, -shared))[:MOST_LIKE]
    found: list[int] = numbers[order].tolist()
    return found


def _nearest(token: Token, candidates: Sequence[tuple[str, str, int]]) -> None:
    slips = 1 if len(token.form) < 6 else 2
    best: list[tuple[int, int, str]] = []
    for form, stem, services in candidates:
        distance = _distance(token, form, slips)
        if distance > slips or (distance == 2 and form[0] != token.form[0]):
            continue
        token.mean(stem, NEAR if distance <= 1 else FAR)
        best.append((distance, -services, form))
    if best:
        token.corrected = token.corrected or min(best)[2]


def _distance(token: Token, form: str, slips: int) -> int:
    """Slips between the two; of a word only begun, those between it and the beginning of the other."""
    whole = OSA.distance(token.form, form, score_cutoff=slips)
    if not token.is_begun or len(token.form) < BEGUN_TO_CORRECT or len(form) <= len(token.form):
        return int(whole)
    size = len(token.form)
    begun = min(OSA.distance(token.form, form[:end], score_cutoff=slips) for end in (size - 1, size, size + 1))
    return int(min(whole, begun + 1 if begun else 0))
