"""Between the page of a service and its sheet: what the page shows of it, and the sheet that comes back.

What the page does not ask (rules of hours by month, lines of exchanges…) stays as it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from maillage.core.text import as_number
from maillage.directory.enums import LocationKind, TaxonomyKind
from maillage.directory.models import Location, Organization, Service, TaxonomyTerm
from maillage.directory.quality import gaps_of
from maillage.directory.reading import place_sheet_of, sheet_of
from maillage.directory.sheets import (
    AtPlace,
    PlaceSheet,
    ServiceSheet,
)

from .lines import MOST, SETS
from .services import GROUPS, TERM_FIELDS, ServiceForm
from .typed_lines import (
    PLACE,
    SHOWN,
    access_said,
    areas_in_words,
    areas_said,
    contact_said,
    cost_said,
    documents_said,
    hours_said,
    languages_said,
    municipality_said,
    phone_said,
    same_of,
    terms_said,
)

PLAIN = (
    "name",
    "alternate_name",
    "status",
    "alert",
    "description",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "interpretation",
    "fee",
    "fee_note",
    "application_process",
    "wait_time",
    "website",
    "email",
)


class ServicePage:
    """The forms of a service's page, bound to what was sent or filled from the sheet."""

    def __init__(
        self, service: Service | None, organizations: Any, mine: set[int] | None, data: QueryDict | None = None
    ) -> None:
        self.service, self.mine = service, mine
        self.sheet = sheet_of(service) if service else None
        self.organizations = organizations
        asked = data.get("add") if data else None
        self.is_adding = asked in SETS
        sent = self._with_one_more(data, asked) if data is not None and asked in SETS else data
        self.gaps = list(gaps_of(self.sheet)) if self.sheet else []
        self.form = ServiceForm(sent, initial=self._initial(), organizations=organizations)
        self.sets = {name: self._set(name, sent) for name in SETS}

    def _with_one_more(self, data: QueryDict, name: str) -> QueryDict:
        more = data.copy()
        total = as_number(more.get(f"{name}-TOTAL_FORMS")) or 0
        more[f"{name}-TOTAL_FORMS"] = str(min(total, MOST) + 1)
        return more

    def _set(self, name: str, data: QueryDict | None) -> Any:
        formset, title, add = SETS[name]
        options: dict[str, Any] = {}
        if name == "at":
            options["form_kwargs"] = self._about_places()
        lines = getattr(self.sheet, name) if self.sheet else ()
        built = formset(data, prefix=name, initial=[SHOWN[name](line) for line in lines], **options)
        built.title, built.add = title, add
        built.extra = 0 if lines else 1
        built.is_asked = data is not None and data.get("add") == name
        return built

    def _about_places(self) -> dict[str, Any]:
        access = TaxonomyTerm.objects.filter(taxonomy__kind=TaxonomyKind.ACCESS, is_retired=False)
        numbers = [row.pk for row in self.organizations] if self.mine is not None else []
        if self.service:
            numbers.append(self.service.organization_id)
        known = Location.objects.filter(organization__in=numbers).order_by("name", "pk")[:200]
        here = {at.place.uid for at in self.sheet.at} if self.sheet else set()
        locked: set[UUID] = set()
        if self.mine is not None and here:
            others = Location.objects.filter(uid__in=here).exclude(organization__in=self.mine)
            locked = set(others.order_by("pk").values_list("uid", flat=True))
        return {
            "known": [(str(row.uid), str(row)) for row in known if row.uid not in here],
            "access": [(term.code, term.label) for term in access.order_by("position", "pk")],
            "locked": locked,
        }

    def _initial(self) -> dict[str, Any]:
        sheet = self.sheet
        if sheet is None or self.service is None:
            return {}
        filled: dict[str, Any] = {name: getattr(sheet, name) for name in PLAIN}
        chosen = [f"{term.taxonomy}:{term.code}" for term in sheet.terms]
        return filled | {
            "organization": self.service.organization_id,
            "revision": self.service.revision,
            "spoken": [line.code for line in sheet.languages],
            "territories": "\n".join(areas_in_words(sheet)),
            "papers": "\n".join(line.document for line in sheet.documents),
            **dict.fromkeys(TERM_FIELDS, chosen),
        }

    def groups(self) -> list[dict[str, Any]]:
        """The fields by group: the first stands open, and those where something is to be corrected."""
        return [
            {
                "title": title,
                "fields": [self.form[name] for name in names],
                "open": at == 0
                or (self.service is None and at == 1)
                or any(name in self.form.errors for name in names),
            }
            for at, (title, names) in enumerate(GROUPS)
        ]

    def is_valid(self) -> bool:
        """Whether everything that was sent can be read."""
        return all([self.form.is_valid(), *(lines.is_valid() for lines in self.sets.values())])

    def has_errors(self) -> bool:
        """Whether something is refused on the page."""
        return bool(self.form.errors) or any(
            lines.total_error_count() for lines in self.sets.values() if lines.is_bound
        )

    def filled(self, today: date, label: str) -> ServiceSheet:
        """The sheet that the page says; what it does not ask stays."""
        data = self.form.cleaned_data
        organization: Organization = data["organization"]
        old = self.sheet or ServiceSheet(organization=organization.uid, name="")
        said: dict[str, Any] = {name: data[name] for name in PLAIN}
        if data["is_exact"]:
            said |= {"checked_on": today, "checked_by_label": label[:200]}
        return replace(
            old,
            organization=organization.uid,
            **said,
            terms=terms_said(old, data, self.form),
            areas=areas_said(old, data["territories"]),
            documents=documents_said(old, data["papers"]),
            languages=languages_said(old, data["spoken"]),
            phones=tuple(phone_said(old.phones, line) for line in self.sets["phones"].kept()),
            contacts=tuple(contact_said(old.contacts, line) for line in self.sets["contacts"].kept()),
            schedules=tuple(hours_said(old.schedules, line) for line in self.sets["schedules"].kept()),
            costs=tuple(cost_said(old.costs, line) for line in self.sets["costs"].kept()),
            at=tuple(self._at(old, line) for line in self.sets["at"].kept()),
        )

    def _at(self, old: ServiceSheet, line: Mapping[str, Any]) -> AtPlace:
        before = same_of(old.at, line["uid"])
        if chosen := line.get("known"):
            place = place_sheet_of(Location.objects.get(uid=chosen))
            return AtPlace(place=place, description=line["description"])
        place = before.place if before else PlaceSheet()
        access = access_said(place.accessibilities, line["access"])
        place = replace(place, **{name: line[name] for name in PLACE}, accessibilities=access)
        if place.kind == "":
            place = replace(place, kind=LocationKind.PHYSICAL)
        if before is None or before.place.city != place.city:
            place = replace(place, municipality=municipality_said(place.city))
        return replace(before or AtPlace(place=place), place=place, description=line["description"])

    def take(self, problems: Mapping[str, list[str]]) -> None:
        """Show the sentences of the service beside what they speak of."""
        for path, sentences in problems.items():
            name, _dot, rest = path.partition(".")
            target: forms.BaseForm = self.form
            at, _dot2, field = rest.partition(".")
            kept = [form for form in self.sets[name].forms if form.says()] if name in self.sets else []
            if at.isdigit() and int(at) < len(kept):
                target, name = kept[int(at)], field.rpartition(".")[2]
            target.add_error(name if name in target.fields else None, sentences)
