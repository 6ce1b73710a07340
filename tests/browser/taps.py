"""What a person does on a phone: tap what is named, open what is folded, write in a field. No address is typed."""

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .sizes import PHONE

PATIENCE = 30_000  # a busy machine answers the first page of a suite slowly


def held(page: Page) -> Page:
    """The page on a phone, at home: where a walk begins."""
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    return page


def tap(scope: Page | Locator, name: str, *, exact: bool = False) -> None:
    """Tap the first link, button or folded part of this name that is seen."""
    named = scope.get_by_role("link", name=name, exact=exact).or_(scope.get_by_role("button", name=name, exact=exact))
    named.or_(scope.locator("summary").filter(has_text=name)).filter(visible=True).first.click()


def written(scope: Page | Locator, label: str, *, exact: bool = False) -> Locator:
    """The field seen under this label."""
    fields = scope.locator("input, textarea, select").and_(scope.get_by_label(label, exact=exact))
    return fields.filter(visible=True).first


def write(scope: Page | Locator, **fields: str) -> None:
    """Fill fields by their labels; spaces of a label are written `_`."""
    for label, value in fields.items():
        written(scope, label.replace("_", " ")).fill(value)


def pick(scope: Page | Locator, name: str) -> None:
    """Choose a chip or tick a box."""
    scope.get_by_label(name, exact=True).filter(visible=True).first.check()


def told(page: Page, sentence: str) -> None:
    """Wait for the page that says what was just done."""
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible(timeout=PATIENCE)


def refused(page: Page, sentence: str) -> None:
    """Wait for the page that says what is to be put right."""
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible(timeout=PATIENCE)


def at(page: Page, title: str) -> None:
    """Wait for the page of this title."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=PATIENCE)


def stranger(context: BrowserContext, base_url: str) -> Page:
    """A phone that knows nobody."""
    browser: Browser | None = context.browser
    assert browser is not None
    outside = browser.new_context(base_url=base_url, locale="fr-CA", reduced_motion="reduce", viewport=PHONE)  # type: ignore[arg-type]
    return outside.new_page()
