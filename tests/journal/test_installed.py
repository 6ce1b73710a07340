"""The service worker and the manifest as they are served, with hashed files and without."""

import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from maillage.journal import shell

CORE = Path(shell.core.__file__).parent
MANIFEST_STORAGE = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}


@pytest.fixture(autouse=True)
def read_anew() -> Any:
    shell._script_once.cache_clear()
    yield
    shell._script_once.cache_clear()


def told(client: Client) -> dict[str, Any]:
    """What the view tells the worker."""
    first, script = client.get("/sw.js").content.decode().split("\n", 1)
    assert "addEventListener" in script
    found = re.fullmatch(r"self\.FIELD = (\{.*\});", first)
    assert found
    return json.loads(found.group(1))


def test_the_worker_is_served_from_the_root_to_anybody(client: Client, db: None) -> None:
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer
    said = told(client)
    assert (said["shell"], said["form"], said["hashed"]) == ("/journal/hors-ligne/", "/journal/nouvelle/", False)
    assert {"/static/build/app.css", "/static/build/app.js", "/static/build/entry.js"} <= set(said["assets"])


def test_the_worker_names_hashed_addresses_in_production(client: Client, db: None, tmp_path: Path) -> None:
    plain = told(client)["version"]
    shell._script_once.cache_clear()
    with override_settings(STATIC_ROOT=str(tmp_path), STORAGES=MANIFEST_STORAGE):
        call_command("collectstatic", interactive=False, verbosity=0)
        said = told(client)
        assert said["hashed"]
        assert said["version"] != plain
        for address in said["assets"]:
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
            assert (tmp_path / address.removeprefix("/static/")).exists(), address


def test_the_version_changes_with_any_file(client: Client, db: None, tmp_path: Path, monkeypatch: Any) -> None:
    before = told(client)["version"]
    changed = tmp_path / "app.css"
    changed.write_bytes((CORE / "static" / "build" / "app.css").read_bytes() + b"/* */")
    found = shell.finders.find
    monkeypatch.setattr(shell.finders, "find", lambda name: str(changed) if name == "build/app.css" else found(name))
    shell._script_once.cache_clear()
    assert told(client)["version"] != before


def test_a_file_that_is_not_built_is_not_asked_for(client: Client, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(shell, "FILES", (*shell.FILES, "build/no-such-file.js"))
    assert "/static/build/no-such-file.js" not in told(client)["assets"]


def test_what_a_device_keeps_is_light(client: Client, db: None) -> None:
    """Everything that the worker keeps, and the worker, compressed as they are served: 150 kB at most."""
    texts = [client.get("/journal/hors-ligne/").content, client.get("/sw.js").content]
    sizes = {str(number): len(brotli.compress(text)) for number, text in enumerate(texts)}
    for address, path in shell.assets().items():
        data = path.read_bytes()
        sizes[address] = len(data) if path.suffix == ".woff2" else len(brotli.compress(data))
    assert sum(sizes.values()) <= 150_000, sizes


def test_the_manifest(client: Client, db: None) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert said["start_url"] == "/journal/nouvelle/"
    assert said["theme_color"] == json.loads((CORE / "palette.json").read_text())["light"]["paper"]
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in said["icons"]:
        path = CORE / "static" / icon["src"].removeprefix("/static/")
        if icon["type"] == "image/png":
            side = int.from_bytes(path.read_bytes()[16:20], "big")
            assert icon["sizes"] == f"{side}x{side}"
    assert said["shortcuts"][0]["url"] == "/journal/nouvelle/"


def test_every_page_names_the_manifest(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert 'rel="apple-touch-icon" href="/static/core/apple-touch-icon.png"' in page
    assert page.count('name="theme-color"') == 2
