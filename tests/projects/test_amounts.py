"""Amounts: what people type, and what the database holds, to the cent."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.typography import number
from maillage.projects.amounts import amount_of, figure_of
from maillage.projects.models import ActionSupport
from tests.factories import make_plan

CENTS = st.integers(min_value=0, max_value=99_999_999_999).map(lambda cents: Decimal(cents).scaleb(-2))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("5500", "5500.00"),
        ("5 500 $", "5500.00"),
        ("5\u202f500,50\u00a0$", "5500.50"),
        ("5,500.00", "5500.00"),
        ("5.500,00", "5500.00"),
        ("5,500", "5500.00"),
        ("12,5", "12.50"),
        ("CAD 12", "12.00"),
        ("94 161 $ CA", "94161.00"),
        ("1'234.05", "1234.05"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: str) -> None:
    assert str(amount_of(typed)) == amount


@pytest.mark.parametrize(
    "typed", ["", "douze", "12 €", "US$ 40", "40 USD", "-5", "12,345,6", "1.2.3", "9999999999999", "NaN", "1e9", "٥٠٠"]
)
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        amount_of(typed)
    assert refusal.value.messages[0].endswith(".")


@given(CENTS)
def test_an_amount_printed_in_either_language_is_read_back(amount: Decimal) -> None:
    assert amount_of(number(amount, 2)) == amount
    assert amount_of(number(amount, 2, "en")) == amount


@pytest.mark.django_db
def test_sums_are_exact_on_the_database() -> None:
    action = make_plan().objectives.create(title="Jardiner").actions.create(title="Bêcher")
    for amount in ("0.10", "0.20", "123456789.01", "0.70"):
        ActionSupport.objects.create(action=action, name="Une caisse", amount=Decimal(amount))
    total = ActionSupport.objects.aggregate(total=Sum("amount"))["total"]
    assert total == Decimal("123456790.01")
    assert ActionSupport.objects.filter(amount__gt=Decimal("0.15"), amount__lt=Decimal("0.25")).count() == 1


@pytest.mark.parametrize(
    ("typed", "figure"),
    [("12", "12.00"), ("1 200,5", "1200.50"), ("1\u202f200,5", "1200.50"), ("1,200.5", "1200.50"), ("-3,25", "-3.25")],
)
def test_figures_are_read_as_french_and_english_write_them(typed: str, figure: str) -> None:
    assert str(figure_of(typed)) == figure


@pytest.mark.parametrize("typed", ["", "-", "douze", "1,2,3", "12345678901", "1e9", "NaN", "5 $"])
def test_what_is_no_figure_is_none(typed: str) -> None:
    assert figure_of(typed) is None
