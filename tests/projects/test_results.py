"""Results by HTTP: told by whoever works on a project, shown by what they may know, counted with what they are counted among."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.projects.models import Activity, Proof, Result
from tests.factories import (
    make_entry,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_program,
    make_project,
    make_project_person,
)
from tests.factories.projects_files import make_document, make_result

pytestmark = pytest.mark.django_db
WORDS = {"effect": "conflicts", "statement": "Moins de plaintes entre voisins", "told_as": "housing"}


@pytest.fixture
def lead(sign_in: Any) -> Any:
    """Who carries a project of a group: their client and the project."""
    project = make_project()
    return sign_in(make_project_person(project).person.user), project


def test_a_result_is_told_changed_and_taken_away(lead: Any) -> None:
    client, project = lead
    day = str(timezone.localdate())
    answer = client.post(
        f"/projets/{project.slug}/resultats/nouvelle/", {**WORDS, "observed_on": day, "story": "Un an."}
    )
    assert answer.status_code == 302
    result = Result.objects.get()
    page = client.get(f"/projets/{project.slug}/resultats/").content.decode()
    assert "Moins de plaintes entre voisins" in page
    assert "Milieu de l&#x27;habitation" in page
    assert "1 retombée" in page
    client.post(f"/projets/retombees/{result.uid}/", {**WORDS, "effect": "safety"})
    result.refresh_from_db()
    assert (result.effect, result.observed_on, result.story) == ("safety", None, "")
    client.post(f"/projets/retombees/{result.uid}/retirer/")
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"statement": " "}, "obligatoire"),
        ({"effect": "joie"}, "joie"),
        ({"observed_on": "2999-01-01"}, "au plus tard aujourd"),
        ({"story": "Mme Ginette Tremblay, logement 12, va mieux."}, "Retirez ce qui dit qui est la personne"),
        ({"statement": "Appelez le 418 555-1234"}, "Retirez ce qui dit qui est la personne"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_written(lead: Any, more: dict[str, str], words: str) -> None:
    client, project = lead
    answer = client.post(f"/projets/{project.slug}/resultats/nouvelle/", {**WORDS, **more})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Result.objects.exists()


def test_proofs_of_every_kind_lead_to_what_they_are(sign_in: Any) -> None:
    program = make_program()
    worker = make_member(program, "worker")
    group = make_group(programs=[program])
    make_group_member(group, "secretary", worker.user)
    project = make_project(group=group, program=program)
    client, result = sign_in(worker.user), make_result(project)
    meeting, document = make_meeting(group), make_document(project)
    activity = Activity.objects.create(project=project, title="Jardin")
    entry = make_entry(program, worker)
    data = {
        "meeting": meeting.pk, "activity": activity.pk, "document": document.pk, "url": "https://exemple.test/article",
        "entry": f"https://maillage.test/journal/{entry.uid}/", "words": "On le voit",
    }  # fmt: skip
    assert client.post(f"/projets/retombees/{result.uid}/preuves/", data).status_code == 302
    assert (
        client.post(f"/projets/retombees/{result.uid}/preuves/", data).status_code == 302
    )  # the same again: nothing new
    assert sorted(Proof.objects.values_list("kind", flat=True)) == [
        "activity",
        "address",
        "document",
        "entry",
        "meeting",
    ]
    page = client.get(f"/projets/{project.slug}/resultats/").content.decode()
    for said in (
        str(meeting.uid),
        str(document.uid),
        str(activity.uid),
        str(entry.uid),
        "https://exemple.test/article",
    ):
        assert said in page
    proof = Proof.objects.get(kind="entry")
    assert client.post(f"/projets/retombees/{result.uid}/preuves/{proof.pk}/retirer/").status_code == 302
    assert not Proof.objects.filter(kind="entry").exists()


def test_an_entry_is_unknown_outside_of_its_team_and_a_meeting_outside_of_its_group(sign_in: Any) -> None:
    program = make_program()
    entry = make_entry(program, make_member(program, "worker"))
    project = make_project(program=program, group=make_group())
    result = make_result(project)
    other = make_meeting(make_group(), title="Rencontre fermée")
    Proof.objects.create(result=result, kind="entry", entry=entry, words="Note du journal")
    Proof.objects.create(result=result, kind="meeting", meeting=other, words="Les membres le disent")
    client = sign_in(make_project_person(project).person.user)
    page = client.get(f"/projets/{project.slug}/resultats/").content.decode()
    assert str(entry.uid) not in page
    assert "Note du journal" not in page
    assert "Rencontre fermée" not in page
    assert "Les membres le disent" in page


@pytest.mark.parametrize("kind", ["meeting", "document", "activity", "nothing", "url"])
def test_a_proof_that_is_not_ones_own_is_refused(lead: Any, kind: str) -> None:
    client, project = lead
    result, elsewhere = make_result(project), make_project()
    data = {
        "meeting": {"meeting": make_meeting(make_group()).pk},
        "document": {"document": make_document(elsewhere).pk},
        "activity": {"activity": Activity.objects.create(project=elsewhere, title="Ailleurs").pk},
        "nothing": {"words": "Rien"},
        "url": {"url": "javascript:alert(1)"},
    }[kind]
    answer = client.post(f"/projets/retombees/{result.uid}/preuves/", data)
    assert answer.status_code == 422
    assert not Proof.objects.exists()


def test_an_entry_that_one_does_not_read_shows_nothing(sign_in: Any) -> None:
    theirs, ours = make_program(), make_program()
    entry = make_entry(theirs, make_member(theirs, "worker"))
    worker = make_member(ours, "worker")
    result = make_result(make_project(program=ours))
    data = {"entry": f"https://maillage.test/journal/{entry.uid}/"}
    answer = sign_in(worker.user).post(f"/projets/retombees/{result.uid}/preuves/", data)
    assert answer.status_code == 422
    assert "Aucune intervention que vous lisez" in answer.content.decode()
    assert not Proof.objects.exists()


def test_a_programme_counts_each_project_once_among_those_that_one_sees(sign_in: Any) -> None:
    program = make_program()
    first, second, third = (make_project(program=program, is_public=shown) for shown in (True, False, False))
    make_result(first, effect="climate", statement="Climat public", is_public=True)
    make_result(first, effect="climate", statement="Climat gardé")
    make_result(second, effect="climate", statement="Climat second")
    make_result(second, effect="safety", statement="Sécurité seconde")
    address = f"/projets/resultats/{program.slug}/"
    worker = sign_in(make_member(program, "worker").user)
    whole = worker.get(address).content.decode()
    assert "projets qui en ont : 2 sur 3" in whole
    assert "Projets (sur 3)" in whole
    tenant = sign_in(make_member(program, "tenant").user)
    seen = tenant.get(address).content.decode()
    assert "projets qui en ont : 1 sur 1" in seen
    assert "Climat public" in seen
    assert "Climat gardé" not in seen
    assert "Climat second" not in seen
    safety = worker.get(f"{address}?effet=safety").content.decode()
    assert "Sécurité seconde" in safety
    assert "Climat second" not in safety
    rows = b"".join(worker.get(f"{address}fichier/?effet=safety").streaming_content).decode("utf-8-sig")
    assert "Sécurité seconde" in rows
    assert len(rows.strip().splitlines()) == 2
    assert third.name not in whole


def test_the_menu_leads_to_the_results_of_ones_programme(sign_in: Any) -> None:
    program = make_program()
    client = sign_in(make_member(program, "partner").user)
    answer = client.get("/projets/resultats/", follow=True)
    assert answer.redirect_chain == [(f"/projets/resultats/{program.slug}/", 302)]
    assert 'href="/projets/resultats/"' in answer.content.decode()
    alone = sign_in(make_project_person(make_project()).person.user)
    assert alone.get("/projets/resultats/").status_code == 404
    assert 'href="/projets/resultats/"' not in alone.get("/projets/").content.decode()


def test_what_is_public_is_changed_by_those_who_carry_the_project(sign_in: Any, lead: Any) -> None:
    carrying, project = lead
    member = sign_in(make_project_person(project, "member").person.user)
    member.post(f"/projets/{project.slug}/resultats/nouvelle/", {**WORDS, "is_public": "on"})
    result = Result.objects.get()
    assert not result.is_public
    assert carrying.post(f"/projets/retombees/{result.uid}/", {**WORDS, "is_public": "on"}).status_code == 302
    assert member.post(f"/projets/retombees/{result.uid}/", WORDS).status_code == 403
    assert member.post(f"/projets/retombees/{result.uid}/retirer/").status_code == 403


def test_pages_keep_their_budget(sign_in: Any) -> None:
    program = make_program()
    worker = make_member(program, "worker")
    client, project = sign_in(worker.user), make_project(program=program)
    entry, meeting = make_entry(program, worker), make_meeting(make_group())
    for address in (f"/projets/{project.slug}/resultats/", f"/projets/resultats/{program.slug}/"):
        asked = []
        for many in (3, 27):
            for _time in range(many):
                result = make_result(make_project(program=program) if "resultats/pro" in address else project)
                Proof.objects.create(result=result, kind="entry", entry=entry)
                Proof.objects.create(result=result, kind="meeting", meeting=meeting)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            asked.append(len(captured))
        assert asked[0] == asked[1] <= 12, address


def test_the_public_sheet_tells_what_is_public_and_leads_to_addresses_only(client: Any) -> None:
    project = make_project(is_public=True, group=make_group())
    shown = make_result(project, statement="Le jardin tient", is_public=True)
    make_result(project, statement="Gardé entre nous")
    meeting = make_meeting(project.group, title="Bilan du jardin")
    Proof.objects.create(result=shown, kind="meeting", meeting=meeting, words="Le tour de table le dit")
    Proof.objects.create(result=shown, kind="address", url="https://exemple.test/article")
    photo = make_document(project, kind="photo", nobody_recognisable=True, is_public=True, alternative="Trois bacs")
    hidden = make_document(project, kind="photo", alternative="Une équipe")
    page = client.get(f"/projets/{project.slug}/fiche/").content.decode()
    for said in ("Le jardin tient", "https://exemple.test/article", str(photo.uid), "Trois bacs"):
        assert said in page
    for said in ("Gardé entre nous", "Bilan du jardin", "tour de table", str(meeting.uid), str(hidden.uid)):
        assert said not in page
