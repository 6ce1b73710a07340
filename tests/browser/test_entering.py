"""Entering: password, second step, passkey; and the pages of one's own account."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import make_user
from tests.factories.people import PASSWORD

from .looks import review

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in_at_the_door(page: Page, user: Any) -> None:
    page.goto("/compte/connexion/")
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()


def confirm(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("C'est bien vous ?")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def authenticator(page: Page, context: BrowserContext) -> Iterator[Any]:
    """A device that holds passkeys and says that its owner is there."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def test_wrong_password_then_the_right_one(page: Page) -> None:
    user = make_user()
    page.goto("/compte/connexion/")
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill("pas celui-là")
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    expect(page.get_by_label("Courriel")).to_have_value(user.email)
    review(page, "connexion-refusee")
    sign_in_at_the_door(page, user)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_application_of_codes(page: Page) -> None:
    user = make_user()
    sign_in_at_the_door(page, user)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    page.goto("/compte/protection/")
    review(page, "protection")
    page.get_by_role("link", name="Ajouter une application").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ajouter une application de codes")
    review(page, "application-de-codes")
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code à six chiffres").fill(code_for(secret))
    page.get_by_role("button", name="Mettre en fonction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    review(page, "codes-de-secours")
    spare = page.locator(".codes code").first.inner_text()
    page.locator(".topbar details.menu summary").last.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    sign_in_at_the_door(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    review(page, "deuxieme-etape")
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_passkey_is_made_then_opens_the_account_alone(page: Page, authenticator: Any) -> None:
    user = make_user()
    sign_in_at_the_door(page, user)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    page.goto("/compte/protection/cles/ajouter/")
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ajouter une clé d'accès")
    review(page, "cle-d-acces")
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_role("button", name="Faire la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.goto("/compte/protection/cles/")
    expect(page.get_by_role("main")).to_contain_text("Mon téléphone")
    review(page, "mes-cles")
    page.goto("/compte/deconnexion/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Entrer avec une clé d'accès").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def test_account_page(page: Page, enter: Any) -> None:
    enter(make_user())
    page.goto("/compte/")
    review(page, "compte")
    page.get_by_label("nom", exact=False).first.fill("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("obligatoire"))


def test_a_form_sent_after_the_session_ended_comes_back_filled(page: Page, enter: Any, context: BrowserContext) -> None:
    user = make_user()
    enter(user)
    page.goto("/compte/")
    page.get_by_label("Nom", exact=False).first.fill("Ariane Revenue")
    context.clear_cookies(name="sessionid")
    page.get_by_role("main").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(page.get_by_label("Nom", exact=False).first).to_have_value("Ariane Revenue")
    expect(page.locator("#toasts")).to_contain_text("est revenu")
