"""Documents by HTTP: what they are is read in their content, members of the group get them as files, others nothing."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from maillage.concertation.models import AgendaItem, Document
from maillage.core.files import MOST_BYTES, clean_name, path_of, tidy_files
from tests.factories import make_group, make_group_member, make_meeting
from tests.factories.files import docx, odf, pdf, xlsx, zipped

pytestmark = pytest.mark.django_db
PDF = pdf()


def page(meeting: Any) -> str:
    return f"/groupes/rencontres/{meeting.uid}/documents/"


def send(client: Any, meeting: Any, name: str, content: bytes, **more: Any) -> Any:
    return client.post(page(meeting), {"file": SimpleUploadedFile(name, content), **more})


GOOD = [
    ("plan.pdf", PDF),
    ("lettre.docx", docx()),
    ("budget.xlsx", xlsx()),
    ("lettre.odt", odf()),
    ("budget.ods", odf("spreadsheet")),
    ("liste.csv", "nom;rôle\nÉlé;membre".encode("cp1252")),
    ("notes.txt", "Été 夏 Лето".encode()),
]


@pytest.mark.parametrize(("name", "content"), GOOD, ids=[name for name, _content in GOOD])
def test_a_file_comes_back_as_it_was(secretary: Any, name: str, content: bytes) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    assert send(client, meeting, name, content).status_code == 302
    document = Document.objects.get()
    answer = client.get(f"/groupes/rencontres/documents/{document.uid}/")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in answer.headers["Content-Type"]
    assert document.title == name


BAD = [
    ("page.html", b"<script>alert(1)</script>", "type accepté"),
    ("image.svg", b"<svg/>", "type accepté"),
    ("plan.pdf", b"MZ\x90\x00", "ce que son nom annonce"),
    ("plan.pdf.exe", PDF, "type accepté"),
    ("photo.png", PDF, "ce que son nom annonce"),
    ("lettre.docx", zipped({"word/document.xml": "<a/>"}), "ce que son nom annonce"),
    ("macro.docx", docx(word__vbaProject_x_bin="x"), "macros"),
    ("casse.xlsx", b"PK\x03\x04....", "ce que son nom annonce"),
    ("notes.txt", b"a\x00b", "ce que son nom annonce"),
    ("vide.txt", b"", "vide"),
    ("gros.txt", b"x" * (MOST_BYTES + 1), "15 Mo"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[f"{line[0]} {line[2]}" for line in BAD])
def test_what_is_refused_says_why_and_leaves_nothing(
    secretary: Any, data_folder: Path, name: str, content: bytes, words: str
) -> None:
    client, group = secretary
    answer = send(client, make_meeting(group), name, content, title="Titre gardé")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "Titre gardé" in html
    assert not Document.objects.exists()
    assert not [path for path in (data_folder / "files").rglob("*") if path.is_file()]


def test_only_the_group_gets_it(secretary: Any, sign_in: Any, client: Any, member_client: Any) -> None:
    secretary_client, group = secretary
    send(secretary_client, make_meeting(group), "plan.pdf", PDF)
    address = f"/groupes/rencontres/documents/{Document.objects.get().uid}/"
    _member, theirs = member_client(group)
    stranger = sign_in(make_group_member(make_group()).person.user)
    left = make_group_member(group, end=timezone.localdate() - timedelta(days=1), start=None)
    answer = theirs.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    assert stranger.get(address).status_code == 404
    assert sign_in(left.person.user).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert theirs.post(f"{address}retirer/").status_code == 403


def test_an_address_is_kept_and_leads_there(secretary: Any, member_client: Any) -> None:
    _client, group = secretary
    meeting = make_meeting(group)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Budget")
    _member, theirs = member_client(group)
    assert (
        theirs.post(page(meeting), {"url": "https://exemple.test/plan", "title": "Plan", "item": item.pk}).status_code
        == 302
    )
    document = Document.objects.get()
    assert document.item == item
    assert theirs.get(f"/groupes/rencontres/documents/{document.uid}/").url == "https://exemple.test/plan"
    assert theirs.post(page(meeting), {"url": "javascript:alert(1)"}).status_code == 422
    assert theirs.post(page(meeting), {}).status_code == 422
    assert "Plan" in theirs.get(f"/groupes/{group.slug}/documents/").content.decode()


def test_a_file_named_by_nobody_is_erased_after_a_day(secretary: Any) -> None:
    client, group = secretary
    meeting = make_meeting(group)
    for _time in range(2):
        send(client, meeting, "plan.pdf", PDF)
    first, second = Document.objects.order_by("id")
    path = path_of(first.digest)
    os.utime(path, (1, 1))
    client.post(f"/groupes/rencontres/documents/{first.uid}/retirer/")
    assert tidy_files() == 0
    client.post(f"/groupes/rencontres/documents/{second.uid}/retirer/")
    assert tidy_files() == 1
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\Plan été.pdf", "Plan été.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        (f"{'é' * 300}.pdf", f"{'é' * 196}.pdf"),
        ("議事録.pdf", "議事録.pdf"),
    ],
)
def test_names_of_any_script_are_kept_clean(name: str, kept: str) -> None:
    assert clean_name(name) == kept
