"""The content of an operation and the web form are read by the same reader, and a draft goes back to the form unchanged."""

import json
from contextlib import suppress

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from maillage.journal.context import DraftContext
from maillage.journal.drafts import ReferralDraft, draft_of
from maillage.journal.forms.reading import Reading
from maillage.journal.services import log_entry
from maillage.journal.sync.content import Unreadable, read_content
from maillage.journal.sync.fields import Fields, fields_of
from maillage.journal.sync.merge import parts_of
from tests.factories import make_member, make_organization, make_site, make_tenant_body, typed

from .drafts import draft_for

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@pytest.fixture
def worker(program):
    return make_member(program)


def read_back(draft, context, worker):
    reading = Reading(Fields(fields_of(draft, context)), context, worker)
    assert not reading.problems
    return reading.draft


@pytest.mark.django_db
def test_a_draft_goes_back_to_the_form_unchanged(program, worker):
    site, other = make_site(program), make_member(program)
    organization = make_organization(name="CLSC Inventé")
    mrc = program.territory.children.order_by("code").first()
    drafts = [
        draft_for(worker),
        draft_for(other, minutes=37, note="Suivi.\nDeux lignes.", contact_place="park", contact_rank="first"),
        draft_for(worker, site_id=None, mrc_id=mrc.pk, minutes=None, terms={}),
        draft_for(
            worker,
            nature="collective",
            participants=12,
            participations=40,
            collective_kind="tenant_association",
            tenant_body_id=make_tenant_body(site).pk,
            persons=0,
        ),
        draft_for(
            worker,
            referrals=(
                ReferralDraft(destination="health", need="food", kind="accompanied", persons=2),
                ReferralDraft(destination="community", organization_id=organization.pk),
            ),
            persons_referred=2,
        ),
    ]
    context = DraftContext(program)
    for draft in drafts:
        assert parts_of(read_back(draft, context, worker)) == parts_of(draft)
        written = draft_of(
            log_entry(actor=worker.user if draft.worker_id == worker.pk else other.user, program=program, draft=draft)
        )
        assert parts_of(read_back(written, context, worker)) == parts_of(written)


@pytest.mark.django_db
def test_the_note_and_the_site_of_another_programme_are_not_told(program, worker):
    context = DraftContext(program)
    draft = draft_for(worker, note="Suivi confidentiel.", site_id=make_site().pk)
    found = fields_of(draft, context, with_note=False)
    assert "note" not in found
    assert "site" not in found


@pytest.mark.django_db
def test_both_doors_read_the_same(program, worker):
    fields = typed(
        program, note=" Suivi. ", minutes_other="45", **{"ref-3-destination": "health", "ref-1-need": "food"}
    )
    form = QueryDict(mutable=True)
    for name, value in fields.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    context = DraftContext(program)
    one, two = Reading(form, context, worker), Reading(Fields(fields), context, worker)
    assert one.draft == two.draft
    assert one.rows == two.rows
    assert one.draft.minutes == 45


@given(st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=3), max_size=5), TEXT)
def test_fields_answer_as_a_form_does(values, name):
    form = QueryDict(mutable=True)
    for key, several in values.items():
        form.setlist(key, several)
    fields = Fields(values)
    assert list(fields) == list(form)
    for key in [*values, name]:
        assert fields.get(key, "?") == form.get(key, "?")
        assert fields.getlist(key) == form.getlist(key)
        assert (key in fields) == (key in form)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_any_json_is_read_or_refused(thing):
    for content in (thing, {"fields": thing}, {"fields": {"note": thing}}):
        with suppress(Unreadable):
            found = read_content(json.dumps(content).encode(), "create")
            assert all(isinstance(value, (str, list)) for value in found.fields.values())


def test_an_empty_list_is_an_empty_field():
    assert Fields({"action": []}).get("action", "") == ""
    assert Fields({"action": []}).getlist("action") == []
