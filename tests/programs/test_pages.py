"""The pages of a programme, by HTTP, for each role."""

from datetime import date

import pytest
from django.urls import reverse

from maillage.programs.models import PartnerOrganization, Program, Term
from tests.factories import make_entry, make_member, make_organization, make_program, make_site, make_user, term

pytestmark = pytest.mark.django_db
OPEN = ["program"]
TEAM_ONLY = ["people", "vocabularies"]
COORDINATION = ["edit", "next_edition", "partners", "sites", "hours"]
TEAM_COORDINATION = ["invite", "member_new"]


def address(name, program, **kwargs):
    return reverse(f"programs:{name}", kwargs={"slug": program.slug, **kwargs})


@pytest.mark.parametrize(
    ("role", "team", "coordination", "both"),
    [
        ("tenant", 404, 403, 404),
        ("partner", 404, 403, 404),
        ("researcher", 404, 403, 404),
        ("worker", 200, 403, 403),
        ("outreach", 200, 403, 403),
        ("coordinator", 200, 200, 200),
        ("administrator", 200, 200, 200),
    ],
)
def test_each_role_sees_its_pages(program, as_role, role, team, coordination, both):
    client = as_role(program, role)
    expected = {**dict.fromkeys(OPEN, 200), **dict.fromkeys(TEAM_ONLY, team)}
    expected |= {**dict.fromkeys(COORDINATION, coordination), **dict.fromkeys(TEAM_COORDINATION, both)}
    found = {name: client.get(address(name, program)).status_code for name in expected}
    assert found == expected
    kinds = {"kind": "theme"}
    assert client.get(address("vocabulary", program, **kinds)).status_code == team
    assert client.get(address("term_new", program, **kinds)).status_code == both


def test_a_programme_of_others_does_not_exist(program, as_role, client):
    other = make_program()
    stranger = as_role(other, "coordinator")
    for name in OPEN + TEAM_ONLY + COORDINATION + TEAM_COORDINATION:
        assert stranger.get(address(name, program)).status_code == 404
        assert client.get(address(name, program)).status_code == 302
    assert program.name not in stranger.get(reverse("programs:list")).content.decode()


def test_a_programme_is_opened_and_says_what_is_missing(as_role, program):
    client = as_role(program, "coordinator")
    wrong = client.post(reverse("programs:new"), {"name": "Entente neuve", "kind": "agreement", "start": "hier"})
    assert "AAAA-MM-JJ" in wrong.content.decode()
    given = {"name": "Entente neuve", "kind": "agreement", "start": "2026-04-01", "coverage_tenures": ["omh", "coop"]}
    answer = client.post(reverse("programs:new"), given, follow=True)
    assert answer.redirect_chain[-1][0] == "/programmes/entente-neuve/"
    text = answer.content.decode()
    for step in ("Mise en route", "Ajouter les partenaires", "Choisir les milieux", "Inscrire les heures"):
        assert step in text
    assert Program.objects.get(slug="entente-neuve").coverage_tenures == ["omh", "coop"]


def test_a_period_does_not_leave_interventions_out(as_role, program):
    make_entry(program, date=date(2014, 5, 6))
    client = as_role(program, "coordinator")
    given = {"name": program.name, "kind": "agreement", "start": "2013-01-01", "coverage_tenures": ["omh"]}
    refused = client.post(address("edit", program), {**given, "end": "2014-05-05"}).content.decode()
    assert "1 intervention du journal serait hors de cette période" in refused
    assert client.post(address("edit", program), {**given, "start": "2014-05-07"}).status_code == 200
    assert client.post(address("edit", program), {**given, "end": "2014-05-06"}).status_code == 302
    program.refresh_from_db()
    assert program.end == date(2014, 5, 6)


def test_partners_are_searched_added_created_changed_and_removed(as_role, program):
    client = as_role(program, "coordinator")
    office = make_organization(name="Office de la Rivière", search=" offic  rivier ")
    page = client.get(address("partners", program), {"q": "riviere"}).content.decode()
    assert "Office de la Rivière" in page
    client.post(address("partners", program), {"organization": office.uid, "part": "joined", "since": "2014-01-01"})
    line = PartnerOrganization.objects.get(program=program)
    assert (line.organization, line.part, line.since) == (office, "joined", date(2014, 1, 1))
    new = {"new-name": "Coopérative du Pont", "new-kind": "housing_coop", "new-part": "signatory"}
    client.post(address("partners", program), new)
    assert program.partners.count() == 2
    bad = client.post(address("partners", program), {**new, "new-name": ""})
    assert bad.status_code == 200
    client.post(address("partner", program, pk=line.pk), {"part": "host", "since": ""})
    line.refresh_from_db()
    assert line.part == "host"
    client.post(address("partner", program, pk=line.pk), {"remove": "1"})
    assert program.partners.count() == 1


