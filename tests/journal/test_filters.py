"""The list against a plain reading of the same entries, and the files against the list."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from maillage.journal.context import DraftContext
from maillage.journal.filters import JournalFilters
from maillage.journal.listing import totals_of
from maillage.journal.models import Entry
from maillage.journal.services import EntryDraft, ReferralDraft, log_entries
from tests.factories import make_member, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(program, worker):
    """Sixty entries that differ in everything that is filtered."""
    first = program.program_sites.get().site
    second = make_site(program, name="Coopérative des Érables", tenure="coop")
    other = make_member(program, "outreach", label="Alix Imaginaire")
    mrc = program.territory.children.order_by("code").last()
    actions, themes = ["welcome", "crisis", "conflict"], ["food", "budget", "safety", "isolation"]
    drafts = []
    for n in range(60):
        collective = n % 3 == 0
        referrals = (
            (ReferralDraft(destination=["health", "community", "municipal"][n % 3], need=["food", "budget"][n % 2]),)
            if n % 4 == 1
            else ()
        )
        drafts.append(
            EntryDraft(
                worker_id=[worker.pk, other.pk][n % 2],
                date=date(2014, 1 + n % 12, 1 + n % 28),
                nature="collective" if collective else "individual",
                persons=1 + n % 5,
                site_id=[first.pk, second.pk, None][n % 3],
                mrc_id=mrc.pk if n % 3 == 2 else None,
                minutes=None if n % 7 == 0 else 15 * (1 + n % 4),
                terms={
                    "action": (actions[n % 3],),
                    "theme": tuple({themes[n % 4], themes[(n + 1) % 4]}),
                    "group": (["youth_family", "youth", "family", "senior"][n % 4],),
                    "axis": (["SOM", "DCL"][n % 2],),
                    "success": ("asked_help",) if n % 10 == 3 else (),
                },
                contact_place="park" if n % 5 == 0 else "",
                collective_kind="group_project" if collective else "",
                referrals=referrals,
                note="Un jardin fleuri" if n % 6 == 0 else "",
            )
        )
    log_entries(actor=None, program=program, drafts=drafts)
    return program


def _codes(entry: Entry, vocabulary: str) -> set[str]:
    return {link.term.code for link in entry.entry_terms.all() if link.term.vocabulary == vocabulary}


Keep = Callable[[Entry], bool]
CASES: list[tuple[str, Keep]] = [
    ("", lambda e: True),
    ("du=2014-06-01", lambda e: e.date >= date(2014, 6, 1)),
    ("au=2014-06-01", lambda e: e.date <= date(2014, 6, 1)),
    ("du=2014-03-01&au=2014-04-30", lambda e: date(2014, 3, 1) <= e.date <= date(2014, 4, 30)),
    ("nature=collective", lambda e: e.nature == "collective"),
    ("tenure=coop", lambda e: e.tenure == "coop"),
    ("tenure=coop&tenure=other", lambda e: e.tenure in ("coop", "other")),
    ("action=crisis", lambda e: "crisis" in _codes(e, "action")),
    ("theme=food&theme=budget", lambda e: bool(_codes(e, "theme") & {"food", "budget"})),
    ("theme=food&action=welcome", lambda e: "food" in _codes(e, "theme") and "welcome" in _codes(e, "action")),
    ("groupe=youth_family", lambda e: bool(_codes(e, "group") & {"youth_family", "youth", "family"})),
    ("groupe=youth", lambda e: "youth" in _codes(e, "group")),
    ("axe=SOM", lambda e: "SOM" in _codes(e, "axis")),
    ("succes=asked_help", lambda e: "asked_help" in _codes(e, "success")),
    ("lieu=park", lambda e: e.contact_place is not None and e.contact_place.code == "park"),
    ("collectif=group_project", lambda e: e.collective_kind is not None),
    ("besoin=food", lambda e: any(r.need.code == "food" for r in e.referrals.all())),
    ("destination=other", lambda e: any(r.destination.code == "municipal" for r in e.referrals.all())),
    (
        "destination=health&besoin=food",
        lambda e: any(r.destination.code == "health" and r.need.code == "food" for r in e.referrals.all()),
    ),
    ("refere=1", lambda e: e.persons_referred > 0),
    ("q=erables", lambda e: e.site is not None and "Érables" in e.site.name),
    ("q=ALIMENTATION", lambda e: "food" in _codes(e, "theme")),
    ("theme=inconnu", lambda e: False),
    ("nature=inconnue", lambda e: False),
    ("intervenant=9999999", lambda e: False),
    ("du=2014-12-01&au=2014-01-01", lambda e: False),
    ("du=hier", lambda e: True),
]


@pytest.mark.parametrize(("query", "keep"), CASES, ids=[case[0] for case in CASES])
def test_filters_keep_what_a_plain_reading_keeps(journal, worker, query, keep):
    filters = JournalFilters(QueryDict(query), DraftContext(journal), worker.user)
    wanted = sorted((e for e in Entry.objects.all() if keep(e)), key=lambda e: (e.date, e.pk), reverse=True)
    assert list(filters.entries()) == wanted


def test_worker_site_and_mrc(journal, worker):
    site = journal.program_sites.get(site__name="Coopérative des Érables").site
    mrc = journal.territory.children.order_by("code").last()
    for query, wanted in [
        (f"intervenant={worker.pk}", {"worker": worker}),
        (f"milieu={site.uid}", {"site": site}),
        (f"mrc={mrc.code}", {"mrc": mrc}),
    ]:
        filters = JournalFilters(QueryDict(query), DraftContext(journal), worker.user)
        assert set(filters.entries()) == set(Entry.objects.filter(**wanted))
        assert "inconnu" not in str(filters.applied()[0].value)


def test_words_of_notes_are_searched_by_those_who_read_them(journal, worker):
    coordinator = make_member(journal, "coordinator")
    found = {}
    for member in (worker, coordinator):
        filters = JournalFilters(QueryDict("q=jardins fleuris"), DraftContext(journal), member.user)
        found[member.role] = set(filters.entries())
    written = set(Entry.objects.exclude(note=""))
    assert found["coordinator"] == written
    assert found["worker"] == {entry for entry in written if entry.worker == worker}


@pytest.mark.parametrize("sort", ["recentes", "anciennes", "personnes", "durees", "milieux", "inconnu"])
def test_pages_of_any_order_hold_each_entry_once(journal, worker, sort, sign_in):
    client = sign_in(worker.user)
    seen = []
    for number in (1, 2, 3):
        answer = client.get(reverse("journal:list") + f"?tri={sort}&page={number}")
        seen += [row.id for row in answer.context["page_obj"].object_list]
    assert len(seen) == len(set(seen)) == 60


def test_entries_without_duration_come_last(journal, worker):
    filters = JournalFilters(QueryDict("tri=durees"), DraftContext(journal), worker.user)
    minutes = [entry.minutes for entry in filters.entries()]
    assert minutes == sorted(minutes, key=lambda m: -1 if m is None else m, reverse=True)


@pytest.mark.parametrize("query", ["destination=health&besoin=food", "besoin=budget", "refere=1", "destination=other"])
def test_totals_count_as_a_portrait_does(journal, worker, query):
    filters = JournalFilters(QueryDict(query), DraftContext(journal), worker.user)
    totals, kept = totals_of(filters), list(filters.entries())
    assert (totals.entries, totals.persons) == (len(kept), sum(entry.persons for entry in kept))
    assert totals.minutes == sum(entry.minutes or 0 for entry in kept)
    if query == "refere=1":
        assert totals.referred == sum(entry.persons_referred for entry in kept)
    else:
        asked = QueryDict(query)
        wanted = [
            referral
            for entry in kept
            for referral in entry.referrals.all()
            if asked.get("besoin", referral.need.code) == referral.need.code
            and asked.get("destination", "") in ("", referral.destination.code, _parent(referral.destination))
        ]
        assert totals.referrals == len(wanted)


def _parent(term: Any) -> str:
    return term.parent.code if term.parent else ""


def test_an_exchange_gives_the_results_of_the_whole_page(journal, worker, sign_in):
    client = sign_in(worker.user)
    address = reverse("journal:list") + "?theme=food&q=&tri=recentes"
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "results"})
    assert part.content.decode().strip() in whole
    assert part.headers["HX-Push-Url"] == reverse("journal:list") + "?theme=food"


def test_each_filter_in_force_can_be_removed(journal, worker, sign_in):
    page = sign_in(worker.user).get(reverse("journal:list") + "?theme=food&theme=budget&nature=collective").content
    text = page.decode()
    for address in (
        "?nature=collective&amp;theme=budget",
        "?nature=collective&amp;theme=food",
        "?theme=food&amp;theme=budget",
    ):
        assert f'href="{address}"' in text


def _table(answer: Any) -> list[list[Any]]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        return [[_text(cell) for cell in row] for row in rows]
    text = content.decode("utf-8-sig")
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=";")]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell.date().isoformat() if hasattr(cell, "date") else str(cell)


@pytest.mark.parametrize("query", ["", "?theme=food&tri=personnes", "?q=jardin", "?du=2014-06-01&tri=milieux"])
def test_files_equal_the_screen(journal, worker, query, sign_in):
    client = sign_in(worker.user)
    shown = []
    for number in range(1, 4):
        answer = client.get(reverse("journal:list") + (query or "?") + f"&page={number}")
        if answer.context["page_obj"].number == number:
            shown += [
                (row.date.isoformat(), row.worker, str(row.persons)) for row in answer.context["page_obj"].object_list
            ]
    tables = [
        _table(client.get(reverse("journal:export") + (query or "?") + f"&format={kind}")) for kind in ("csv", "xlsx")
    ]
    assert tables[0] == tables[1]
    heads = tables[0][0]
    columns = [heads.index(name) for name in ("Date", "Intervenant·e", "Personnes rejointes")]
    assert [tuple(row[column] for column in columns) for row in tables[0][1:]] == shown


def test_a_formula_in_a_note_is_inert(program, worker, sign_in):
    notes = ["=1+1", "＝1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0"]
    site = program.program_sites.get().site
    drafts = [
        EntryDraft(
            worker_id=worker.pk, date=date(2014, 5, 6), nature="individual", persons=1, site_id=site.pk, note=note
        )
        for note in notes
    ]
    log_entries(actor=None, program=program, drafts=drafts)
    for kind in ("csv", "xlsx"):
        table = _table(sign_in(worker.user).get(reverse("journal:export") + f"?format={kind}"))
        assert {row[-1] for row in table[1:]} == {f"'{note}" for note in notes}
