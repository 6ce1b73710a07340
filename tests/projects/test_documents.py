"""Documents and photos of projects by HTTP: kept for those who see the project; a photo is public with a consent only."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from maillage.core.models import AuditEvent
from maillage.projects.models import Project, ProjectDocument
from tests.factories import make_project, make_project_person
from tests.factories.files import pdf, picture, upload
from tests.factories.projects_files import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(sign_in: Any) -> Any:
    """Who carries a public project: their client and the project."""
    project = make_project(is_public=True)
    return sign_in(make_project_person(project).person.user), project


def _photo(**more: Any) -> dict[str, Any]:
    return {"file": upload("jardin.jpg", picture()), "people": "waiting", **more}


def _agreed(**more: Any) -> dict[str, Any]:
    today = str(timezone.localdate())
    said = {"people": "agreed", "consent_on": today, "consent_words": "Formulaires signés", "is_public": "on"}
    return _photo(**{"alternative": "Trois bacs de culture", **said, **more})


def _seen(client: Any, photo: ProjectDocument, **headers: str) -> Any:
    """The answer to who asks for the photo itself, read to its end."""
    answer = client.get(f"/projets/photos/{photo.uid}/image/", headers=headers)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def _add(lead: Any, data: dict[str, Any]) -> Any:
    client, project = lead
    return client.post(f"/projets/{project.slug}/photos/ajouter/", data)


def test_a_document_comes_back_as_it_was(lead: Any) -> None:
    client, project = lead
    address = f"/projets/{project.slug}/documents/"
    content = pdf()
    answer = client.post(address, {"file": upload("entente.pdf", content), "kind": "letter", "title": "Entente"})
    assert answer.status_code == 302
    document = ProjectDocument.objects.get()
    given = client.get(f"/projets/documents/{document.uid}/")
    assert b"".join(given.streaming_content) == content
    assert given.headers["Content-Disposition"].startswith("attachment")
    page = client.get(address).content.decode()
    assert "Entente" in page
    assert "Lettre" in page
    client.post(f"/projets/documents/{document.uid}/retirer/")
    assert not ProjectDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("page.html", b"<script>", "type accept"), ("plan.pdf", b"MZ", "ce que son nom annonce"), ("v.txt", b"", "vide")],
)
def test_a_hostile_file_is_refused_with_a_sentence(lead: Any, name: str, content: bytes, words: str) -> None:
    client, project = lead
    data = {"file": upload(name, content), "kind": "document", "title": "Titre gardé"}
    answer = client.post(f"/projets/{project.slug}/documents/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Titre gardé" in answer.content.decode()
    assert not ProjectDocument.objects.exists()


def test_a_photo_forgets_where_it_was_taken(lead: Any) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (46.0, 26.0, 0.0)}
    assert _add(lead, _photo(file=upload("p.jpg", picture(exif=exif)), people="nobody")).status_code == 302
    image = lead[0].get(f"/projets/photos/{ProjectDocument.objects.get().uid}/image/")
    with Image.open(io.BytesIO(b"".join(image.streaming_content))) as shown:
        assert not shown.getexif().get_ifd(0x8825)


BAD = [
    ({"people": "waiting", "is_public": "on"}, "y ont consenti"),
    ({"people": "agreed", "consent_on": ""}, "quand les personnes ont consenti"),
    ({"people": "agreed", "consent_words": ""}, "Dites comment"),
    ({"consent_on": "2999-01-01"}, "au plus tard aujourd"),
    ({"consent_on": "hier"}, "AAAA-MM-JJ"),
    ({"alternative": ""}, "pour qui ne la voit pas"),
    ({"alternative": "Mme Ginette Tremblay devant son jardin"}, "Retirez ce qui dit qui est la personne"),
    ({"consent_words": "Appel au 418 555-1234"}, "Retirez ce qui dit qui est la personne"),
    ({"file": upload("plan.pdf", pdf())}, "PNG, JPEG ou WebP"),
]


@pytest.mark.parametrize(("more", "words"), BAD, ids=[words for _more, words in BAD])
def test_a_consent_that_does_not_hold_says_why(lead: Any, more: dict[str, Any], words: str) -> None:
    if "file" in more:
        more = {"file": upload("plan.pdf", pdf())}
    answer = _add(lead, _agreed(**more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ProjectDocument.objects.exists()


def test_a_consent_withdrawn_takes_the_photo_from_everybody_at_once(lead: Any, client: Any) -> None:
    ours, _project = lead
    assert _add(lead, _agreed()).status_code == 302
    photo = ProjectDocument.objects.get()
    first = _seen(client, photo)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert ours.post(f"/projets/photos/{photo.uid}/consentement/").status_code == 302
    assert _seen(client, photo, **{"If-None-Match": first.headers["ETag"]}).status_code == 404
    assert _seen(ours, photo).status_code == 200
    photo.refresh_from_db()
    assert (photo.is_public, photo.consent_on, photo.consent_words) == (False, None, "")
    assert AuditEvent.objects.filter(verb="projects.photo_consent_withdrawn").exists()
    said = {"people": "waiting", "alternative": "Trois bacs", "is_public": "on"}
    assert ours.post(f"/projets/photos/{photo.uid}/", said).status_code == 422


def test_a_photo_of_a_sheet_that_closes_is_no_longer_public(lead: Any, client: Any) -> None:
    _client, project = lead
    photo = make_document(project, kind="photo", nobody_recognisable=True, is_public=True)
    assert _seen(client, photo).status_code == 200
    Project.objects.filter(pk=project.pk).update(is_public=False)
    assert _seen(client, photo).status_code == 404


def test_a_page_asks_for_the_size_that_it_needs_and_keeps_its_place(lead: Any, client: Any) -> None:
    ours, project = lead
    photo = make_document(project, kind="photo", nobody_recognisable=True, content=picture(size=(1200, 900)))
    address = f"/projets/photos/{photo.uid}/image/"
    for page in ("photos/", ""):
        shown = ours.get(f"/projets/{project.slug}/{page}").content.decode()
        assert f'srcset="{address}?taille=petite 640w, {address} 1200w"' in shown
        assert 'width="1200" height="900"' in shown
        assert 'loading="lazy"' in shown
    small = b"".join(ours.get(f"{address}?taille=petite").streaming_content)
    assert Image.open(io.BytesIO(small)).size == (640, 480)
    assert client.get(f"{address}?taille=petite").status_code == 404
    photo.is_public = True
    photo.save()
    first = client.get(f"{address}?taille=petite")
    b"".join(first.streaming_content)
    assert first.headers["ETag"] != _seen(client, photo).headers["ETag"]


def test_who_works_on_a_project_adds_a_photo_but_does_not_publish_it(sign_in: Any) -> None:
    project = make_project()
    member = sign_in(make_project_person(project, "member").person.user)
    member.post(f"/projets/{project.slug}/photos/ajouter/", _agreed())
    photo = ProjectDocument.objects.get()
    assert not photo.is_public
    photo.is_public = True
    photo.save()
    assert member.post(f"/projets/photos/{photo.uid}/", {"people": "nobody"}).status_code == 403
    assert member.post(f"/projets/documents/{photo.uid}/retirer/").status_code == 403
    assert member.post(f"/projets/photos/{photo.uid}/consentement/").status_code == 302


def test_a_document_is_never_shown_as_an_image_nor_a_photo_as_something_else(lead: Any) -> None:
    client, project = lead
    document = make_document(project, is_public=True, nobody_recognisable=True)
    assert client.get(f"/projets/photos/{document.uid}/image/").status_code == 404
    assert client.get(f"/projets/photos/{document.uid}/").status_code == 404


@pytest.mark.parametrize("page", ["documents/", "photos/", ""])
def test_pages_keep_their_budget(lead: Any, page: str) -> None:
    client, project = lead
    asked = []
    for many in (3, 27):
        for number in range(many):
            make_document(project, kind="photo" if number % 2 else "document")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/projets/{project.slug}/{page}").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12
