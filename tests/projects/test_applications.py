"""A group asks for support: its words, its budget, what is lacking, its way to the fund and back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from maillage.core.models import OutgoingMail
from maillage.projects.models import Application, BudgetLine
from tests.factories import make_group, make_group_member, make_member, make_program, make_project
from tests.factories.projects_support import make_application, make_call, make_fund
from tests.factories.regions import make_organization
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def project(group):
    return make_project(group=group, description="Un jardin pour tous.")


@pytest.fixture
def fund():
    return make_fund(committee=make_group(), most_share=70)


@pytest.fixture
def call(fund):
    return make_call(fund)


@pytest.fixture
def carrier(sign_in, group):
    return sign_in(make_group_member(group, "coordinator").person.user)


@pytest.fixture
def manager(sign_in, fund):
    return sign_in(make_member(fund.program, "coordinator").user)


def budget(asked="", costs=(), sources=(), revision=0, **more):
    """What the page of a budget sends."""
    sent = {"asked": asked, "revision": revision, **more}
    for part, lines in (("cost", costs), ("source", sources)):
        sent |= {f"{part}-TOTAL_FORMS": len(lines), f"{part}-INITIAL_FORMS": 0}
        for place, line in enumerate(lines):
            sent |= {f"{part}-{place}-{name}": value for name, value in line.items()}
    return sent


def test_an_application_begins_with_what_the_project_says(carrier, project, call):
    assert project.name in carrier.get(at("application_new")).content.decode()
    answer = carrier.post(at("application_new"), {"project": project.slug, "call": call.uid})
    one = Application.objects.get()
    assert answer.headers["Location"] == at("application_words", one.uid)
    assert (one.what, one.state, one.group) == ("Un jardin pour tous.", "draft", project.group)
    again = carrier.post(at("application_new"), {"project": project.slug, "call": call.uid})
    assert "Ce projet a déjà une demande à cet appel." in again.content.decode()
    assert Application.objects.count() == 1


def test_only_those_who_carry_a_project_ask_for_it_and_only_while_it_lives(sign_in, group, project, call):
    member = sign_in(make_group_member(group).person.user)
    assert member.post(at("application_new"), {"project": project.slug, "call": call.uid}).status_code == 422
    group.state = "ended"
    group.save()
    keeper = sign_in(make_group_member(group, "coordinator").person.user)
    answer = keeper.post(at("application_new"), {"project": project.slug, "call": call.uid})
    assert "ne peut pas demander de soutien" in answer.content.decode()
    assert not Application.objects.exists()


def test_words_are_written_and_two_people_see_both(carrier, project, call):
    one = make_application(project, call)
    sent = {"what": "Planter", "why": "Manger", "who": "Les familles", "revision": 0}
    assert carrier.post(at("application_words", one.uid), sent).status_code == 302
    late = carrier.post(at("application_words", one.uid), sent | {"what": "Semer"})
    assert late.status_code == 422
    shown = late.content.decode()
    assert "Semer" in shown
    assert "Planter" in shown
    one.refresh_from_db()
    assert one.what == "Planter"


def test_words_never_say_who_somebody_is(carrier, project, call):
    one = make_application(project, call)
    address = at("application_words", one.uid)
    refused = carrier.post(address, {"what": "Aider Marie Tremblay", "revision": 0})
    assert refused.status_code == 422
    assert 'name="confirmed"' in refused.content.decode()
    confirmed = {"what": "Aider Marie Tremblay", "revision": 0, "asked": "1", "confirmed": "on"}
    assert carrier.post(address, confirmed).status_code == 302
    never = carrier.post(address, confirmed | {"what": "La dame du logement 12", "revision": 1})
    assert never.status_code == 422
    one.refresh_from_db()
    assert one.what == "Aider Marie Tremblay"


def test_a_budget_is_typed_as_people_write_and_is_exact(carrier, project, call):
    one = make_application(project, call)
    city = make_organization(name="Ville inventée")
    sent = budget(
        "5 500,25 $", [{"label": "Terre", "amount": "8 690,75"}, {"label": "", "amount": ""}],
        [{"label": "", "organization": city.name, "amount": "3190.50", "kind": "in_kind", "is_confirmed": "on"}],
    )  # fmt: skip
    assert carrier.post(at("application_budget", one.uid), sent).status_code == 302
    one.refresh_from_db()
    assert one.asked == Decimal("5500.25")
    lines = list(BudgetLine.objects.order_by("position").values_list("side", "kind", "label", "amount", "is_confirmed"))
    assert lines == [
        ("cost", "", "Terre", Decimal("8690.75"), False),
        ("source", "asked", call.fund.name, Decimal("5500.25"), False),
        ("source", "in_kind", "Ville inventée", Decimal("3190.50"), True),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"label": "Terre", "amount": "12 €"}, "autre monnaie"),
        ({"label": "Terre", "amount": "douze"}, "pas un montant"),
        ({"label": "Terre", "amount": "12,345"}, ""),
        ({"label": "Terre", "amount": "-5"}, "pas un montant"),
        ({"label": "", "amount": "12"}, "Dites ce que c"),
        ({"label": "Terre", "amount": ""}, "Donnez le montant"),
    ],
)
def test_a_line_that_cannot_be_read_loses_nothing(carrier, project, call, line, sentence):
    one = make_application(project, call)
    answer = carrier.post(at("application_budget", one.uid), budget("100", [{"label": "Outils", "amount": "7"}, line]))
    if line["amount"] == "12,345":  # thousands, as English writes them
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Outils" in shown
    assert one.budget.count() == 4


def test_totals_are_shown_and_nothing_is_written(carrier, project, call):
    one = make_application(project, call)
    assert "Le budget est équilibré" in carrier.get(at("application_budget", one.uid)).content.decode()
    sent = budget("400", [{"label": "Terre", "amount": "1000"}, {"label": "Eau", "amount": "x"}])
    shown = carrier.post(at("budget_totals", one.uid), sent).content.decode()
    assert "il manque 600" in shown
    assert "1 montant ne se lit pas" in shown
    more = carrier.post(at("application_budget", one.uid), sent | {"do": "more"})
    assert more.status_code == 200
    assert "cost-4-label" in more.content.decode()
    assert one.budget.count() == 4


def test_two_who_write_a_budget_do_not_write_over_each_other(carrier, project, call):
    one = make_application(project, call)
    carrier.post(at("application_budget", one.uid), budget("1", [{"label": "Un", "amount": "1"}]))
    late = carrier.post(at("application_budget", one.uid), budget("2", [{"label": "Deux", "amount": "2"}]))
    assert late.status_code == 422
    assert one.budget.filter(label="Un").exists()
    assert "Deux" in late.content.decode()


def test_a_whole_application_goes_to_the_fund_comes_back_and_goes_again(carrier, manager, project, call):
    one = make_application(project, call)
    assert manager.get(at("application", one.uid)).status_code == 404
    assert "Rien ne manque" in carrier.get(at("application", one.uid)).content.decode()
    carrier.post(at("application_submit", one.uid))
    assert OutgoingMail.objects.filter(event__contains="submitted").count() == 1
    assert carrier.post(at("application_words", one.uid), {"what": "Autre"}).status_code == 403
    assert manager.post(at("application_return", one.uid), {"missing": " "}).status_code == 422
    manager.post(at("application_return", one.uid), {"missing": "Dites qui arrose."})
    assert "Dites qui arrose." in carrier.get(at("application", one.uid)).content.decode()
    assert OutgoingMail.objects.filter(event__contains="returned").count() == 1
    # It had come in time: it may come again after the call has closed.
    type(call).objects.filter(pk=call.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    assert carrier.post(at("application_submit", one.uid)).status_code == 302
    manager.post(at("application_review", one.uid))
    one.refresh_from_db()
    assert (one.state, one.missing) == ("reviewed", "")
    assert [step.after for step in one.steps.all()] == ["draft", "submitted", "returned", "submitted", "reviewed"]


def _lack(one, name):
    today = timezone.localdate()
    if name == "group":
        one.group.state = "ended"
        one.group.save()
    elif name == "project":
        type(one.project).objects.filter(pk=one.project.pk).update(stage="ended")
    elif name == "fund":
        type(one.call.fund).objects.filter(pk=one.call.fund.pk).update(end=today - timedelta(days=1))
    elif name == "closed":
        type(one.call).objects.filter(pk=one.call.pk).update(closes_on=today - timedelta(days=1))
    elif name == "report":
        type(one.call).objects.filter(pk=one.call.pk).update(report_due_on=today + timedelta(days=30))
    elif name in ("payee", "starts_on"):
        Application.objects.filter(pk=one.pk).update(**{name: None})
    elif name == "why":
        Application.objects.filter(pk=one.pk).update(why="")
    else:
        one.budget.filter(label="Municipalité").update(amount=Decimal(name))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("group", "est terminé"), ("project", "projet est terminé"), ("fund", "a pris fin"), ("closed", "reçoit les demandes"),
        ("report", "finir avant"), ("payee", "Nommez l"), ("starts_on", "Donnez le début"), ("why", "quel besoin"),
        ("2000", "il manque 190"), ("2190.01", "0,01"),
    ],
)  # fmt: skip
def test_what_is_lacking_is_said_and_nothing_is_submitted(carrier, project, call, name, sentence):
    one = make_application(project, call)
    _lack(one, name)
    assert sentence in carrier.get(at("application", one.uid)).content.decode()
    assert carrier.post(at("application_submit", one.uid)).status_code in (403, 422)
    one.refresh_from_db()
    assert (one.state, one.submitted_on) == ("draft", None)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"most": 5_000}, "le plafond par projet est de 5"),
        ({"most_share": 60}, "au plus 60"),
        ({"envelope": 5_499}, "enveloppe"),
    ],
)
def test_more_than_the_fund_gives_is_not_asked(carrier, project, limits, sentence):
    one = make_application(project, make_call(make_fund(**limits)))
    assert sentence in carrier.get(at("application", one.uid)).content.decode().replace("\u202f", "")
    assert carrier.post(at("application_submit", one.uid)).status_code == 422


def test_an_application_is_taken_back_and_the_project_may_ask_again(carrier, project, call):
    one = make_application(project, call)
    carrier.post(at("application_withdraw", one.uid), {"words": "Plus tard"})
    one.refresh_from_db()
    assert one.state == "withdrawn"
    assert carrier.post(at("application_withdraw", one.uid)).status_code == 422
    carrier.post(at("application_new"), {"project": project.slug, "call": call.uid})
    assert Application.objects.count() == 2


def test_lists_count_sum_filter_and_cost_the_same(carrier, group, fund, django_assert_max_num_queries):
    call = make_call(fund)
    for number in range(30):
        make_application(make_project(group=group), call, state="withdrawn" if number == 0 else "draft")
    with django_assert_max_num_queries(12):
        shown = carrier.get(at("applications")).content.decode()
    assert "30 demandes" in shown
    assert "159\u202f500" in shown  # 29 times 5 500 $
    assert "1 demande" in carrier.get(at("applications"), {"etat": "withdrawn", "mesure": fund.slug}).content.decode()
    file = b"".join(carrier.get(at("applications_file"), {"etat": "withdrawn"}).streaming_content).decode()
    assert file.count("\r\n") == 2
    assert carrier.get(at("applications"), {"mesure": "rien"}).status_code == 404


def test_a_project_shows_what_it_asked(carrier, project, fund, django_assert_max_num_queries):
    for _time in range(12):
        make_application(project, make_call(fund))
    with django_assert_max_num_queries(12):
        shown = carrier.get(at("project_applications", project.slug)).content.decode()
    assert "12 demandes" in shown
    assert "66\u202f000" in shown


def test_the_page_of_an_application_stays_within_its_budget(carrier, project, call, django_assert_max_num_queries):
    one = make_application(project, call)
    for number in range(40):
        BudgetLine.objects.create(
            application=one, position=10 + number, side="source", kind="money", label=f"Source {number}",
            amount=Decimal(1), organization=make_organization(),
        )  # fmt: skip
    for name in ("application", "application_budget"):
        with django_assert_max_num_queries(12):
            assert carrier.get(at(name, one.uid)).status_code == 200


def test_those_of_another_programme_read_nothing(sign_in, project, call):
    one = make_application(project, call, state="submitted")
    stranger = sign_in(make_member(make_program(), "coordinator").user)
    assert stranger.get(at("application", one.uid)).status_code == 404
    assert project.name not in stranger.get(at("applications")).content.decode()


def test_a_measure_refuses_a_project_of_another_programme(carrier, project, call, fund):
    other = make_program()
    project.group.programs.add(other)
    sent = {"project": project.slug, "call": call.uid}
    answer = carrier.post(at("application_new"), sent)
    assert answer.status_code == 422
    assert 'id="id_call_error"' in answer.content.decode()
    assert "celui-ci n&#x27;en est pas" in answer.content.decode()
    assert not Application.objects.exists()
    project.group.programs.add(fund.program)
    assert carrier.post(at("application_new"), sent).status_code == 302
    one = Application.objects.get()
    project.group.programs.remove(fund.program)  # it left the programme before it was submitted
    assert "celui-ci n&#x27;en est pas" in carrier.get(at("application", one.uid)).content.decode()
