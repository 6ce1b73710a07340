"""The page of the web, its tables and its files, through the address, as each person reads them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.concertation.models import Attendance, FollowUp, Initiative, InitiativeStep
from tests.factories import (
    make_division,
    make_entry,
    make_group,
    make_group_member,
    make_meeting,
    make_member,
    make_organization,
    make_program,
    make_site,
    make_user,
)
from tests.factories.loops import make_referral

ADDRESS = "/groupes/toile/"
SignIn = Callable[[Any], Client]


@pytest.fixture
def sign_in() -> SignIn:
    def signed(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed


class Neighbourhood:
    """A programme, its table, four organizations of four sectors, and a member of each."""

    def __init__(self) -> None:
        self.place = make_division(name="MRC inventée")
        self.program = make_program(start=date(2013, 1, 1), territory=self.place)
        self.site = make_site(self.program, mrc=self.place)
        self.group = make_group(name="Table du quartier", programs=[self.program], territory=self.place)
        kinds = {"office": "housing_office", "clsc": "health", "centre": "community", "school": "education"}
        self.of = {
            name: make_organization(name=f"Organisme {name}", kind=kind, short_name=name.upper())
            for name, kind in kinds.items()
        }
        self.seats = {name: make_group_member(self.group, organization=self.of[name]) for name in kinds}

    def met(self, *names: str, days: float = -7, group: Any = None, **fields: Any) -> Any:
        """These were at the same meeting, so many days ago."""
        meeting = make_meeting(group or self.group, days=days, **fields)
        for name in names:
            Attendance.objects.create(
                meeting=meeting, person=self.seats[name].person, name=f"Nom de {name}", organization=self.of[name]
            )
        return meeting


@pytest.fixture
def hood(db: None) -> Neighbourhood:
    return Neighbourhood()


@pytest.fixture
def member(hood: Neighbourhood, sign_in: SignIn) -> Client:
    return sign_in(hood.seats["centre"].person.user)


def ties(client: Client, query: str = "") -> list[list[str]]:
    """The ties as their file says them, without its head."""
    answer = client.get(f"{ADDRESS}liens.csv{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()[1:]]


def pairs(client: Client, query: str = "") -> set[tuple[str, str]]:
    return {(line[0].removeprefix("Organisme "), line[2].removeprefix("Organisme ")) for line in ties(client, query)}


def test_a_member_reads_who_did_what_with_whom(hood: Neighbourhood, member: Client) -> None:
    hood.met("office", "clsc", "centre")
    hood.met("office", "centre")
    FollowUp.objects.create(group=hood.group, what="Appeler").members.set([hood.seats["centre"], hood.seats["school"]])
    answer = member.get(ADDRESS)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Organisme office" in text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="web-picture"') == 1
    assert "Nom de office" not in text
    found = {tuple(line[0:3:2]): line[4:] for line in ties(member)}
    assert found["Organisme office", "Organisme centre"] == ["2", "0", "0", "0", "0", "1,5"]
    assert found["Organisme centre", "Organisme school"] == ["0", "0", "1", "0", "0", "1,0"]
    assert len(found) == 4


def test_what_does_not_count_ties_nobody(hood: Neighbourhood, member: Client) -> None:
    hood.met("office", "clsc", state="cancelled", cancel_reason="neige")
    hood.met("office", "school", days=-800)
    hood.met("centre")
    discreet = make_group(is_discreet=True, programs=[hood.program])
    hood.met("office", "centre", group=discreet)
    hood.met("clsc", "centre", group=make_group(parent=discreet, programs=[hood.program]))
    FollowUp.objects.create(group=discreet, what="Rien").members.set([hood.seats["centre"], hood.seats["school"]])
    assert pairs(member) == set()
    assert "Aucun lien dans cette période" in member.get(ADDRESS).content.decode()


def test_initiatives_count_in_the_periods_in_which_something_is_told(hood: Neighbourhood, member: Client) -> None:
    initiative = Initiative.objects.create(group=hood.group, title="Jardin", started_on=date(2024, 5, 1))
    initiative.organizations.set([hood.of["centre"], hood.of["school"]])
    InitiativeStep.objects.create(initiative=initiative, on=date(2025, 6, 1), stage="trying", text="Semis")
    InitiativeStep.objects.create(initiative=initiative, on=date(2025, 7, 1), stage="under_way", text="Récolte")
    assert pairs(member, "?du=2024-05&au=2024-06") == {("centre", "school")}
    assert ties(member, "?du=2025-01&au=2025-12")[0][7] == "1"
    assert pairs(member, "?du=2024-06&au=2025-05") == set()


def test_referrals_are_exact_for_the_team_and_protected_for_others(hood: Neighbourhood, sign_in: SignIn) -> None:
    worker = make_member(hood.program, "worker", organization=hood.of["office"])
    entry = make_entry(hood.program, worker, date=timezone.localdate(), site=hood.site)
    for name, persons in {"clsc": 7, "school": 4, "office": 40}.items():
        make_referral(hood.program, worker, entry=entry, organization=hood.of[name], persons=persons)
    team = {line[2]: line[5] for line in ties(sign_in(worker.user))}
    assert team == {"Organisme clsc": "7", "Organisme school": "4"}
    partner = make_member(hood.program, "partner")
    for user in (partner.user, hood.seats["centre"].person.user, make_user(is_administrator=True)):
        client = sign_in(user)
        assert {line[2]: line[5] for line in ties(client)} == {"Organisme clsc": "5"}
        text = client.get(f"{ADDRESS}?tableau=liens").content.decode()
        assert "au moins 5 personnes" in text
        assert "Organisme school" not in text
        assert "moins de cinq personnes ne sont pas montrées" in text


def test_deleted_entries_refer_nobody(hood: Neighbourhood, sign_in: SignIn) -> None:
    worker = make_member(hood.program, "worker", organization=hood.of["office"])
    entry = make_entry(hood.program, worker, date=timezone.localdate(), site=hood.site)
    make_referral(hood.program, worker, entry=entry, organization=hood.of["clsc"], persons=9)
    assert pairs(sign_in(worker.user)) == {("office", "clsc")}
    type(entry).objects.filter(pk=entry.pk).update(deleted_at=timezone.now())
    assert pairs(sign_in(worker.user)) == set()


def test_who_reads_what(hood: Neighbourhood, sign_in: SignIn) -> None:
    hood.met("office", "clsc")
    elsewhere = make_program()
    away = make_group(programs=[elsewhere])
    hood.met("centre", "school", group=away)
    assert pairs(sign_in(hood.seats["clsc"].person.user)) == {("office", "clsc")}
    assert pairs(sign_in(make_member(hood.program, "partner").user)) == {("office", "clsc")}
    assert pairs(sign_in(make_member(elsewhere, "worker").user)) == {("centre", "school")}
    assert pairs(sign_in(make_user(is_administrator=True))) == {("office", "clsc"), ("centre", "school")}
    for stranger in (make_user(), make_member(hood.program, "researcher").user):
        client = sign_in(stranger)
        assert pairs(client) == set()
        assert "La toile se montre à qui la tisse" in client.get(ADDRESS).content.decode()


def test_members_of_a_territory_read_the_groups_that_stand_in_it(hood: Neighbourhood, sign_in: SignIn) -> None:
    region = make_division("region")
    hood.place.parent = region
    hood.place.save()
    regional = make_group_member(make_group(territory=region))
    neighbour = make_group_member(make_group(territory=make_division(parent=region)))
    hood.met("office", "clsc")
    assert pairs(sign_in(regional.person.user)) == {("office", "clsc")}
    assert pairs(sign_in(neighbour.person.user)) == set()


def test_a_member_who_left_reads_nothing(hood: Neighbourhood, sign_in: SignIn) -> None:
    hood.met("office", "clsc")
    seat = hood.seats["clsc"]
    seat.end = timezone.localdate() - timedelta(days=1)
    seat.save()
    assert pairs(sign_in(seat.person.user)) == set()


def test_filters_narrow_the_web(hood: Neighbourhood, member: Client) -> None:
    hood.met("office", "clsc")
    hood.met("office", "clsc")
    away = make_division(name="MRC d'ailleurs")
    hood.met("centre", "school", division=away)
    second = make_group(territory=away)
    make_group_member(second, user=hood.seats["centre"].person.user, person=hood.seats["centre"].person)
    assert pairs(member, "?secteur=education") == {("centre", "school")}
    assert pairs(member, "?fois=2") == {("office", "clsc")}
    assert pairs(member, "?lien=referral") == set()
    assert pairs(member, f"?territoire={away.pk}") == {("centre", "school")}
    assert pairs(member, f"?programme={hood.program.slug}") == {("office", "clsc"), ("centre", "school")}
    text = member.get(f"{ADDRESS}?secteur=education&fois=2").content.decode()
    assert "Retirer le filtre Secteur" in text
    assert "Retirer le filtre Ensemble" in text


def test_new_ties_between_sectors_that_had_none_come_first(hood: Neighbourhood, member: Client) -> None:
    hood.met("office", "clsc", days=-500)
    hood.met("office", "clsc")
    hood.met("centre", "school")
    text = member.get(f"{ADDRESS}?tableau=nouveaux").content.decode()
    assert text.count("web-picture") == 2
    assert "Des secteurs sans lien avant se sont joints" in text
    assert "Organisme centre – Organisme school" in text
    assert "Premier lien entre ces secteurs" in text
    assert "Organisme office – Organisme clsc" not in text


def test_an_organization_stands_at_the_same_spot_before_and_after(hood: Neighbourhood, member: Client) -> None:
    hood.met("office", "clsc", "centre", days=-500)
    hood.met("office", "clsc", "centre", "school")
    answer = member.get(ADDRESS).content.decode()
    before, after = re.findall(r"<svg xmlns.*?</svg>", answer, re.S)
    spots = [
        {
            title.split(",")[0]: (x, y)
            for x, y, title in re.findall(r'cx="(\d+)" cy="(\d+)".*?<title>(.*?)</title>', svg)
        }
        for svg in (before, after)
    ]
    assert len(spots[0]) == 3
    assert len(spots[1]) == 4
    assert all(spots[1][name] == spot for name, spot in spots[0].items())
    assert answer == member.get(ADDRESS).content.decode() or "csrf" in answer


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?du=hier", "n'est pas un mois"),
        ("?du=2026-13", "n'est pas un mois"),
        ("?du=2026-06&amp;au=2026-01".replace("amp;", ""), "ont été échangés"),
        ("?du=2001-01&au=2026-01", "la période a été raccourcie"),
        ("?programme=inconnu", "le filtre n'est pas appliqué"),
        ("?territoire=9999999", "le filtre n'est pas appliqué"),
        ("?secteur=<b>&fois=x&tableau=y&tri=z&lien=w&page=99999&du=%22", "n'est pas un mois"),
    ],
)
def test_what_cannot_be_read_in_the_address_is_said(hood: Neighbourhood, member: Client, query: str, said: str) -> None:
    answer = member.get(ADDRESS + query)
    assert answer.status_code == 200
    assert said in answer.content.decode().replace("’", "'").replace("&#x27;", "'")


def test_tables_are_files_and_pictures_are_drawn(hood: Neighbourhood, member: Client) -> None:
    hood.of["office"].name = "=1+1"
    hood.of["office"].save()
    hood.met("office", "clsc", "centre")
    for name in ("organisations", "liens", "secteurs", "nouveaux"):
        page = member.get(f"{ADDRESS}?tableau={name}").content.decode()
        assert "table-cards" in page
        answer = member.get(reverse("concertation:web_table", kwargs={"name": name}))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert len(text.splitlines()) == 4
        assert "\n=1+1" not in text
    assert member.get(f"{ADDRESS}autre.csv").status_code == 404
    svg = member.get(f"{ADDRESS}toile.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert "Office d'habitation" in svg.content.decode().replace("&#x27;", "'").replace("’", "'")
    png = member.get(f"{ADDRESS}toile.png")
    assert png.content.startswith(b"\x89PNG")
    assert len(png.content) > 20_000


def test_names_in_any_script_are_written_whole_and_escaped(hood: Neighbourhood, member: Client) -> None:
    hood.of["office"].name, hood.of["office"].short_name = "<script>ᐃᓄᒃᑎᑐᑦ</script>", "مركز & Ⅷ"
    hood.of["office"].save()
    hood.met("office", "clsc")
    text = member.get(ADDRESS).content.decode()
    assert "<script>ᐃ" not in text
    assert "&lt;script&gt;ᐃᓄᒃᑎᑐᑦ" in text
    assert "مركز &amp; Ⅷ" in text


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_takes_the_same_few_queries(
    hood: Neighbourhood, member: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    everybody = [make_organization(kind="community", name=f"Organisme numéro {rank}") for rank in range(many * 2)]
    for _meeting in range(many):
        meeting = make_meeting(hood.group, days=-3)
        for organization in everybody:
            Attendance.objects.create(meeting=meeting, name="Une personne", organization=organization)
    member.get(ADDRESS)
    with django_assert_max_num_queries(12):
        answer = member.get(ADDRESS)
    assert len(answer.content) < 60_000