def test_sites_are_filtered_checked_and_toggled(as_role, program):
    client = as_role(program, "coordinator")
    mrc = program.territory.children.order_by("code").last()
    sites = [make_site(mrc=mrc, tenure="coop", name=f"Coop {number}") for number in range(3)]
    foreign = make_site(name="Ailleurs", mrc=make_program().territory.children.first())
    url = address("sites", program)
    page = client.get(url, {"tenure": "coop"}).content.decode()
    assert "Coop 1" in page
    assert foreign.name not in page
    client.post(f"{url}?tenure=coop", {"do": "serve", "all": "1", "since": "2014-05-01"})
    assert program.program_sites.filter(is_served=True, served_from=date(2014, 5, 1)).count() == 3
    client.post(url, {"do": f"target:{sites[0].pk}"})
    assert program.program_sites.get(is_targeted=True).site == sites[0]
    client.post(url, {"do": "uncover", "site": [sites[1].pk, sites[2].pk]})
    assert program.program_sites.count() == 2
    for nothing in ({"do": "serve"}, {"do": "x:y"}, {"do": "serve", "site": "abc"}, {"do": "serve:999999"}):
        assert "Aucun milieu" in client.post(url, nothing, follow=True).content.decode()
    dated = client.post(url, {"do": "serve", "site": sites[0].pk, "since": "demain"}, follow=True)
    assert "AAAA-MM-JJ" in dated.content.decode()
    exchanged = client.post(url, {"do": f"untarget:{sites[0].pk}"}, headers={"HX-Request": "true"}, follow=True)
    assert 'id="results"' in exchanged.content.decode()


def test_hours_are_typed_as_people_type_them(as_role, program):
    client = as_role(program, "coordinator")
    first, second = program.territory.children.order_by("code")
    url = address("hours", program)
    client.post(url, {f"h-{first.pk}-worker": "21,5", f"h-{second.pk}-outreach": "7"})
    assert sorted(float(line.hours_per_week) for line in program.support_hours.all()) == [7, 21.5]
    page = client.get(address("program", program)).content.decode()
    assert "28,5" in page
    wrong = client.post(url, {f"h-{first.pk}-worker": "beaucoup", f"h-{second.pk}-outreach": "-3"}).content.decode()
    assert "« beaucoup » n&#x27;est pas un nombre" in wrong or "« beaucoup » n'est pas un nombre" in wrong
    assert 'value="beaucoup"' in wrong
    assert program.support_hours.count() == 2


def test_vocabularies_are_edited_by_buttons_and_forms(as_role, program):
    client = as_role(program, "coordinator")
    make_entry(program, actions=["welcome"])
    used = term(program, "action", "welcome")
    url = address("vocabulary", program, kind="action")
    client.post(url, {"do": f"down:{used.pk}"})
    assert [found.code for found in program.frame.terms.of("action")][:2] == ["referral", "welcome"]
    client.post(url, {"do": f"retire:{used.pk}"})
    assert Term.objects.get(pk=used.pk).is_retired
    client.post(url, {"do": f"reinstate:{used.pk}"})
    assert not Term.objects.get(pk=used.pk).is_retired
    assert "a déjà servi" in client.post(url, {"do": f"delete:{used.pk}"}, follow=True).content.decode()
    given = {"label_fr": "Accueil et écoute", "label_en": "Welcome", "code": "autre"}
    client.post(address("term", program, kind="action", pk=used.pk), given)
    used.refresh_from_db()
    assert (used.code, used.label_fr) == ("welcome", "Accueil et écoute")
    wrong = client.post(address("term_new", program, kind="action"), {"label_fr": "Été", "code": "é té"})
    assert "sans accent" in wrong.content.decode()
    client.post(address("term_new", program, kind="action"), {"label_fr": "Été", "code": "summer"})
    assert program.frame.terms.filter(vocabulary="action", code="summer").exists()
    assert client.get(address("vocabulary", program, kind="inconnu")).status_code == 404
    worker = as_role(program, "worker")
    assert worker.post(url, {"do": f"retire:{used.pk}"}).status_code == 403


def test_the_next_edition_is_opened_from_the_first(as_role, program):
    client = as_role(program, "coordinator")
    given = {"name": "Deuxième entente", "start": "2017-01-01", "share_frame": "", "copy_sites": "on"}
    answer = client.post(address("next_edition", program), given, follow=True)
    edition = Program.objects.get(slug="deuxieme-entente")
    assert answer.redirect_chain[-1][0] == "/programmes/deuxieme-entente/"
    assert edition.frame.origin == program.frame
    assert edition.program_sites.count() == 1
    early = client.post(address("next_edition", program), {**given, "start": "2001-01-01"})
    assert "après l" in early.content.decode()


def test_the_switch_stays_on_the_page_where_that_makes_sense(sign_in, program):
    other = make_program()
    user = make_user()
    for each in (program, other):
        make_member(each, "coordinator", user=user)
    client = sign_in(user)
    switch = reverse("programs:switch")
    for came_from, sent_to in (
        (address("people", program), address("people", other)),
        (reverse("programs:list"), reverse("programs:list")),
        (address("vocabulary", program, kind="theme"), "/"),
        ("https://ailleurs.test/", "/"),
        ("//ailleurs.test/", "/"),
        ("/nulle-part/", "/"),
        ("", "/"),
    ):
        answer = client.post(switch, {"programme": other.slug, "next": came_from})
        assert answer.headers["Location"] == sent_to
    assert client.session["program"] == other.slug
    assert client.get(switch).status_code == 405
    assert client.post(switch, {"programme": make_program().slug}).status_code == 404


@pytest.mark.parametrize("name", ["program", "people", "partners", "sites", "hours", "vocabularies"])
def test_pages_ask_the_same_number_of_queries_with_3_and_30_rows(
    name, as_role, program, django_assert_max_num_queries, connection_queries
):
    client = as_role(program, "coordinator")

    def fill(count):
        for _number in range(count):
            make_site(program)
            make_member(program, organization=make_organization())
            PartnerOrganization.objects.create(program=program, organization=make_organization())

    fill(3)
    client.get(address(name, program))
    few = connection_queries(lambda: client.get(address(name, program)))
    fill(27)
    with django_assert_max_num_queries(12):
        many = connection_queries(lambda: client.get(address(name, program)))
    assert few == many
