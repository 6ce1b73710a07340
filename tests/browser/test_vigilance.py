"""A vigilance scheme on a phone: rules and counts are written, a name never is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.projects.models import VigilanceAlert, VigilanceScheme
from tests.factories import make_member, make_program, make_site

from .looks import axe, fits
from .taps import at, held, refused, tap, write, written
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


def test_counts_are_kept_and_names_refused(page: Page, enter: Any, troubles: Troubles) -> None:
    troubles.allow("422")  # the refusal that this test asks for
    program = make_program()
    make_site(program, name="Habitations du Coteau", units=20)
    enter(make_member(program, "worker").user)
    held(page)
    tap(page, "Plus", exact=True)
    tap(page, "Systèmes de vigilance")
    tap(page, "Inscrire un système")
    at(page, "Inscrire un système de vigilance")
    written(page, "Milieu").select_option(label="Habitations du Coteau")
    write(page, En_marche_depuis="2026-01-15", Règles="Appeler Jeanne Tremblay, au logement 12.")
    tap(page, "Enregistrer")
    refused(page, "« logement 12 » (un numéro de logement). Écrivez plutôt un rôle")
    assert not VigilanceScheme.objects.exists()
    axe(page)
    write(page, Règles="Appeler la sentinelle de l'étage.")
    tap(page, "Enregistrer")
    at(page, "Vigilance : Habitations du Coteau")
    write(page, Sentinelles="4", Logements_participants="12")
    tap(page, "Inscrire le compte")
    expect(page.locator(".keyfacts")).to_contain_text("12 sur 20 (60\u00a0%)")
    tap(page, "Inscrire une alerte")
    at(page, "Inscrire une alerte")
    write(page, Délai="25")
    chosen = page.get_by_role("radio").first
    chosen.check()
    tap(page, "Enregistrer")
    expect(page.locator(".keyfacts")).to_contain_text("délai médian : 25 min")
    assert VigilanceAlert.objects.get().delay_minutes == 25
    fits(page)
    axe(page)
