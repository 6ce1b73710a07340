"""Words as the index keeps them: folded, stemmed, heard, cut into n-grams. The same on every database."""

import re
from functools import lru_cache

from maillage.core.text import fold, stems

_ELIDED = re.compile(r"(?:qu|[cdjlmnst])([aeiouyh][a-z]+)")
LONGEST = 40
GRAM = 3
_WORDS = re.compile(r"[0-9a-z]+")
_JOINED = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)+")
# Words that say nothing of a service, in a sheet or in a question.
_EMPTY = (
    "a ai as au aux avec c ca car ce cela ces cet cette ceux chez ci comme d dans de des dont du elle elles en entre est "
    "et etc eu eux il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou "
    "par pas plus pour qu que quel quelle qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tous tout "
    "toute toutes tu un une vers vos votre vous y jai jsuis cest dun dune nai the of and for to in is"
)
# Words that people put around what they look for: they count in a question only when there is nothing else.
_AROUND = (
    "besoin besoins cherche chercher recherche trouver trouve veux veut voudrais faut peux peut peuvent suis etre avoir "
    "comment quand quelqu quelque quelqu un personne personnes gens endroit place service services organisme organismes "
    "ressource ressources gros grosse vraiment tres trop bien va vais fait faire donner donne aller obtenir apres "
    "avant pendant quelques plusieurs chaque besoin ici pres proche autour aimerais merci bonjour svp cher chere chers cheres rien vieux vais jamais problemes probleme"
)
EMPTY, AROUND = frozenset(_EMPTY.split()), frozenset(_AROUND.split())
SHORTS = {"st": "saint", "ste": "sainte", "sts": "saints", "mtl": "montreal", "qc": "quebec", "asso": "association"}


def words(text: str) -> list[str]:
    """The folded words of `text`, in order, short forms spelt out (« St-Georges » → saint, georges)."""
    return [SHORTS.get(word, word)[:LONGEST] for word in _WORDS.findall(fold(text))]


def joined(text: str) -> list[str]:
    """What a reader may write in one word: « Saint-Georges » → saintgeorges."""
    found = (words(match.replace("-", " ")) for match in _JOINED.findall(fold(text)))
    return ["".join(parts)[:LONGEST] for parts in found]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The French stem of a folded word."""
    return stems(word).strip()[:LONGEST] or word


def bared(word: str) -> str:
    """The word without the elided one that was typed against it (« dinsertion » → insertion); "" when there is none."""
    match = _ELIDED.fullmatch(word)
    return match[1] if match else ""


def after(prefix: str) -> str:
    """The first string that comes after all those beginning with `prefix`; "" when none does.

    It is made of digits and small letters only, on whose order every collation agrees.
    """
    kept = prefix.rstrip("z")
    if not kept:
        return ""
    last = kept[-1]
    return kept[:-1] + ("a" if last == "9" else chr(ord(last) + 1))


def grams(word: str, whole: bool = True) -> list[str]:
    """The distinct trigrams of a word between marks; without the last mark when the word is only begun."""
    marked = f"^{word}$" if whole else f"^{word}"
    return sorted({marked[i : i + GRAM] for i in range(len(marked) - GRAM + 1)})


# French spellings that are heard alike, in the order in which they are replaced.
_HEARD = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"emme", "ame"),
        (r"eaux|eau|aux|au", "o"),
        (r"ph", "f"),
        (r"sch|ch|sh", "8"),
        (r"qu|q|ck", "k"),
        (r"gn", "ni"),
        (r"gu(?=[eiy])", "9"),
        (r"g(?=[eiy])", "j"),
        (r"g", "9"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"ti(?=on|el|en)", "si"),
        (r"c", "k"),
        (r"h", ""),
        (r"(?:aim|ain|ein|eim|im|in|ym|yn)(?![aeiouynm])", "1"),
        (r"(?:an|am|en|em)(?![aeiouynm])", "2"),
        (r"(?:on|om)(?![aeiouynm])", "3"),
        (r"oeu|eu", "e"),
        (r"ai|ei|ay|ey|er\b|ez\b|et\b|es\b", "e"),
        (r"y", "i"),
        (r"ill", "i"),
        (r"z", "s"),
        (r"x\b|[stdpe]+\b", ""),
        (r"(.)\1+", r"\1"),
    )
]


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a folded French word is heard, roughly: « alimantère » and « alimentaire » are one; "" for what is short."""
    if len(word) < 3 or word.isdigit():
        return ""
    heard = word
    for pattern, replacement in _HEARD:
        heard = pattern.sub(replacement, heard)
    return heard if len(heard) >= 2 else ""
