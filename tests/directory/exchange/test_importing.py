"""What is imported, from whom, what it changes; imported twice it changes nothing; what a partner removes is no hole."""

import copy
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from maillage.core.errors import Refused
from maillage.core.models import AuditEvent
from maillage.directory.models import Organization, Service, Source, TaxonomyTerm
from tests.factories.services import make_service
from tests.territories.shared_data import real

from .importing import counts, import_file, write_json

pytestmark = pytest.mark.django_db
OWNER, FIRST, SECOND, PLACE, PHONE = (str(UUID(int=number)) for number in range(1, 6))


def service(number: str = FIRST, **fields: Any) -> dict[str, Any]:
    """A small service of HSDS; people and numbers are invented."""
    place = {"id": PLACE, "location_type": "physical", "name": "Local inventé", "latitude": 46.8, "longitude": -71.2}
    place["addresses"] = [
        {
            "id": str(UUID(int=90)),
            "address_1": "1, rue des Essais",
            "city": "Ville-Modèle",
            "state_province": "QC",
            "postal_code": "G0A 0A0",
            "country": "CA",
            "address_type": "physical",
        }
    ]
    said = {
        "id": number,
        "name": f"Service {number[-2:]}",
        "status": "active",
        "organization": {"id": OWNER, "name": "Entraide inventée", "description": "Un organisme."},
        "phones": [{"id": PHONE, "number": "418 555-0101"}],
        "service_at_locations": [{"id": str(uuid5(UUID(PLACE), number)), "location": place}],
    }
    return said | fields


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two services whose telephones and places bear the same identifiers, as many exports do."""
    return write_json(tmp_path / "deux.json", [service(FIRST), service(SECOND)])


def test_lines_that_share_an_identifier_are_each_their_own(two: Path) -> None:
    assert counts(import_file(two, "voisins")) == (2, 0, 0, 0)
    assert [row.phones.get().number for row in Service.objects.order_by("uid")] == ["418 555-0101"] * 2
    assert Service.objects.order_by("uid").first().service_locations.get().location.uid == UUID(PLACE)


def test_imported_twice_it_changes_nothing(two: Path) -> None:
    import_file(two, "voisins")
    events, revisions = (
        AuditEvent.objects.count(),
        list(Service.objects.order_by("pk").values_list("revision", "updated_at")),
    )
    assert counts(import_file(two, "voisins")) == (0, 0, 2, 0)
    assert AuditEvent.objects.count() == events
    assert list(Service.objects.order_by("pk").values_list("revision", "updated_at")) == revisions


def test_what_a_partner_removes_becomes_inactive_and_comes_back(two: Path, tmp_path: Path) -> None:
    import_file(two, "voisins")
    one = write_json(tmp_path / "un.json", [service(FIRST)])
    report = import_file(one, "voisins")
    assert report["also"] == {"services que la source n'envoie plus, rendus inactifs": 1}
    gone = Service.objects.get(uid=SECOND)
    assert (gone.status, bool(gone.gone_on)) == ("inactive", True)
    assert AuditEvent.objects.filter(verb="directory.service_gone", object_id=gone.pk).count() == 1
    assert import_file(one, "voisins")["also"] == {}
    assert counts(import_file(two, "voisins")) == (0, 1, 1, 0)
    gone.refresh_from_db()
    assert (gone.status, gone.gone_on) == ("active", None)


def test_a_part_of_a_file_makes_nothing_inactive(two: Path, tmp_path: Path) -> None:
    import_file(two, "voisins")
    import_file(write_json(tmp_path / "un.json", [service(FIRST)]), "voisins", extent="part")
    import_file(write_json(tmp_path / "un.json", [service(FIRST)]))
    assert Service.objects.filter(status="active").count() == 2


def test_a_partner_does_not_write_over_what_is_kept_here(tmp_path: Path) -> None:
    mine = make_service(name="Tenu ici")
    said = service(str(mine.uid), name="Changé ailleurs")
    report = import_file(write_json(tmp_path / "a.json", [said]), "voisins")
    assert "laissée telle quelle" in str(report["remarks"])
    mine.refresh_from_db()
    assert (mine.name, mine.source) == ("Tenu ici", None)


def test_an_organization_that_is_known_by_its_name_is_not_made_twice(tmp_path: Path) -> None:
    known = make_service(name="Premier").organization
    said = service()
    said["organization"]["name"] = known.name.upper()
    import_file(write_json(tmp_path / "a.json", [said]), "voisins")
    assert Service.objects.get(uid=FIRST).organization == known
    assert not Organization.objects.filter(uid=OWNER).exists()


def test_numbers_of_another_form_are_kept_and_lead_to_the_same_identifier(tmp_path: Path) -> None:
    said = service("P-12")
    said["organization"]["id"] = "ORG/7"
    path = write_json(tmp_path / "a.json", [said])
    import_file(path, "voisins")
    found = Service.objects.get()
    assert (found.source_key, found.organization.source_key, found.uid.version) == ("P-12", "ORG/7", 5)
    assert counts(import_file(path, "voisins")) == (0, 0, 1, 0)


def test_terms_of_a_partner_are_written_once_and_ours_are_found(tmp_path: Path) -> None:
    ours = TaxonomyTerm.objects.get(taxonomy__code="needs", code="food")
    theirs = {
        "id": str(UUID(int=70)),
        "code": "BD-1800",
        "name": "Food Pantries",
        "description": "",
        "taxonomy": "Autre liste",
    }
    attributes = [
        {
            "id": str(UUID(int=71)),
            "taxonomy_term_id": str(ours.uid),
            "taxonomy_term": {"id": str(ours.uid), "name": "x"},
        },
        {"id": str(UUID(int=72)), "taxonomy_term": theirs},
        {"id": str(UUID(int=73)), "taxonomy_term": theirs},
    ]
    path = write_json(tmp_path / "a.json", [service(attributes=attributes)])
    report = import_file(path, "voisins")
    assert "y est deux fois" in str(report["remarks"])
    found = Service.objects.get()
    assert set(found.terms.values_list("code", flat=True)) == {"food", "BD-1800"}
    assert TaxonomyTerm.objects.get(code="BD-1800").source.slug == "voisins"
    assert counts(import_file(path, "voisins")) == (0, 0, 1, 0)


def test_a_later_look_here_is_not_undone(tmp_path: Path) -> None:
    import_file(write_json(tmp_path / "a.json", [service(assured_date="2026-01-01")]), "voisins")
    Service.objects.update(checked_on="2026-06-01")
    assert counts(import_file(write_json(tmp_path / "a.json", [service(assured_date="2026-02-01")]), "voisins")) == (
        0,
        0,
        1,
        0,
    )


def test_a_dry_run_writes_nothing(two: Path) -> None:
    assert counts(import_file(two, "voisins", write=False)) == (2, 0, 0, 0)
    assert not Service.objects.exists()
    assert not Source.objects.exists()


def test_one_bad_service_stops_all_unless_the_others_are_accepted(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", [service(FIRST), service(SECOND, status="peut-être")])
    with pytest.raises(Refused, match="1 ligne est refusée"):
        import_file(path, "voisins")
    report = import_file(path, "voisins", partial=True)
    assert counts(report) == (1, 0, 0, 1)
    assert "n'est pas un état de service" in report["problems"][0]["message"]
    assert Service.objects.get().uid == UUID(FIRST)


def test_a_refused_service_is_not_taken_for_removed(two: Path, tmp_path: Path) -> None:
    import_file(two, "voisins")
    import_file(
        write_json(tmp_path / "a.json", [service(FIRST), service(SECOND, name="x" * 300)]), "voisins", partial=True
    )
    assert Service.objects.get(uid=SECOND).status == "active"


def test_a_code_of_source_is_plain(two: Path) -> None:
    with pytest.raises(Refused, match="n'est pas un code de source"):
        import_file(two, "Les Voisins d'en face")


@pytest.mark.parametrize(
    "name",
    ["examples/service_full.json", "examples/service_list.json", "examples/tabular.json", "examples/csv/services.csv"],
)
def test_official_examples_are_taken_in_once(name: str) -> None:
    path = real(f"directories/hsds/{name}")
    assert counts(import_file(path, "officiel")) == (1, 0, 0, 0)
    assert Service.objects.get().name == "Community Counselling"
    assert counts(import_file(path, "officiel")) == (0, 0, 1, 0)


def test_a_package_in_an_archive_is_that_of_the_folder(tmp_path: Path) -> None:
    folder = real("directories/hsds/examples/csv/services.csv").parent
    path = tmp_path / "paquet.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in sorted(folder.glob("*.csv")):
            archive.write(one, f"paquet/{one.name}")
    assert counts(import_file(path, "officiel")) == (1, 0, 0, 0)
    assert counts(import_file(folder / "services.csv", "officiel")) == (0, 0, 1, 0)


def test_the_real_template_is_taken_in_once() -> None:
    path = real("directories/data_inclusion_dataset.xlsx")
    report = import_file(path, "gabarit", partial=True)
    assert counts(report) == (2, 0, 0, 0)
    assert "louer-un-appartement" in str(report["remarks"])
    assert Organization.objects.get(name__startswith="AGENCE").website == ""
    assert set(Service.objects.values_list("terms__code", flat=True)) >= {"find_housing", "phone", "worker", "family"}
    assert counts(import_file(path, "gabarit")) == (0, 0, 2, 0)


def test_an_identifier_that_moves_between_files_stands_in_nobodys_way(tmp_path: Path) -> None:
    import_file(write_json(tmp_path / "a.json", [service(FIRST)]), "voisins", extent="part")
    other = copy.deepcopy(service(SECOND))
    other["service_at_locations"] = []
    path = write_json(tmp_path / "b.json", [other])
    assert counts(import_file(path, "voisins", extent="part")) == (1, 0, 0, 0)
    assert counts(import_file(path, "voisins", extent="part")) == (0, 0, 1, 0)
