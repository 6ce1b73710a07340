"""Rows of the HSDS API: it is for everybody, and a session changes nothing to what it gives."""

from typing import Any

from maillage.directory.models import Taxonomy, TaxonomyTerm
from maillage.directory.services import load_taxonomies
from tests.factories import make_service

from .api import ApiLine, Arguments
from .world import OURS, World

ALL, HIDDEN, NOT_SO, BAD, MOVED = "222222222", "444444444", "MMMMMMMMM", "BBBBBBBBB", "RRRRRRRRR"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _service(**fields: Any) -> Arguments:
    return lambda world: {"id": str(make_service(**fields).uid)}


def _merged(world: World) -> dict[str, Any]:
    """A service that was merged into another."""
    kept, gone = make_service(), make_service(status="inactive")
    type(gone).objects.filter(pk=gone.pk).update(merged_into=kept)
    return {"id": str(gone.uid)}


def _hidden(world: World) -> dict[str, Any]:
    """A service that is no longer: even those who sign in read it elsewhere."""
    return _service(name=f"Ancien {OURS}", status="defunct")(world)


def _silent(world: World) -> dict[str, Any]:
    """An organization that offers nothing, as those of the programmes."""
    return {"id": str(world.ours.organization.uid)}


def _offering(world: World) -> dict[str, Any]:
    return {"id": str(make_service().organization.uid)}


def _at(world: World) -> dict[str, Any]:
    return {"id": str(make_service().service_locations.get().uid)}


def _taxonomy(world: World) -> dict[str, Any]:
    load_taxonomies()
    return {"id": str(Taxonomy.objects.order_by("pk")[0].uid)}


def _term(world: World) -> dict[str, Any]:
    load_taxonomies()
    return {"id": str(TaxonomyTerm.objects.order_by("pk")[0].uid)}


HSDS_LINES: list[ApiLine] = [
    ("api:hsds", "GET", ALL, _nothing, _nothing),
    ("api:hsds-openapi", "GET", ALL, _nothing, _nothing),
    ("api:hsds-profile", "GET", ALL, _nothing, _nothing),
    *((f"api:hsds-{name}", "GET", ALL, _nothing, _nothing) for name in LISTS),
    *((f"api:hsds-{name}", "POST", ALL, _nothing, _nothing) for name in LISTS),
    *((f"api:hsds-{name}", "GET", BAD, _nothing, lambda world: {"page": "0"}) for name in LISTS),
    *((f"api:hsds-{name}", "DELETE", NOT_SO, _nothing, _nothing) for name in LISTS),
    *((f"api:hsds-{name}-one", "GET", HIDDEN, lambda world: {"id": "1"}, _nothing) for name in LISTS),
    ("api:hsds-services-one", "GET", ALL, _service(), _nothing),
    ("api:hsds-services-one", "GET", HIDDEN, _hidden, _nothing),
    ("api:hsds-services-one", "GET", MOVED, _merged, _nothing),
    ("api:hsds-organizations-one", "GET", ALL, _offering, _nothing),
    ("api:hsds-organizations-one", "GET", HIDDEN, _silent, _nothing),
    ("api:hsds-service_at_locations-one", "GET", ALL, _at, _nothing),
    ("api:hsds-taxonomies-one", "GET", ALL, _taxonomy, _nothing),
    ("api:hsds-taxonomy_terms-one", "GET", ALL, _term, _nothing),
]
