"""A yearly review from its opening to the next year's plan, through its pages."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from maillage.core.models import AuditEvent
from maillage.projects.models import Action, Plan, Review
from tests.factories import (
    make_group,
    make_group_member,
    make_meeting,
    make_plan,
)
from tests.factories.projects_reviews import make_review, planned, supported
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(group=make_group(), title="Plan 2026")


@pytest.fixture
def keeper(sign_in, plan):
    return sign_in(make_group_member(plan.group, "secretary").person.user)


@pytest.fixture
def reader(sign_in, plan):
    return sign_in(make_group_member(plan.group).person.user)


def read(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return (
        answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("&#x27;", "'")
    )


def judged(client, review, action, verdict, **more):
    sent = {f"a{action.pk}-{name}": value for name, value in {"verdict": verdict, **more}.items()}
    return client.post(at("review_line", review.uid, action.uid), sent)


def test_a_review_goes_from_its_opening_to_the_plan_of_the_next_year(keeper, plan):
    going = planned(plan, title="Semer", state="under_way")
    done = planned(plan, title="Bâtir", state="done")
    promise = supported(going, name="Caisse")
    answer = keeper.post(at("review_new", plan.uid), {"year": 2026, "held_on": "2026-12-10"})
    review = Review.objects.get()
    assert answer.headers["Location"] == at("review", review.uid)
    judged(keeper, review, going, "partly", words="La moitié", goes_on="on", **{f"support-{promise.pk}": "held"})
    assert keeper.post(at("review_close", review.uid), {}).status_code == 422
    judged(keeper, review, done, "reached")
    shown = read(keeper, at("review", review.uid))
    assert "2 / 2" in shown
    assert "La moitié" in shown
    promise.refresh_from_db()
    assert (promise.state, promise.said_on is not None) == ("held", True)
    keeper.post(at("priority_add", review.uid), {"statement": "Rejoindre les aînés", "support": "Ville"})
    sent = {"opens": "on", "title": "Plan 2027", "start": "2027-01-01", "end": "2027-12-31"}
    assert keeper.post(at("review_close", review.uid), sent).status_code == 302
    review.refresh_from_db()
    following = review.next_plan
    assert (following.title, following.copied_from, following.group) == ("Plan 2027", plan, plan.group)
    assert list(Action.objects.filter(objective__plan=following).values_list("title", "carried_from")) == [
        ("Semer", going.pk)
    ]
    assert following.objectives.get(is_priority=True).title == "Rejoindre les aînés"
    assert AuditEvent.objects.filter(verb="projects.review_closed").count() == 1


def test_a_closed_review_changes_no_more_and_reopening_opens_no_second_plan(keeper, plan):
    action = planned(plan)
    review = make_review(plan)
    judged(keeper, review, action, "reached")
    sent = {"opens": "on", "title": "Suite", "start": "2027-01-01", "end": "2027-12-31"}
    keeper.post(at("review_close", review.uid), sent)
    assert judged(keeper, review, action, "not_reached").status_code == 422
    assert keeper.post(at("priority_add", review.uid), {"statement": "Autre"}).status_code == 422
    assert keeper.post(at("review_edit", review.uid), {"held_on": "2026-12-11"}).status_code == 422
    keeper.post(at("review_reopen", review.uid))
    assert judged(keeper, review, action, "partly").status_code == 302
    keeper.post(at("review_close", review.uid), sent)
    review.refresh_from_db()
    assert review.closed_at is not None
    assert Plan.objects.filter(copied_from=plan).count() == 1


def test_nothing_is_half_closed(keeper, plan):
    action, review = planned(plan), make_review(plan)
    judged(keeper, review, action, "reached")
    sent = {"opens": "on", "title": "Suite", "start": "2027-12-31", "end": "2027-01-01"}
    answer = keeper.post(at("review_close", review.uid), sent)
    assert answer.status_code == 422
    assert "La fin du plan précède son début" in answer.content.decode()
    assert keeper.post(at("review_close", review.uid), {"opens": "on"}).status_code == 422
    review.refresh_from_db()
    assert (review.closed_at, Plan.objects.count()) == (None, 1)
    assert keeper.post(at("review_close", review.uid), {}).status_code == 302
    assert Plan.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(keeper, plan):
    action, review = planned(plan), make_review(plan)
    answer = keeper.post(at("review_line", review.uid, action.uid), {f"a{action.pk}-words": "Presque"})
    assert answer.status_code == 422
    assert "Dites si la cible est atteinte" in answer.content.decode()
    assert "Presque" in answer.content.decode()
    assert keeper.post(at("review_new", plan.uid), {"year": 2026, "held_on": "2026-12-10"}).status_code == 422
    elsewhere = make_meeting(make_group(), days=-1)
    sent = {"year": 2025, "held_on": "2026-12-10", "meeting": elsewhere.pk}
    assert keeper.post(at("review_new", plan.uid), sent).status_code == 422
    assert judged(keeper, review, planned(make_plan()), "reached").status_code == 404
    assert not review.lines.exists()
    assert Review.objects.count() == 1


def test_a_support_of_another_action_is_not_touched(keeper, plan):
    action, review = planned(plan), make_review(plan)
    other = supported(planned(plan))
    judged(keeper, review, action, "reached", **{f"support-{other.pk}": "not_held"})
    other.refresh_from_db()
    assert other.state == "promised"


def test_a_verdict_is_proposed_from_the_last_measure(keeper, plan):
    action = planned(plan, target="40", indicator="Familles")
    action.measures.create(on="2026-05-01", value="50")
    action.measures.create(on="2026-10-01", value="12")
    shown = read(keeper, at("review", make_review(plan).uid))
    assert "Proposé d'après la dernière mesure." in shown
    assert f'name="a{action.pk}-verdict" value="partly" id="id_a{action.pk}-verdict_1" checked' in shown


def test_fewer_conflicts_are_proposed_as_what_they_are(keeper, plan):
    action = planned(plan, target="5", indicator="Conflits", way="at_most")
    review = make_review(plan)
    action.measures.create(on="2026-05-01", value="20")
    shown = read(keeper, at("review", review.uid))
    assert "rien ne dit d'où on est parti" in shown
    assert "checked" not in shown.partition(f'name="a{action.pk}-verdict"')[2].partition("-words")[0]
    later = action.measures.create(on="2026-10-01", value="12")
    shown = read(keeper, at("review", review.uid))
    assert "12 pour une cible de 5 au plus" in " ".join(shown.split())
    assert f'name="a{action.pk}-verdict" value="partly" id="id_a{action.pk}-verdict_1" checked' in shown
    later.value = 4
    later.save()
    shown = read(keeper, at("review", review.uid))
    assert f'name="a{action.pk}-verdict" value="reached" id="id_a{action.pk}-verdict_0" checked' in shown
    assert "au-dessous" in read(keeper, at("action", action.uid))


def test_the_way_of_a_target_is_said_in_the_form_and_goes_on_with_the_plan(keeper, plan):
    action = planned(plan, target="5", indicator="Conflits", state="under_way")
    sent = {"objective": action.objective_id, "title": "Apaiser", "state": "under_way", "revision": 0}
    sent |= {"indicator": "Conflits", "target": "5", "way": "at_most"}
    assert keeper.post(at("action_edit", action.uid), sent).status_code == 302
    review = make_review(plan)
    judged(keeper, review, action, "partly", goes_on="on")
    sent = {"opens": "on", "title": "Suite", "start": "2027-01-01", "end": "2027-12-31"}
    keeper.post(at("review_close", review.uid), sent)
    assert Action.objects.get(objective__plan__title="Suite").way == "at_most"


def test_a_closed_review_keeps_saying_what_was_known_then(keeper, plan):
    action, review = planned(plan, target="40", indicator="Familles"), make_review(plan)
    action.measures.create(on=timezone.localdate() - timedelta(days=9), value="12")
    judged(keeper, review, action, "partly")
    keeper.post(at("review_close", review.uid), {})
    Review.objects.update(closed_at=timezone.now() - timedelta(days=3))
    action.measures.create(on=timezone.localdate() - timedelta(days=1), value="39")
    assert "12 sur une cible de 40" in " ".join(read(keeper, at("review", review.uid)).split())
    keeper.post(at("review_reopen", review.uid))
    assert "39 sur une cible de 40" in " ".join(read(keeper, at("review", review.uid)).split())


def test_the_document_says_what_the_page_says(keeper, plan):
    action = planned(plan, title="Semer", target="40", unit="familles", indicator="Jointes")
    action.measures.create(on="2026-05-01", value="12.5")
    promise = supported(action, name="Caisse")
    planned(plan, title="#let Récolter")
    review = make_review(plan, words="Nous avançons.\n#panic()")
    more = {"goes_on": "on", f"support-{promise.pk}": "held"}
    assert judged(keeper, review, action, "partly", words="La moitié", **more).status_code == 302
    keeper.post(at("priority_add", review.uid), {"statement": "Rejoindre les aînés"})
    assert at("review_pdf", review.uid) in read(keeper, at("review", review.uid))
    document = keeper.get(at("review_pdf", review.uid))
    assert document.headers["Content-Type"] == "application/pdf"
    assert f"bilan-{review.year}" in document.headers["Content-Disposition"]
    file = PdfReader(BytesIO(document.content))
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    printed = " ".join(page.extract_text() for page in file.pages).replace("\u00a0", " ").replace("\u202f", " ")
    flat = " ".join(printed.split())
    for words in (
        "Bilan 2026",
        "1 sur 2",
        "Nous avançons.",
        "#panic()",
        "Jointes : 12,5 sur 40 familles",
        "La moitié",
        "Se poursuit",
        "Pas encore de verdict",
        "#let Récolter",
        "Rejoindre les aînés",
        "Sans appui nommé",
    ):
        assert words in flat, words


def test_priorities_are_ordered_and_taken_back(keeper, plan):
    review = make_review(plan)
    for words in ("Un", "Deux"):
        keeper.post(at("priority_add", review.uid), {"statement": words})
    first, second = review.priorities.all()
    keeper.post(at("priority_change", review.uid, second.pk), {"do": "up"})
    assert list(review.priorities.order_by("position").values_list("statement", flat=True)) == ["Deux", "Un"]
    assert "Sans appui nommé" in read(keeper, at("review", review.uid))
    keeper.post(at("priority_change", review.uid, first.pk), {"do": "remove"})
    assert review.priorities.count() == 1
    keeper.post(at("review_remove", review.uid))
    assert Review.objects.count() == 1


def test_who_reads_the_plan_reads_its_review_without_its_forms(reader, plan):
    action, review = planned(plan), make_review(plan)
    shown = read(reader, at("review", review.uid))
    assert "Pas encore de verdict" in shown
    assert "Enregistrer" not in shown
    assert judged(reader, review, action, "reached").status_code == 403
    assert reader.get(at("review_new", plan.uid)).status_code == 403


def test_a_review_of_a_long_plan_costs_no_more(keeper, plan, django_assert_max_num_queries):
    for _time in range(300):
        planned(plan)
    for action in plan.objectives.first().actions.all()[:30]:
        supported(action)
    with django_assert_max_num_queries(12):
        assert "Page 1 sur 15" in read(keeper, at("review", make_review(plan).uid))


def test_the_year_to_come_is_proposed(keeper, plan):
    shown = read(keeper, at("review_close", make_review(plan).uid))
    assert 'value="Plan 2027"' in shown
    assert 'value="2027-01-01"' in shown
    assert date(2027, 12, 31).isoformat() in shown


def test_words_of_a_review_name_nobody_met_unless_somebody_read_them_again(keeper, plan):
    action = planned(plan, title="Semer", state="done")
    sent = {"year": 2026, "held_on": "2026-11-10", "words": "Madame Tremblay du 204 a tenu le jardin."}
    refused = keeper.post(at("review_new", plan.uid), sent)
    assert refused.status_code == 422
    assert 'name="confirmed"' in refused.content.decode()
    assert not Review.objects.exists()
    keeper.post(at("review_new", plan.uid), {**sent, "words": "La maison Tremblay a tenu.", "confirmed": "on"})
    review = Review.objects.get()
    told = judged(keeper, review, action, "reached", words="Appelez au 418 555-0134.")
    assert (told.status_code, f'name="a{action.pk}-confirmed"' in told.content.decode()) == (422, True)
    assert (
        judged(keeper, review, action, "reached", words="Appelez au 418 555-0134.", confirmed="on").status_code == 302
    )
    assert (
        keeper.post(at("priority_add", review.uid), {"statement": "Aider Lucie Gagnon, 418 555-0134"}).status_code
        == 422
    )
    assert keeper.post(at("priority_add", review.uid), {"statement": "Aider", "support": "appt 12"}).status_code == 422
    assert not review.priorities.exists()
