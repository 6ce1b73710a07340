"""What the tables must do so that they say what the sheets say: rows to write, to change and to remove, then all at once.

A line keeps its row: by its identifier, by what stands once under an owner, else because it says the same. Lists keep their
order, which is that of the rows' numbers: a line that comes earlier than it did is written anew under the same identifier.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model
from django.utils.translation import gettext as _

from maillage.directory.checking import Book, Problems
from maillage.directory.models import Accessibility, Location, Organization, ServiceArea, ServiceLocation, ServiceTerm
from maillage.directory.models import Source as ASource
from maillage.directory.reading import Shelf, parts
from maillage.directory.shapes import (
    IN_ORDER,
    OWNER_KEY,
    PLACE_FIELDS,
    PLACE_LISTS,
    SHAPES,
    Shape,
    nameless,
)
from maillage.directory.sheets import PlaceSheet

Row = Any


class Plan:
    """Compares sheets with the rows of a shelf; `carry_out` writes. `problems` says what stands against it, by path."""

    def __init__(self, shelf: Shelf, book: Book, source: ASource | None = None, mine: set[int] | None = None) -> None:
        self.shelf, self.book, self.source, self.mine = shelf, book, source, mine
        self.problems: Problems = {}
        self.changed_places: set[int] = set()
        self._new: dict[type[Model], list[Row]] = defaultdict(list)
        self._moved: dict[type[Model], dict[int, Row]] = defaultdict(dict)
        self._fields: dict[type[Model], set[str]] = defaultdict(set)
        self._gone: dict[type[Model], set[int]] = defaultdict(set)
        self._claimed: dict[tuple[type[Model], UUID], str] = {}
        self._places: dict[UUID, Location] = {row.uid: row for row in shelf.places.values()}
        self._settled: dict[UUID, bool] = {}

    def line_up(self, name: str, owner: Row, lines: Sequence[Any], path: str) -> bool:
        """Plan that the list `name` of `owner` says `lines`; whether anything changes."""
        shape = SHAPES[name]
        rows = self.shelf.rows(shape.model, owner)
        columns, changes = [], False
        for at, line in enumerate(lines):
            where = f"{path}.{at}"
            if name == "at":
                place, moved = self._place_of(rows, line, owner, where)
                columns.append({"location": place})
                changes |= moved
            else:
                columns.append(self._columns(shape, line))
        pairs = _in_order(lines, self._pairs(shape, rows, lines, columns))
        kept = {row.pk for row, _uid in pairs if row is not None}
        for row in rows:
            if row.pk not in kept:
                self._remove(shape, row)
                changes = True
        for at, (line, (row, uid), given) in enumerate(zip(lines, pairs, columns, strict=True)):
            values = {field: getattr(line, field) for field in shape.fields} | given
            if shape.has_beyond:
                values["beyond"] = dict(line.beyond)
            where = f"{path}.{at}"
            if row is None:
                changes = True
                row = shape.model(**{OWNER_KEY[type(owner)]: owner}, **values, uid=uid or uuid4())
                self._new[shape.model].append(row)
                self._claim(shape.model, uid, where)
            else:
                values.pop("location", None)  # it is by its place that the row was found
                changes |= self.give(row, values)
            for child in shape.children:
                changes |= self.line_up(child, row, getattr(line, child), f"{where}.{child}")
        return changes

    def give(self, row: Row, values: Mapping[str, Any]) -> bool:
        """Plan these values of a row that is written; whether any differs."""
        moved = [name for name, value in values.items() if getattr(row, name) != value]
        for name in moved:
            setattr(row, name, values[name])
        if moved:
            self._fields[type(row)].update(moved)
            self._moved[type(row)][row.pk] = row
        return bool(moved)

    def _columns(self, shape: Shape, line: Any) -> dict[str, Any]:
        if shape.model is ServiceTerm:
            return {"term_id": self.book.term(line.taxonomy, line.code)}
        if shape.model is ServiceArea:
            return {"division_id": self.book.division(line.division) if line.division else None}
        if shape.model is Accessibility:
            return {"term_id": self.book.access(line.code) if line.code else None}
        return {}

    def _pairs(self, shape: Shape, rows: Sequence[Row], lines: Sequence[Any], columns: Sequence[Any]) -> list[Row]:
        """For each line the row that keeps it, or None: it is written anew."""
        free = {row.pk: row for row in rows}
        found: list[Row] = [None] * len(lines)

        def match(key_of_row: Callable[[Row], Any], key_of_line: Callable[[int], Any]) -> None:
            waiting: dict[Any, list[Row]] = defaultdict(list)
            for row in reversed(list(free.values())):
                waiting[key_of_row(row)].append(row)
            for at in range(len(lines)):
                if found[at] is None and (key := key_of_line(at)) is not None and waiting.get(key):
                    found[at] = waiting[key].pop()
                    del free[found[at].pk]

        if shape.one_of:
            match(lambda row: getattr(row, shape.one_of), lambda at: _single(shape, columns[at]))
        else:
            match(lambda row: row.uid, lambda at: lines[at].uid)
            if free and None in found:
                said = {pk: repr(nameless(self.shelf.line(shape, row))) for pk, row in free.items()}
                match(lambda row: said[row.pk], lambda at: None if lines[at].uid else repr(nameless(lines[at])))
        return found

    def _remove(self, shape: Shape, row: Row) -> None:
        self._gone[shape.model].add(row.pk)
        for child in shape.children:
            below = SHAPES[child]
            for one in self.shelf.rows(below.model, row):
                self._remove(below, one)

    def _place_of(self, rows: Sequence[Row], line: Any, owner: Row, path: str) -> tuple[Location, bool]:
        """The place of a line and whether what it says changes."""
        sheet: PlaceSheet = line.place
        place = self._places.get(sheet.uid) if sheet.uid else self._same_place(rows, line)
        if place is None:
            place = self.new_place(sheet, owner.organization, f"{path}.place")
            return place, True
        return place, self.settle_place(place, sheet, f"{path}.place")

    def _same_place(self, rows: Sequence[Row], line: Any) -> Location | None:
        """The place of a line that gives no identifier of it: that of its own row, else one that says the same."""
        for row in rows:
            if line.uid is not None and row.uid == line.uid:
                return self.shelf.places[row.location_id]
        said = nameless(line.place)
        for row in rows:
            place = self.shelf.places[row.location_id]
            if nameless(self.shelf.place(place)) == said:
                return place
        return None

    def new_place(self, sheet: PlaceSheet, organization: Organization | None, path: str) -> Location:
        """Plan a place that nobody had written."""
        place = Location(uid=sheet.uid or uuid4(), organization=organization, **self._place_values(sheet))
        self._places[place.uid] = place
        self._settled[place.uid] = True
        self._new[Location].append(place)
        for name in PLACE_LISTS:
            self.line_up(name, place, getattr(sheet, name), f"{path}.{name}")
        return place

    def settle_place(self, place: Location, sheet: PlaceSheet, path: str) -> bool:
        """Plan that a place says what its sheet says, once, whoever names it again; whether it changes."""
        if place.uid in self._settled:
            return self._settled[place.uid]
        self._settled[place.uid] = False
        if self.mine is not None and place.organization_id not in self.mine:
            if nameless(self.shelf.place(place)) != nameless(sheet):
                said = _("Ce lieu est celui d'une autre organisation : il ne se change pas ici.")
                self.problems.setdefault(path, []).append(said)
            return False
        changes = self.give(place, self._place_values(sheet))
        for name in PLACE_LISTS:
            changes |= self.line_up(name, place, getattr(sheet, name), f"{path}.{name}")
        self._settled[place.uid] = changes
        if changes:
            self.changed_places.add(place.pk)
        return changes

    def _place_values(self, sheet: PlaceSheet) -> dict[str, Any]:
        values = {field: getattr(sheet, field) for field in PLACE_FIELDS}
        values["municipality_id"] = self.book.division(sheet.municipality) if sheet.municipality else None
        values |= {"beyond": dict(sheet.beyond), "source_key": sheet.source_key}
        if self.source is not None:
            values |= {"source_id": self.source.pk, "gone_on": None}
        return values

    def _claim(self, model: type[Model], uid: UUID | None, path: str) -> None:
        if uid is None:
            return
        if (model, uid) in self._claimed:
            said = _("L'identifiant {uid} sert aussi à une autre ligne ({path}).")
            self.problems.setdefault(path, []).append(said.format(uid=uid, path=self._claimed[model, uid]))
        self._claimed[model, uid] = path

    def own_place(self, organization: Organization, sheet: PlaceSheet, path: str) -> bool:
        """Plan that a place is one of `organization`'s and says its sheet; whether anything changes."""
        place = self._places.get(sheet.uid) if sheet.uid else None
        if place is None and organization.pk:
            said = nameless(sheet)
            own = self.shelf.rows(Location, organization)
            place = next((row for row in own if nameless(self.shelf.place(row)) == said), None)
        if place is None:
            self.new_place(sheet, organization, path)
            return True
        return self.settle_place(place, sheet, path)

    def by_position(self) -> dict[int, Problems]:
        """The problems by position of the sheet, which begins each path."""
        found: dict[int, Problems] = {}
        for path, sentences in self.problems.items():
            at, _dot, rest = path.partition(".")
            found.setdefault(int(at), {}).setdefault(rest, []).extend(sentences)
        return found

    def look_for_taken(self) -> None:
        """Note as problems the identifiers that rows of other sheets bear."""
        by_model: dict[type[Model], list[UUID]] = defaultdict(list)
        for model, uid in self._claimed:
            by_model[model].append(uid)
        for model, uids in by_model.items():
            for part in parts(uids):
                rows = model._default_manager.filter(uid__in=part).order_by("pk").values_list("pk", "uid")
                for number, uid in rows:
                    if number not in self._gone[model]:
                        said = _("L'identifiant {uid} est déjà celui d'une autre fiche.").format(uid=uid)
                        self.problems.setdefault(self._claimed[model, uid], []).append(said)

    def carry_out(self) -> None:
        """Remove, change and write, a few statements a table."""
        for model in reversed(IN_ORDER):
            for part in parts(sorted(self._gone[model])):
                model._default_manager.filter(pk__in=part).delete()
        for model in IN_ORDER:
            rows = [row for pk, row in self._moved[model].items() if pk not in self._gone[model]]
            write_over(model=model, rows=rows, fields=self._fields[model])
            model._default_manager.bulk_create(self._new[model], batch_size=500)


def write_over(*, model: type[Model], rows: Sequence[Row], fields: set[str]) -> None:
    """Write these fields of rows that exist, with few statements."""
    if rows:
        names = {model._meta.get_field(name.removesuffix("_id")).name for name in fields}
        if hasattr(rows[0], "updated_at"):
            names.add("updated_at")
        model._default_manager.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
        )


def _single(shape: Shape, columns: Mapping[str, Any]) -> Any:
    if shape.model is ServiceLocation:
        return columns["location"].pk
    return columns[shape.one_of]


def _in_order(lines: Sequence[Any], found: Sequence[Row]) -> list[tuple[Row, UUID | None]]:
    """For each line the row that keeps it, and the identifier that it bears: rows out of order are written anew."""
    last, broken, kept = 0, False, []
    for line, row in zip(lines, found, strict=True):
        uid = line.uid or (row.uid if row is not None else None)
        if row is None or broken or row.pk < last or uid != row.uid:
            broken = True
            kept.append((None, uid))
        else:
            last = row.pk
            kept.append((row, uid))
    return kept
