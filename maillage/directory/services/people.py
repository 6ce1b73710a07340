"""Writes the people of organizations: who they are, and where they belong, in which role, since when."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import Outcome, Written, audit, write
from maillage.directory.models import Affiliation, Person
from maillage.directory.permissions import can_keep_directory

FIELDS = ("organization", "role", "function", "start", "end")


@transaction.atomic
def save_person(
    *, actor: Any, person: Person | None = None, places: Sequence[Mapping[str, Any]] | None = None, **values: Any
) -> Written[Person]:
    """Create a person, or change `person`; only the `values` given are touched.

    `places` are all of their affiliations: `id` (None for a new one) and the fields of `Affiliation`. An editor among
    them, with an account, writes the services of that organization.
    """
    require(can_keep_directory(actor))
    written = write(
        actor=actor,
        obj=person or Person(),
        values=values,
        new="directory.person_added",
        changed="directory.person_edited",
        secret=("phone",),
    )
    if places is None:
        return written
    before = _told(written.obj)
    known = {row.pk: row for row in written.obj.affiliations.order_by("pk")}
    kept = {given["id"] for given in places if given.get("id")}
    Affiliation.objects.filter(pk__in=[pk for pk in known if pk not in kept]).delete()
    for given in places:
        row = known.get(given.get("id") or 0) or Affiliation(person=written.obj)
        for name in FIELDS:
            setattr(row, name, given[name])
        row.full_clean()
        row.save()
    after = _told(written.obj)
    if before != after and written.outcome is not Outcome.NEW:
        audit(actor=actor, verb="directory.person_edited", obj=written.obj, changes={"affiliations": [before, after]})
        return Written(written.obj, Outcome.CHANGED, written.changes)
    return written


def _told(person: Person) -> str:
    rows = person.affiliations.select_related("organization").order_by("pk")
    return "; ".join(
        f"{row.organization} ({row.get_role_display()}, {row.start or '…'} – {row.end or '…'})" for row in rows
    )
