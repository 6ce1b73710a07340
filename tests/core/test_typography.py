"""Numbers and dates follow the language of the page, unless the caller names one."""

from datetime import date

from django.utils import translation

from maillage.core.typography import day, hours, number, percent


def test_the_page_s_language_is_followed() -> None:
    with translation.override("en"):
        assert number(1354.5, 1) == "1,354.5"
        assert percent(0.856, 1) == "85.6%"
        assert day(date(2027, 3, 11)) == "March 11, 2027"
    with translation.override("fr-ca"):
        assert number(1354.5, 1) == "1\u202f354,5"
        assert percent(0.856, 1) == "85,6\u00a0%"
        assert day(date(2027, 3, 1)) == "1er\u00a0mars 2027"


def test_a_language_that_is_named_wins() -> None:
    with translation.override("en"):
        assert number(1354, 0, "fr") == "1\u202f354"
        assert hours(1354 * 60, "fr") == "1\u202f354\u00a0h"
    with translation.override("fr-ca"):
        assert number(1354, 0, "en") == "1,354"


def test_without_any_language_it_is_french() -> None:
    with translation.override(None):
        assert number(1354) == "1\u202f354"
