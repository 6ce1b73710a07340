"""The directory's search: words, filters, place, hours, and an index that follows what is written."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.actor import PRODUCT
from maillage.directory.models import (
    SearchGram,
    SearchPosting,
    SearchSheet,
    SearchShelf,
    SearchWord,
    Service,
    TaxonomyTerm,
)
from maillage.directory.searching import Question, search_services, suggest
from maillage.directory.services import index_services, rebuild_index, save_organization
from maillage.directory.synthetic import territory
from tests.factories import make_division, make_organization, make_service, make_user

from .corpus import Corpus, make_corpus

WEDNESDAY = datetime(2026, 11, 18, 10, 30)


@pytest.fixture
def corpus(db: None) -> Corpus:
    return make_corpus(60)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Psychologues associés", "Psychologues associés du fleuve"),
        ("psychologue", "Psychologues associés du fleuve"),
        ("psycologue", "Psychologues associés du fleuve"),
        ("PSYCHOLOGUES ASSOCIES", "Psychologues associés du fleuve"),
        ("psychol", "Psychologues associés du fleuve"),
        ("taxi bus", "Taxibus des Etchemins"),
        ("prêts de fauteuil roulant", "Roues libres"),
        ("comité logement st-georges lévis", "Comité logement du Fleuve"),
        ("dormir levi", "Le Refuge du pont"),
        ("cour de français arabe", "Français en fleur"),
    ],
)
def test_words_find(corpus: Corpus, words: str, name: str) -> None:
    assert name in corpus.names(words, size=3)


def test_what_was_corrected_is_said(corpus: Corpus) -> None:
    assert search_services(Question(words="psycologue levis"), AnonymousUser()).corrected == "psychologue levis"
    assert search_services(Question(words="psychologue levis"), AnonymousUser()).corrected == ""


@pytest.mark.parametrize("words", ["", " ", "de la", "%", "'; drop table", "\x00", "é" * 500, "zzzzqqqq", "999999999"])
def test_any_words_are_answered(corpus: Corpus, words: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    found = search_services(Question.from_query(query), AnonymousUser())
    assert found.total >= len(found.ids)


def test_filters_add_up(corpus: Corpus) -> None:
    free_food = corpus.names(needs=("food",), fees=("free",), size=100)
    assert "Moisson du lac" in free_food
    assert "La Grande Marmite" not in free_food
    assert set(corpus.names(needs=("food", "taxes"), fees=("free",), size=100)) > set(free_food)
    assert set(corpus.names("lac", needs=("food",), fees=("free",))) <= set(free_food)
    arabic = corpus.names(languages=("ar",), needs=("immigration", "literacy"), size=100)
    assert {"Français en fleur", "Bienvenue chez nous"} <= set(arabic)
    assert "Voisins du monde" not in arabic


def test_a_broad_need_finds_the_narrower_ones(corpus: Corpus) -> None:
    assert "Ligne de nuit" in corpus.names(needs=("mental_health",), size=100)
    assert "Écoute et équilibre" not in corpus.names(needs=("suicide_crisis",), size=100)


def test_a_territory_is_covered_by_itself_and_what_holds_it(db: None) -> None:
    region = make_division("region", name="Région")
    mrc = make_division("mrc", name="Comté", parent=region)
    town, other = (make_division("municipality", name=name, parent=mrc) for name in ("Ville", "Autreville"))
    organization = make_organization()
    by_area, by_place, everywhere = (Service.objects.create(organization=organization, name=name) for name in "ABC")
    by_area.areas.create(division=mrc)
    place = organization.locations.create(municipality=town)
    by_place.service_locations.create(location=place)
    index_services(ids=[by_area.pk, by_place.pk, everywhere.pk])

    def found(division: Any) -> set[int]:
        return set(search_services(Question(division=division.pk), AnonymousUser()).ids)

    assert found(town) == {by_area.pk, by_place.pk, everywhere.pk}
    assert found(other) == {by_area.pk, everywhere.pk}
    assert found(mrc) == {by_area.pk, by_place.pk, everywhere.pk}
    assert found(region) == {by_place.pk, everywhere.pk}


def test_what_is_near_comes_first_with_its_distance(corpus: Corpus) -> None:
    place = corpus.places["Montmagny"]
    found = search_services(Question(near=(place.latitude or 0, place.longitude or 0)), AnonymousUser(), size=200)
    kilometres = [found.distances[number] for number in found.ids if number in found.distances]
    assert kilometres[0] < 1
    assert kilometres == sorted(kilometres)
    names = corpus.names("maison de la famille", near=(place.latitude, place.longitude), size=3)
    assert "Les Cigognes" in names


def test_open_now_is_told_by_weekly_hours_and_by_other_rules(db: None) -> None:
    organization = make_organization()
    weekly, monthly, closed, unknown = (
        Service.objects.create(organization=organization, name=name) for name in ("A", "B", "C", "D")
    )
    hours = {"opens_at": "08:30", "closes_at": "16:30"}
    weekly.schedules.create(frequency="WEEKLY", byday="MO,WE", **hours)
    monthly.schedules.create(frequency="MONTHLY", byday="3WE", **hours)
    closed.schedules.create(frequency="WEEKLY", byday="TU", **hours)
    index_services(ids=[weekly.pk, monthly.pk, closed.pk, unknown.pk])
    at = timezone.make_aware(WEDNESDAY)
    assert set(search_services(Question(open_at=at), AnonymousUser()).ids) == {weekly.pk, monthly.pk}


def test_what_is_no_longer_offered_is_for_those_who_sign_in_and_ask(db: None) -> None:
    offered, gone = make_service(name="Vestiaire du port"), make_service(name="Vestiaire du lac", status="inactive")
    merged = make_service(name="Vestiaire du quai")
    Service.objects.filter(pk=merged.pk).update(merged_into=offered)
    index_services(ids=[merged.pk])
    assert search_services(Question(words="vestiaire"), AnonymousUser()).ids == [offered.pk]
    assert search_services(Question(words="vestiaire", with_inactive=True), AnonymousUser()).ids == [offered.pk]
    found = search_services(Question(words="vestiaire", with_inactive=True), make_user())
    assert set(found.ids) == {offered.pk, gone.pk}


def test_the_index_follows_what_is_written(db: None) -> None:
    organization = make_organization(name="Le Phare Inventé")
    service = make_service(organization, name="Atelier de vannerie")
    assert search_services(Question(words="phare"), AnonymousUser()).ids == [service.pk]
    save_organization(actor=PRODUCT, organization=organization, name="La Bouée Inventée")
    assert search_services(Question(words="phare"), AnonymousUser()).total == 0
    assert search_services(Question(words="bouée"), AnonymousUser()).ids == [service.pk]
    save_organization(actor=PRODUCT, organization=organization, name=organization.name, closed_on="2026-01-01")
    assert search_services(Question(words="vannerie"), AnonymousUser()).total == 0
    number = service.pk
    service.delete()
    index_services(ids=[number])
    assert not SearchSheet.objects.filter(service_number=number).exists()
    assert not SearchPosting.objects.filter(key="w:vanner").exists()


def _content() -> dict[str, Any]:
    forms = dict(SearchWord.objects.order_by("pk").values_list("pk", "form"))
    return {
        "words": sorted(SearchWord.objects.filter(services__gt=0).values_list("form", "stem", "sound", "services")),
        "grams": {
            row.gram: sorted(forms[number] for number in np.frombuffer(row.body, "<u4"))
            for row in SearchGram.objects.order_by("gram")
        },
        "postings": {(row.key, row.block): bytes(row.body) for row in SearchPosting.objects.order_by("pk")},
        "shelves": [
            (row.block, *(bytes(getattr(row, name)) for name in ("facts", "names", "points", "hours")))
            for row in SearchShelf.objects.order_by("block")
        ],
    }


def test_followed_or_made_again_the_index_is_the_same(corpus: Corpus) -> None:
    some = Service.objects.filter(pk__in=corpus.numbers[::7]).order_by("pk")
    for service in some:
        service.name = f"{service.name} et compagnie"
        service.save()
    index_services(ids=[service.pk for service in some])
    followed = _content()
    call_command("search_index", verbosity=0)
    again = _content()
    assert followed["words"] == again["words"]
    assert followed["postings"] == again["postings"]
    assert followed["shelves"] == again["shelves"]
    assert {gram: forms for gram, forms in followed["grams"].items() if gram in again["grams"]} == again["grams"]


def test_what_says_the_same_is_not_written_again(corpus: Corpus) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert index_services(ids=corpus.numbers) == 0
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize("words", ["psycologue pour adolesents a levis", "alim", "maison de la famille"])
def test_few_queries_whatever_the_number(db: None, words: str) -> None:
    asked = Question(words=words, needs=("mental_health", "food", "parenting"), near=(46.5, -71.0))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            search_services(asked, AnonymousUser())
        return len(queries)

    corpus = make_corpus(0)
    few = count()
    from maillage.directory.synthetic import drafts, writing

    writing.write(drafts.drafts(territory.make(20), 300, 3, corpus.drafts[0].checked_on))  # type: ignore[arg-type]
    assert count() <= few + 1
    assert few <= 10


def test_suggestions_hold_needs_and_services(corpus: Corpus) -> None:
    found = suggest("alim", AnonymousUser())
    assert ("need", "food") in {(one.kind, one.key) for one in found}
    assert len(found) <= 8
    uid = str(Service.objects.get(name="Moisson du lac").uid)
    assert ("service", uid) in {(one.kind, one.key) for one in suggest("moisson", AnonymousUser())}
    assert suggest("a", AnonymousUser()) == []


CODES = st.text("abcdefgh_", min_size=1, max_size=20)


@given(
    words=st.text(max_size=80),
    needs=st.lists(CODES, max_size=4, unique=True),
    near=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    division=st.none() | st.integers(1, 10**6),
    inactive=st.booleans(),
    sort=st.sampled_from(["", "distance", "name", "fresh"]),
)
def test_an_address_carries_the_question(
    words: str, needs: list[str], near: Any, division: Any, inactive: bool, sort: str
) -> None:
    words = words.replace("\x00", "").encode("utf-8", "ignore").decode()
    near = near and (round(near[0], 5), round(near[1], 5))
    question = Question(
        words=words, needs=tuple(needs), near=near, division=division, with_inactive=inactive, sort=sort
    )
    assert Question.from_query(QueryDict(question.as_query())) == question


@pytest.mark.parametrize(
    "query",
    [
        "pres=46",
        "pres=95,1",
        "pres=nan,nan",
        "pres=a,b",
        "ouvert=2026-13-45",
        "territoire=²",
        "tri=x",
        "organisation=-1",
    ],
)
def test_an_address_that_makes_no_sense_asks_nothing(query: str) -> None:
    assert Question.from_query(QueryDict(query)) == Question()


def test_now_stays_now() -> None:
    question = Question.from_query(QueryDict("ouvert=maintenant"))
    assert question.open_at
    assert question.as_query() == "ouvert=maintenant"
    later = Question.from_query(QueryDict("ouvert=2026-11-25T10:00"))
    assert Question.from_query(QueryDict(later.as_query())) == later


def test_invented_services_are_the_same_for_the_same_seed(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="importez d'abord"):
        call_command("synth", "services", number=5, verbosity=0)
    territory.make(12)
    call_command("synth", "services", number=12, seed=4, verbosity=0)
    call_command("synth", "services", number=12, seed=4, verbosity=0)
    names = list(Service.objects.order_by("pk").values_list("name", flat=True))
    assert names[:12] == names[12:]
    assert search_services(Question(), AnonymousUser()).total == 24
    with pytest.raises(CommandError):
        call_command("synth", "services", number=0)
    with pytest.raises(CommandError):
        call_command("synth", "services")


def test_everyday_words_of_a_need_find_its_services(db: None) -> None:
    term = TaxonomyTerm.objects.get(taxonomy__code="needs", code="gambling")
    service = make_service(name="Sans filet")
    service.service_terms.create(term=term)
    index_services(ids=[service.pk])
    assert search_services(Question(words="casino"), AnonymousUser()).ids == [service.pk]
    assert rebuild_index() == 1
    assert search_services(Question(words="casinos"), AnonymousUser()).ids == [service.pk]
