"""A code keeps its meaning: what may change, what may not, and who may change it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from maillage.core.errors import NotAllowed, Refused
from maillage.programs import services
from maillage.programs.models import Term
from maillage.programs.usage import is_used, with_usage
from tests.factories import make_entry, make_member, make_program, make_user, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(program):
    return make_member(program, "coordinator").user


def test_usage_is_seen_through_every_key_that_points_at_a_term(program):
    make_entry(program, actions=["welcome"], contact_place="park")
    make_entry(program, actions=["welcome"], referrals=[{"destination": "health", "need": "food"}])
    found = dict(with_usage(Term.objects.filter(frame=program.frame)).values_list("pk", "usage"))
    for vocabulary, code, count in (
        ("action", "welcome", 2),
        ("contact_place", "park", 1),
        ("destination", "health", 1),
        ("need", "food", 1),
        ("need", "budget", 0),
    ):
        assert found[term(program, vocabulary, code).pk] == count
    assert is_used(term(program, "need", "food"))
    assert not is_used(term(program, "need", "budget"))


def test_a_used_code_is_retired_and_never_deleted_or_renamed(program, coordinator):
    make_entry(program, actions=["welcome"])
    used = term(program, "action", "welcome")
    with pytest.raises(Refused, match="a déjà servi"):
        services.delete_term(actor=coordinator, term=used)
    with pytest.raises(ProtectedError):
        used.delete()
    with pytest.raises(ValidationError, match="ne change plus"):
        services.edit_term(actor=coordinator, term=used, code="greeting")
    used = Term.objects.get(pk=used.pk)
    services.edit_term(actor=coordinator, term=used, label_fr="Accueil et écoute")
    services.retire_term(actor=coordinator, term=used)
    assert used not in program.frame.terms.usable()
    assert used in program.frame.terms.usable(date.today() - timedelta(days=1))
    services.reinstate_term(actor=coordinator, term=used)
    assert used in program.frame.terms.usable()


def test_an_unused_code_may_be_renamed_or_deleted(program, coordinator):
    unused = term(program, "theme", "grief")
    services.edit_term(actor=coordinator, term=unused, code="loss")
    services.delete_term(actor=coordinator, term=unused)
    assert not program.frame.terms.filter(vocabulary="theme", code__in=["grief", "loss"]).exists()


def test_a_term_is_added_last_and_moves_among_its_siblings(program, coordinator):
    added = services.add_term(
        actor=coordinator, frame=program.frame, vocabulary="group", code="student", label_fr="Étudiants"
    )
    order = [found.code for found in program.frame.terms.of("group")]
    assert order[-1] == "student"
    services.move_term(actor=coordinator, term=added, up=True)
    assert [found.code for found in program.frame.terms.of("group")][-2:] == ["student", "other"]
    services.move_term(actor=coordinator, term=term(program, "group", "family"), up=True)
    services.move_term(actor=coordinator, term=term(program, "group", "family"), up=True)
    order = [found.code for found in program.frame.terms.of("group")]
    assert order.index("family") < order.index("youth")
    with pytest.raises(Refused):
        services.reorder_terms(actor=coordinator, frame=program.frame, vocabulary="group", order=[1, 2])


def test_the_hierarchy_has_two_levels_in_one_vocabulary(program, coordinator):
    def add(parent, vocabulary="group"):
        services.add_term(
            actor=coordinator,
            frame=program.frame,
            vocabulary=vocabulary,
            code="test",
            label_fr="Essai",
            parent=parent,
        )

    with pytest.raises(ValidationError, match="deux niveaux"):
        add(term(program, "group", "youth"))
    with pytest.raises(ValidationError, match="même vocabulaire"):
        add(term(program, "theme", "food"))
    with pytest.raises(ValidationError, match="même vocabulaire"):
        add(term(make_program(), "group", "senior"))
    top = term(program, "group", "youth_family")
    with pytest.raises(ValidationError, match="en regroupe d'autres"):
        services.edit_term(actor=coordinator, term=top, parent=term(program, "group", "senior"))
    top = term(program, "group", "youth_family")
    with pytest.raises(ValidationError, match="lui-même"):
        services.edit_term(actor=coordinator, term=top, parent=top)
    with pytest.raises(Refused, match="regroupe"):
        services.delete_term(actor=coordinator, term=term(program, "group", "youth_family"))
    with pytest.raises(ValidationError, match="déjà un terme"):
        services.add_term(actor=coordinator, frame=program.frame, vocabulary="group", code="senior", label_fr="Aînés")


def test_editions_stay_comparable(program, coordinator):
    edition = services.open_next_edition(actor=coordinator, program=program, name="Deuxième", start=date(2017, 1, 1))
    shared = edition.frame.terms.get(vocabulary="theme", code="grief")
    with pytest.raises(ValidationError, match="autre édition"):
        services.edit_term(actor=coordinator, term=shared, code="loss")
    with pytest.raises(Refused, match="autre édition"):
        services.delete_term(actor=coordinator, term=Term.objects.get(pk=shared.pk))
    new = {"vocabulary": "theme", "code": "climate", "label_fr": "Canicule"}
    services.add_term(actor=coordinator, frame=edition.frame, **new)
    with pytest.raises(ValidationError, match="veut dire"):
        services.add_term(actor=coordinator, frame=program.frame, **{**new, "label_fr": "Climat de groupe"})
    services.add_term(actor=coordinator, frame=program.frame, **new)


def test_a_shared_frame_needs_the_coordination_of_all_its_programmes(program, coordinator):
    other = make_program(frame=program.frame)
    change = {"term": term(program, "theme", "grief"), "label_fr": "Deuil"}
    with pytest.raises(NotAllowed, match="plusieurs programmes"):
        services.edit_term(actor=coordinator, **change)
    make_member(other, "coordinator", user=coordinator)
    services.edit_term(actor=coordinator, **change)
    services.edit_term(actor=make_user(is_administrator=True), **change)
    with pytest.raises(NotAllowed):
        services.edit_term(actor=make_member(program, "worker").user, **change)
