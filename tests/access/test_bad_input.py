"""What nobody types by hand: each gets a sentence or « not found », never a broken page."""

import uuid

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .releases import release
from .world import World

FINE = {200, 302, 400, 404, 422}
NASTY = [
    "abc",
    "-1",
    "²",
    "9" * 5000,
    "2014-99-99",
    "9999-12-31",
    "\x00",
    "\ufffd",
    "<script>alert(1)</script>",
    "individual",
    str(uuid.UUID(int=0)),
]
PARAMETERS = [
    "q",
    "du",
    "au",
    "annee",
    "partie",
    "mrc",
    "milieu",
    "intervenant",
    "nature",
    "tenure",
    "collectif",
    "lieu",
    "action",
    "theme",
    "groupe",
    "axe",
    "succes",
    "besoin",
    "destination",
    "refere",
    "tri",
    "page",
    "programme",
    "comparer",
    "format",
    "type",
    "fermees",
    "served",
    "desservi",
    "cible",
    "kind",
    "personne",
    "avant",
    "refaire",
    "reprendre",
    "participation",
    "anciens",
    "suivi",
    "organisation",
    "territoire",
    "tableau",
    "periode",
    "niveaux",
    "tableaux",
    "titre",
    "lieu",
    "pres",
    "besoin",
    "langue",
    "ouvert",
]
PAGES = (
    "journal:list",
    "journal:new",
    "journal:export",
    "journal:organizations",
    "statistics:portrait",
    "statistics:map",
    "reports:portrait_file",
    "programs:territories",
    "programs:limits",
    "programs:points",
    "programs:list",
    "programs:sites",
    "programs:people",
    "programs:invite",
    "programs:partners",
    "directory:list",
    "directory:search",
    "directory:points",
    "directory:places",
    "directory:saved_searches",
    "directory:tenant_body_new",
    "directory:import",
    "portal:administration",
    "portal:audit",
    "statistics:publications",
    "statistics:release_new",
    "statistics:releases",
    "statistics:protection",
    "statistics:publication_version",
    "statistics:publication_attack",
    "statistics:publication_map",
)


def _address(world: World, name: str) -> str:
    slug = world.ours.program.slug
    if name == "reports:portrait_file":
        return reverse(name, kwargs={"slug": slug, "format": "json"})
    if name.startswith("statistics:publication_"):
        return reverse(name, args=[release(world).program.slug, 1, 1])
    ours = ("statistics:release_new", "statistics:releases", "statistics:protection")
    needs = name in ("statistics:portrait", "statistics:map", *ours) or name.startswith("programs:")
    plain = ("programs:territories", "programs:limits", "programs:points", "programs:list")
    return reverse(name, kwargs={"slug": slug} if needs and name not in plain else {})


def _status(world: World, name: str, data: dict[str, str]) -> int:
    role = "administrator" if name.startswith("portal") else "coordinator"
    return world.clients[role].get(_address(world, name), data).status_code


@pytest.mark.parametrize("name", PAGES)
def test_every_parameter_at_once(world: World, name: str) -> None:
    for value in NASTY:
        data = dict.fromkeys(PARAMETERS, value)
        # A programme or a year that makes no sense is refused before the rest is read: the rest is tried without them.
        for name_alone in ("programme", "annee", "du", "au", "mrc", "format"):
            del data[name_alone]
        assert _status(world, name, data) in FINE, value


def test_one_or_two_parameters(world: World) -> None:
    pairs = st.dictionaries(st.sampled_from(PARAMETERS), st.sampled_from(NASTY) | st.text(max_size=40), max_size=2)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(name=st.sampled_from(PAGES), data=pairs)
    def try_it(name: str, data: dict[str, str]) -> None:
        sent = {key: value.encode("utf-8", "replace").decode() for key, value in data.items()}
        assert _status(world, name, sent) in FINE

    try_it()


FORM: dict[str, str] = {"nature": "individual", "date": "2014-05-05", "persons": "1", "note": "Un mot."}
TYPED = {"worker": "9" * 5000, "revision": "9" * 5000, "tenant_body": "²", "persons": "-5", "minutes": "NaN"}
LONG = {"note": "mot " * 200_000, "date": "2014-99-99", "site": "x" * 5000, "uid": "abc", "action": "inconnu"}


@pytest.mark.parametrize("changed", [*TYPED, *LONG, "nul"])
def test_a_form_of_the_journal_gets_a_sentence(world: World, changed: str) -> None:
    data = FORM | ({"note": "a\x00b"} if changed == "nul" else {changed: (TYPED | LONG)[changed]})
    slug, client = world.ours.program.slug, world.clients["worker"]
    assert client.post(reverse("journal:new") + f"?programme={slug}", data).status_code in FINE
    assert client.post(reverse("journal:edit", args=[world.ours.entry.uid]), data).status_code in FINE | {409}


def test_a_partner_that_is_no_identifier(world: World) -> None:
    address = reverse("programs:partners", args=[world.ours.program.slug])
    assert world.clients["coordinator"].post(address, {"organization": "abc"}).status_code == 404


@pytest.mark.parametrize("value", NASTY)
def test_forms_of_a_release_get_a_sentence(world: World, value: str) -> None:
    slug, client = world.ours.program.slug, world.clients["coordinator"]
    names = ("periode", "niveaux", "tableaux", "titre", "do", "threshold", "accord", "le", "note", "reason")
    data = dict.fromkeys(names, value)
    for address in (
        reverse("statistics:release_new", args=[slug]),
        reverse("statistics:protection", args=[slug]),
        reverse("statistics:release", args=[slug, release(world).uid]),
    ):
        for sent in (data, {**data, "do": "thresholds"}, {**data, "do": "consent"}, {**data, "do": "correct"}):
            assert client.post(address, sent).status_code in FINE, (address, sent)
