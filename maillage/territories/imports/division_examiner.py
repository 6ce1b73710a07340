"""Examines lines that are divisions."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from django.utils.translation import gettext as _

from maillage.core.imports import Examiner, Line
from maillage.core.services import Outcome, differences
from maillage.core.tabular.heading import key
from maillage.territories.enums import Level
from maillage.territories.geo.shapes import polygons, to_geojson
from maillage.territories.models import Boundary, Division
from maillage.territories.quebec import REGIONS, level_of_code, level_of_word, plain_code, region_code, split_name
from maillage.territories.queries import Locator
from maillage.territories.services import DivisionDraft, save_divisions

_CONTAINERS = {Level.MRC: Level.REGION, Level.MUNICIPALITY: Level.MRC, Level.BOROUGH: Level.MUNICIPALITY}


class DivisionExaminer(Examiner):
    """Reads the known divisions once, then looks at each line."""

    def __init__(self, actor: Any, options: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        super().__init__()
        self.actor, self.options, self.columns = actor, options, columns
        self.known = {(d.level, d.code): d for d in Division.objects.select_related("parent")}
        self.by_name: dict[tuple[str, str], Division] = {}
        for (level, _code), division in self.known.items():
            self.by_name.setdefault((level, key(division.name)), division)
        self.digests = dict(Boundary.objects.filter(valid_to=None).values_list("division_id", "digest"))
        self.seen: dict[tuple[str, str], Line] = {}
        self.made: dict[tuple[str, str], DivisionDraft] = {}
        self.locators: dict[str, Locator | None] = {}

    def examine(self, line: Line) -> None:
        """Level, code, name, parent and limits of one line."""
        name, between = split_name(line.values.get("name") or "")
        line.title = name
        if not name:
            self.refuse(line, "name", _("Le nom manque."))
            return
        raw = line.values.get("code") or ""
        level = self._level(line, raw, name, between)
        if level is None:
            self.refuse(line, "level", _("Le niveau n'est pas dit : choisissez « Niveau des territoires »."))
            return
        code = self._code(line, level, raw, name)
        if not code:
            return
        line.title = f"{name} ({code})"
        draft = DivisionDraft(level, code, {"name": name[:150]}, since=line.values.get("since"))
        draft.source = str(self.options.get("source") or "")[:300]
        draft.is_schematic = str(self.options.get("schematic") or "") in ("1", "true", "oui")
        if former := line.values.get("former_name"):
            draft.former_names.append((former[:150], None, None))
        self._fill(line, draft, between)
        if not line.problems and self._once(line, draft):
            draft.parent = self._parent(line, draft)
            line.draft = draft
            line.outcome = self._outcome(draft)

    def _level(self, line: Line, code: str, name: str, between: str) -> Level | None:
        if word := line.values.get("level"):
            found = level_of_word(word)
            if found:
                return found
        if asked := self.options.get("level"):
            return Level(asked)
        if found := level_of_code(code, self.columns.get("code", "")) if code else None:
            return found
        if region_code(name) and (not code or code.zfill(2) in REGIONS):
            return Level.REGION
        return level_of_word(between) if between else None

    def _code(self, line: Line, level: Level, raw: str, name: str) -> str:
        if raw:
            code = plain_code(level, raw)
            if len(code) > 20 or any(char in "<>\"'" for char in code):
                self.refuse(line, "code", _("« {code} » n'est pas un code.").format(code=code[:40]))
                return ""
            return code
        if level == Level.REGION and region_code(name):
            return region_code(name)
        if same := self.by_name.get((level, key(name))):
            return same.code
        self.refuse(line, "code", _("Le code manque, et aucun territoire connu ne porte ce nom."))
        return ""

    def _fill(self, line: Line, draft: DivisionDraft, between: str) -> None:
        values = line.values
        if designation := values.get("designation") or (between if draft.level == Level.MUNICIPALITY else ""):
            draft.values["designation"] = designation[:20]
        if values.get("population") is not None:
            draft.values["population"] = values["population"]
            if year := _year(self.columns.get("population", "")):
                draft.values["population_year"] = year
        if values.get("valid_to"):
            draft.values["valid_to"] = values["valid_to"]
        if not self._known(draft) and values.get("since"):
            draft.values["valid_from"] = values["since"]
        self._place(line, draft)

    def _known(self, draft: DivisionDraft) -> Division | None:
        return self.known.get(draft.key)

    def _place(self, line: Line, draft: DivisionDraft) -> None:
        latitude, longitude = line.values.get("latitude"), line.values.get("longitude")
        if (latitude is None) != (longitude is None):
            self.refuse(line, "latitude", _("La latitude et la longitude vont ensemble."))
            return
        if latitude is not None and longitude is not None:
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                self.refuse(line, "latitude", _("La latitude va de −90 à 90 et la longitude de −180 à 180."))
                return
            draft.values |= {"latitude": round(latitude, 5), "longitude": round(longitude, 5)}
        if line.geometry is None:
            return
        shape = polygons(line.geometry)
        if shape is None and line.geometry.geom_type != "Point":
            self.refuse(
                line, "", _("Les limites d'un territoire sont une surface, et celles-ci sont une ligne ou des points.")
            )
            return
        if shape is not None:
            draft.boundary = to_geojson(shape)
        known = self._known(draft)
        if "latitude" not in draft.values and (known is None or known.latitude is None):
            point = line.geometry.representative_point()
            draft.values |= {"latitude": round(point.y, 5), "longitude": round(point.x, 5)}

    def _once(self, line: Line, draft: DivisionDraft) -> bool:
        """Whether the line is the first of its code; several pieces of limits of one code become one."""
        first = self.seen.setdefault(draft.key, line)
        if first is line:
            return True
        if (
            first.draft is not None
            and draft.boundary
            and first.draft.boundary
            and first.draft.values["name"] == draft.values["name"]
        ):
            whole = shapely.union_all(
                [shapely.from_geojson(first.draft.boundary), shapely.from_geojson(draft.boundary)]
            )
            first.draft.boundary = to_geojson(polygons(whole))
            first.outcome = self._outcome(first.draft)
            line.outcome = Outcome.UNCHANGED
            line.remarks.append(_("Morceau des mêmes limites qu'à la ligne {n} : réunis.").format(n=first.number))
            return False
        self.refuse(line, "code", _("Le code {code} est déjà à la ligne {n}.").format(code=draft.code, n=first.number))
        return False

    def _parent(self, line: Line, draft: DivisionDraft) -> tuple[str, str] | None:
        level = _CONTAINERS.get(Level(draft.level))
        if level is None:
            return None
        name, between = split_name(line.values.get("parent_name") or "")
        raw = line.values.get("parent_code") or ""
        in_code_name, in_code = split_name(raw)
        code = in_code if in_code.isdecimal() else raw if raw.isdecimal() else between if between.isdecimal() else ""
        if draft.level == Level.MRC:
            return self._region(line) or self._containing(draft, level)
        if not code and draft.level == Level.MUNICIPALITY and len(draft.code) == 5 and draft.code.isdecimal():
            code = draft.code[:2]
        wanted = (str(level), plain_code(level, code)) if code else None
        if wanted is None and name and (same := self.by_name.get((level, key(name)))):
            wanted = (same.level, same.code)
        if wanted is None:
            return self._containing(draft, level)
        if wanted not in self.known and wanted not in self.made and draft.level == Level.MUNICIPALITY:
            self._make(wanted, name or (in_code_name if in_code_name != raw else ""), self._region(line))
        if wanted in self.known or wanted in self.made:
            return wanted
        line.remarks.append(_("Le territoire {code}, qui le contient, n'est pas connu.").format(code=wanted[1]))
        return None

    def _region(self, line: Line) -> tuple[str, str] | None:
        name, between = split_name(line.values.get("region") or line.values.get("parent_name") or "")
        code = plain_code(Level.REGION, between) if between.isdecimal() else region_code(name)
        if not code or code not in REGIONS:
            return None
        wanted = (str(Level.REGION), code)
        if wanted not in self.known and wanted not in self.made:
            self._make(wanted, REGIONS[code], None)
        return wanted

    def _make(self, wanted: tuple[str, str], name: str, parent: tuple[str, str] | None) -> None:
        """A container that the file names and that is not known is created with it."""
        if not name:
            return
        self.made[wanted] = DivisionDraft(wanted[0], wanted[1], {"name": name[:150]}, parent)
        self.also[_("Territoires créés autour : {level}").format(level=Level(wanted[0]).label)] += 1

    def _containing(self, draft: DivisionDraft, level: Level) -> tuple[str, str] | None:
        known = self._known(draft)
        if known is not None and known.parent_id:
            return None
        latitude = draft.values.get("latitude", known.latitude if known else None)
        longitude = draft.values.get("longitude", known.longitude if known else None)
        if latitude is None or longitude is None:
            return None
        locator = self.locators.setdefault(level, None) or Locator(level)
        self.locators[level] = locator
        found = locator.find(latitude, longitude)
        return next((k for k, division in self.known.items() if division.pk == found), None) if found else None

    def _outcome(self, draft: DivisionDraft) -> Outcome:
        known = self._known(draft)
        if known is None:
            return Outcome.NEW
        before = {name: getattr(known, name) for name in draft.values}
        moved = bool(differences(before, draft.values))
        moved |= bool(draft.parent) and (
            known.parent is None or (known.parent.level, known.parent.code) != draft.parent
        )
        if draft.boundary:
            moved |= self.digests.get(known.pk) != hashlib.sha256(draft.boundary.encode()).hexdigest()
        return Outcome.CHANGED if moved else Outcome.UNCHANGED

    def finish(self, lines: Sequence[Line]) -> None:
        """Say which lines bring limits."""
        bounded = sum(bool(line.draft and line.draft.boundary) for line in lines)
        if bounded:
            self.also[_("Lignes avec des limites")] = bounded

    def apply(self, lines: Sequence[Line], tick: Any) -> None:
        """Write the divisions, those that hold others first."""
        drafts = [line.draft for line in lines]
        needed = {draft.parent for draft in drafts} | {made.parent for made in self.made.values()}
        save_divisions(actor=self.actor, drafts=[*(d for k, d in self.made.items() if k in needed), *drafts])
        tick(len(drafts), len(drafts))


def _year(title: str) -> int | None:
    found = re.search(r"\b(19|20)\d\d\b", title.replace("_", " "))
    return int(found.group()) if found and int(found.group()) <= date.today().year else None
