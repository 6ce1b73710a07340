"""What was granted through its doors: letter, signature, payments, amendments, final report."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from maillage.core.models import AuditEvent
from maillage.projects.grant_books import account_of, call_envelope, fund_envelope
from maillage.projects.models import FinalReport, Payment
from tests.factories import make_group_member, make_member
from tests.factories.projects_grants import make_agreed, make_granted, make_reviewed
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return make_agreed()


@pytest.fixture
def manager(sign_in, agreed):
    return sign_in(make_member(agreed.call.fund.program, "coordinator").user)


@pytest.fixture
def carrier(sign_in, agreed):
    return sign_in(make_group_member(agreed.project.group, "coordinator").person.user)


def text(answer):
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").replace("&#x27;", "'")


def movement(amount, kind="payment", **fields):
    return {"kind": kind, "amount": amount, "on": timezone.localdate(), **fields}


def amendment(**fields):
    return {
        "kind": "amount",
        "way": "more",
        "reason": "Le jardin s'agrandit",
        "decided_on": timezone.localdate(),
        **fields,
    }


def report(one, actual=(), **fields):
    """A final report whose lines came to what was planned, but for `actual` by label."""
    lines = {f"actual_{line.pk}": dict(actual).get(line.label, line.amount) for line in one.budget.all()}
    told = {"results": "Un comité de locataires est né.", "participants": "45", "participations": "310"}
    return {**told, **lines, **fields}


def test_the_letter_says_what_was_agreed(carrier, agreed):
    answer = carrier.get(at("grant_letter", agreed.uid))
    pages = PdfReader(BytesIO(answer.content))
    said = (
        " ".join(" ".join(page.extract_text() for page in pages.pages).split())
        .replace("\u202f", " ")
        .replace("\xa0", " ")
    )
    for words in (
        "Lettre d’entente",
        "5 500 $",
        agreed.payee.name,
        agreed.project.name,
        "Le besoin est clair",
        "Terre et outils",
    ):
        assert words in said
    assert pages.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert carrier.get(at("grant_letter", agreed.uid)).content == answer.content


def test_money_waits_for_the_signature(sign_in):
    granted = make_granted()
    client = sign_in(make_member(granted.call.fund.program, "coordinator").user)
    answer = client.post(at("payment_add", granted.uid), movement("100"))
    assert answer.status_code == 422
    assert not Payment.objects.exists()
    late = timezone.localdate() + timedelta(days=1)
    assert client.post(at("grant_sign", granted.uid), {"on": late}).status_code == 422
    assert (
        client.post(at("grant_sign", granted.uid), {"on": timezone.localdate() - timedelta(days=9)}).status_code == 422
    )
    assert client.post(at("grant_sign", granted.uid), {"on": timezone.localdate()}).status_code == 302
    assert client.post(at("payment_add", granted.uid), movement("100")).status_code == 302


def test_payments_never_pass_the_grant(manager, agreed):
    assert manager.post(at("payment_add", agreed.uid), movement("3 000,50 $", reference="Chèque 12")).status_code == 302
    answer = manager.post(at("payment_add", agreed.uid), movement("2499,51"))
    assert answer.status_code == 422
    assert "il reste 2 499,50 $ à verser" in text(answer)
    assert 'value="2499,51"' in text(answer)
    assert manager.post(at("payment_add", agreed.uid), movement("2499.50")).status_code == 302
    assert account_of(agreed).is_settled
    for wrong in ("0", "-5", "12 €", "12,345,6"):
        assert manager.post(at("payment_add", agreed.uid), movement(wrong)).status_code == 422
    future = movement("1", on=timezone.localdate() + timedelta(days=1))
    assert manager.post(at("payment_add", agreed.uid), future).status_code == 422
    assert Payment.objects.count() == 2


def test_a_payment_is_cancelled_with_its_reason_and_stays(manager, agreed):
    manager.post(at("payment_add", agreed.uid), movement("4000"))
    manager.post(at("payment_add", agreed.uid), movement("1500", "refund"))
    payment = Payment.objects.get(kind="payment")
    address = at("payment_cancel", payment.uid)
    assert manager.post(address, {"reason": ""}).status_code == 422
    answer = manager.post(address, {"reason": "Écrit deux fois"})
    assert answer.status_code == 422  # 1 500 $ came back from it
    assert "C'est plus que ce que l'organisme a reçu : 2 500 $" in text(answer)
    manager.post(at("payment_cancel", Payment.objects.get(kind="refund").uid), {"reason": "Erreur"})
    assert manager.post(address, {"reason": "Écrit deux fois"}).status_code == 302
    assert manager.post(address, {"reason": "Encore"}).status_code == 422
    assert account_of(agreed).paid == 0
    assert "Écrit deux fois" in text(manager.get(at("grant", agreed.uid)))
    assert AuditEvent.objects.filter(verb="projects.payment_cancelled").count() == 2


def test_a_refund_never_passes_what_was_paid(manager, agreed):
    manager.post(at("payment_add", agreed.uid), movement("100"))
    assert manager.post(at("payment_add", agreed.uid), movement("100,01", "refund")).status_code == 422
    assert manager.post(at("payment_add", agreed.uid), movement("100", "refund")).status_code == 302


def test_amendments_keep_to_the_envelope_the_ceiling_and_what_is_paid(manager, agreed):
    manager.post(at("payment_add", agreed.uid), movement("5000"))
    address = at("amendment_add", agreed.uid)
    assert "au plus 7 500 $" in text(manager.post(address, amendment(amount="2000,01")))
    assert manager.post(address, amendment(amount="1000")).status_code == 302
    answer = manager.post(address, amendment(way="less", amount="1500,01"))
    assert answer.status_code == 422
    assert "retirez au plus 1 500 $" in text(answer)
    assert manager.post(address, amendment(way="less", amount="1500")).status_code == 302
    agreed.refresh_from_db()
    assert agreed.granted == Decimal(5_000)
    assert manager.post(address, amendment(amount="")).status_code == 422
    fund = agreed.call.fund
    fund.envelope = Decimal(5_100)
    fund.save()
    assert "il en reste 100 $" in text(manager.post(address, amendment(amount="101")))


def test_an_amendment_changes_the_end_or_the_use(manager, agreed):
    address = at("amendment_add", agreed.uid)
    assert manager.post(address, amendment(kind="dates")).status_code == 422
    early = agreed.starts_on - timedelta(days=1)
    assert manager.post(address, amendment(kind="dates", ends_on=early)).status_code == 422
    later = agreed.ends_on + timedelta(days=30)
    assert manager.post(address, amendment(kind="dates", ends_on=later)).status_code == 302
    assert manager.post(address, amendment(kind="purpose", reason="Des bacs surélevés")).status_code == 302
    agreed.refresh_from_db()
    assert (agreed.ends_on, agreed.granted) == (later, Decimal(5_500))
    assert "Des bacs surélevés" in text(manager.get(at("grant", agreed.uid)))


def test_a_report_is_submitted_asked_again_accepted_and_closes(manager, carrier, agreed):
    edit = at("final_report_edit", agreed.uid)
    assert carrier.get(edit).status_code == 200
    assert carrier.post(edit, report(agreed)).status_code == 302
    assert carrier.get(edit).status_code == 403
    assert manager.post(at("report_again", agreed.uid), {"words": ""}).status_code == 422
    assert manager.post(at("report_again", agreed.uid), {"words": "Dites qui poursuit"}).status_code == 302
    assert "Un comité de locataires" in text(carrier.get(edit))
    assert carrier.post(edit, report(agreed, afterwards="La municipalité poursuit")).status_code == 302
    accept = at("report_accept", agreed.uid)
    answer = manager.post(accept, {"on": timezone.localdate()})
    assert answer.status_code == 422
    assert "5 500 $ sont accordés et 0 $ versés" in text(answer)
    manager.post(at("payment_add", agreed.uid), movement("5500"))
    assert manager.post(accept, {"on": timezone.localdate()}).status_code == 302
    agreed.refresh_from_db()
    assert agreed.state == "closed"
    assert FinalReport.objects.get().accepted_on == timezone.localdate()
    for address, sent in (("payment_add", movement("1", "refund")), ("amendment_add", amendment(amount="1"))):
        assert manager.post(at(address, agreed.uid), sent).status_code == 422


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"participants": "50", "participations": "49"}, "au moins autant de participations"),
        ({"results": "Appeler au 418 555-0199"}, "un numéro de téléphone"),
        ({"results": "Le logement 204 a aidé"}, "un numéro de logement"),
        ({"results": "Mme Ginette Tremblay a lancé le jardin"}, "confirmez"),
        ({"results": ""}, "Principales retombées"),
    ],
)
def test_a_report_that_cannot_be_says_why_and_loses_nothing(carrier, agreed, fields, sentence):
    answer = carrier.post(at("final_report_edit", agreed.uid), report(agreed, learned="Commencer tôt", **fields))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Commencer tôt" in text(answer)
    agreed.refresh_from_db()
    assert agreed.state == "agreed"
    assert not FinalReport.objects.exists()


def test_actual_amounts_must_be_said_and_add_up(carrier, agreed):
    edit = at("final_report_edit", agreed.uid)
    answer = carrier.post(edit, report(agreed, {"Terre et outils": "9 000"}))
    assert "310 $ d'écart" in text(answer)
    assert "montant réel de « Bénévoles »" in text(carrier.post(edit, report(agreed, {"Bénévoles": ""})))
    over = {"La mesure": "6000", "Bénévoles": "500"}
    assert "elle a accordé 5 500 $" in text(carrier.post(edit, report(agreed, over)))
    assert not FinalReport.objects.exists()


def test_the_books_of_the_fund_and_of_the_call_are_those_of_their_grants(manager, agreed):
    fund = agreed.call.fund
    manager.post(at("payment_add", agreed.uid), movement("1234,56"))
    other = make_granted(make_reviewed(fund), amount=1_000)
    whole = fund_envelope(fund)
    assert (whole.committed, whole.paid) == (Decimal(6_500), Decimal("1234.56"))
    assert whole.committed + whole.left == fund.envelope
    other.call.envelope = Decimal(2_000)
    assert call_envelope(other.call).left == Decimal(1_000)


def test_the_page_of_a_grant_costs_the_same_with_many_rows(manager, agreed, django_assert_max_num_queries):
    for _time in range(30):
        manager.post(at("payment_add", agreed.uid), movement("10"))
        manager.post(at("amendment_add", agreed.uid), amendment(kind="purpose"))
    with django_assert_max_num_queries(12):
        assert text(manager.get(at("grant", agreed.uid))).count("Versement, ") == 30


def test_a_report_adds_what_was_not_planned_and_still_adds_up(carrier, manager, agreed):
    edit = at("final_report_edit", agreed.uid)
    more = {
        f"more_{part}-{name}": "2" if name == "TOTAL_FORMS" else "0"
        for part in ("cost", "source")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    cost = {"more_cost-0-label": "Clôture", "more_cost-0-amount": "300,50"}
    answer = carrier.post(edit, report(agreed) | more | cost)
    assert "300,50" in text(answer)
    assert "d'écart" in text(answer)
    assert 'value="Clôture"' in text(answer)
    half = {"more_source-1-label": "Corvée", "more_source-1-amount": ""}
    assert "Donnez le montant" in text(carrier.post(edit, report(agreed) | more | half))
    assert not agreed.budget.filter(label="Clôture").exists()
    income = {
        "more_source-1-label": "Vente de légumes",
        "more_source-1-amount": "300.50",
        "more_source-1-kind": "money",
    }
    assert carrier.post(edit, report(agreed) | more | cost | income).status_code == 302
    added = agreed.budget.filter(amount=0).order_by("position").values_list("side", "kind", "label", "actual")
    assert list(added) == [
        ("cost", "", "Clôture", Decimal("300.50")), ("source", "money", "Vente de légumes", Decimal("300.50")),
    ]  # fmt: skip
    assert "pas prévu" in text(carrier.get(at("final_report", agreed.uid)))
    letter = " ".join(
        page.extract_text() for page in PdfReader(BytesIO(manager.get(at("grant_letter", agreed.uid)).content)).pages
    )
    assert "Clôture" not in letter


def test_what_comes_too_late_says_so_and_keeps_what_was_typed(manager, agreed):
    late = {"outcome": "refused", "reason": "Le comité a changé d'idée", "decided_on": timezone.localdate()}
    answer = manager.post(at("grant_decide", agreed.uid), late)
    assert answer.status_code == 422
    assert "« Refuser » ne se fait pas à partir de l'étape « Lettre signée »." in text(answer)
    assert "Le comité a changé d'idée" in text(answer)
    paid = manager.post(at("payment_add", agreed.uid), movement("5500"))
    assert paid.status_code == 302
    cancel = at("payment_cancel", Payment.objects.get().uid)
    agreed.state = "closed"
    agreed.save()
    answer = manager.post(at("payment_add", agreed.uid), movement("1", reference="Chèque 12"))
    assert "Aucun argent ne bouge à l'étape « Fermée »." in text(answer)
    assert "Chèque 12" in text(answer)
    assert "Rien n'est à changer à l'étape « Fermée »" in text(
        manager.post(at("amendment_add", agreed.uid), amendment(amount="1"))
    )
    assert "Aucun argent ne bouge" in text(manager.post(cancel, {"reason": "Erreur de date"}))
    assert "ne se fait pas à partir de l'étape « Fermée »" in text(
        manager.post(at("grant_sign", agreed.uid), {"on": timezone.localdate()})
    )
