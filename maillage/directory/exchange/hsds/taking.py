"""Takes an object of HSDS apart: fields are taken one by one, and what nobody takes stays for `beyond`, untouched.

What cannot be what HSDS says it is goes to `qc_refused`, under its name, with a sentence: it is kept and never served as a
link, an address or a code.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from maillage.directory.exchange.values import Notes, identifier, text

from .tables import fields

V = TypeVar("V")
Raw = Mapping[str, Any]
REFUSED = "qc_refused"
# Links between rows say what nesting says; the history of a sheet elsewhere is not ours.
_LINKS = {"service_id", "organization_id", "location_id", "service_at_location_id", "contact_id", "phone_id", "link_id"}
_NOT_KEPT = _LINKS | {"metadata", "last_modified"}
_SAFE = re.compile(r"(?:https?|ftp|mailto|tel|urn|geo|info|doi):|[^:]*$|[^:/?#]*[/?#]", re.I)
_MOST_DEEP = 12


def is_blank(value: Any) -> bool:
    """Whether a field says nothing."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())


class Taker:
    """The fields of one object, `where` it stands in the file, and what was said of it."""

    def __init__(self, table: str, raw: Raw, where: str, notes: Notes) -> None:
        self.table, self.where, self.notes = table, where, notes
        self.left = {str(k): v for k, v in raw.items() if not is_blank(v) and k not in _NOT_KEPT and k != "id"}
        before = self.left.pop(REFUSED, None)
        self.refused: dict[str, Any] = dict(before) if isinstance(before, Mapping) else {}

    def take(self, name: str, parse: Callable[[Any], V], default: V) -> V:
        """The value of a field; what it cannot be stays where it can be served as it came, or apart."""
        if name not in self.left:
            return default
        value = self.left.pop(name)
        try:
            return parse(value)
        except (ValueError, TypeError, OverflowError, AttributeError):
            field = fields(self.table).get(name)
            if field is not None and field.kind == "number" and type(value) in (int, float):
                self.left[name] = value
            else:
                self.refused[name] = value
            self.say(name, _("« {value} » ne se lit pas ici : mis à part.").format(value=str(value)[:80]))
            return default

    def text(self, name: str) -> str:
        """A text."""
        return self.take(name, text, "")

    def fitting(self, name: str, most: int) -> str:
        """A text of one short field; a longer one stays as it came."""
        if len(str(self.left.get(name, ""))) > most:
            self.say(name, _("Ce texte dépasse {n} caractères : gardé, sans paraître sur la fiche.").format(n=most))
            return ""
        return " ".join(self.text(name).split())

    def rows(self, name: str) -> Iterator[tuple[int, Raw]]:
        """The objects of a list, with their rank; what is none is set apart."""
        value = self.left.pop(name, [])
        listed = value if isinstance(value, list) else [value]
        odd = [one for one in listed if not isinstance(one, Mapping)]
        if odd:
            self.refused[name] = odd
            self.say(name, _("Une liste d'objets est attendue ici : le reste est mis à part."))
        yield from ((rank, one) for rank, one in enumerate(listed) if isinstance(one, Mapping))

    def one(self, name: str) -> Raw | None:
        """The object of a field, or None."""
        return next((raw for _rank, raw in self.rows(name)), None)

    def put_back(self, name: str, rows: list[Any]) -> None:
        """Keep rows of a list that the sheet does not say."""
        if rows:
            self.left[name] = rows

    def say(self, name: str, sentence: str) -> None:
        """Note a sentence about a field."""
        self.notes.append((f"{self.where}.{name}" if self.where else name, sentence))

    def beyond(self) -> dict[str, Any]:
        """What nobody took."""
        return self.left | ({REFUSED: self.refused} if self.refused else {})


class Names:
    """Identifiers of the lines of a file. One that several owners share is made each owner's own, always the same."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._serial = 0

    def note(self, table: str, raw: Raw, owner: str = "", deep: int = 0) -> None:
        """Walk through an object and those in it, before any is read."""
        if deep > _MOST_DEEP:
            return
        said = str(raw.get("id") or "")
        if said:
            self._owners[table, said].add(owner)
        self._serial += 1
        is_root = table in ("service", "organization", "location") and said
        own = f"{table}:{said}" if is_root else f"{owner}/{table}:{said or self._serial}"
        known = fields(table)
        for name in raw.keys() & known.keys():
            field = known[name]
            if field.is_nested and table not in ("attribute", "taxonomy_term"):
                for one in _listed(raw.get(name)):
                    self.note(field.table, one, own, deep + 1)

    def of_line(self, table: str, raw: Raw, owner: UUID, rank: int, taken: set[UUID]) -> UUID:
        """The identifier of a line of `owner`; `taken` are those of its list."""
        said = str(raw.get("id") or "").strip()
        if not said:
            content = json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str)
            found = uuid5(owner, f"{table}/{content}")
        elif len(self._owners.get((table, said), ())) > 1:
            found = own_of(owner, identifier(said, table, owner))
        else:
            found = identifier(said, table, owner)
        while found in taken:
            found = uuid5(found, str(rank))
        taken.add(found)
        return found


def own_of(owner: UUID, shared: UUID) -> UUID:
    """The identifier that a line of `owner` bears instead of one that lines of others bear too."""
    return uuid5(owner, str(shared))


def _listed(value: Any) -> Iterator[Raw]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one


def defused(table: str, raw: Raw, where: str, notes: Notes, deep: int = 0) -> dict[str, Any]:
    """The same object, whose addresses are addresses: a link that would run something is set apart."""
    if deep > _MOST_DEEP:
        return {}
    found, apart = dict(raw), {}
    known = fields(table)
    for name, value in raw.items():
        field = known.get(name)
        if field is None:
            continue
        is_link = field.kind == "uri" or name in ("uri", "logo")
        if is_link and isinstance(value, str) and not _SAFE.match("".join(value.split())):
            apart[name] = found.pop(name)
            sentence = _("« {value} » n'est pas une adresse web : mise à part, elle ne sera pas servie.")
            notes.append((f"{where}.{name}" if where else name, sentence.format(value=value[:80])))
        elif field.is_nested and isinstance(value, list):
            found[name] = [
                defused(field.table, one, f"{where}.{name}.{rank}".strip("."), notes, deep + 1)
                if isinstance(one, Mapping)
                else one
                for rank, one in enumerate(value)
            ]
        elif field.is_nested and isinstance(value, Mapping):
            found[name] = defused(field.table, value, f"{where}.{name}".strip("."), notes, deep + 1)
    if apart:
        before = found.get(REFUSED)
        found[REFUSED] = {**(before if isinstance(before, Mapping) else {}), **apart}
    return found
