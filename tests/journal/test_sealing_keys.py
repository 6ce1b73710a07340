"""The keys that open what phones sealed: made once, private, and several when one was changed."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from maillage.journal.sync.sealing import Unopenable, seal, sealing_key, unseal

BOUND = b"maillage/1\nfor one operation"


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Path:
    """The file of an installation that has no key yet."""
    settings.SEALING_KEYS = tmp_path / "sealing_keys"
    return settings.SEALING_KEYS


def another() -> bytes:
    """A new private key, as openssl writes it."""
    private = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def test_a_key_is_made_once_and_for_its_owner_only(keys: Path) -> None:
    first = sealing_key()
    assert sealing_key() == first
    assert keys.stat().st_mode & 0o077 == 0


def test_a_changed_key_seals_and_the_former_still_opens(keys: Path) -> None:
    former, point = sealing_key()
    before = seal(b"avant", BOUND, point)
    keys.write_bytes(keys.read_bytes() + another())
    now, point = sealing_key()
    assert now != former
    assert unseal(before, BOUND, former) == b"avant"
    assert unseal(seal("après".encode(), BOUND, point), BOUND, now).decode() == "après"


def test_what_is_damaged_moved_or_for_another_key_stays_closed(keys: Path) -> None:
    key, point = sealing_key()
    sealed = seal(b"une note", BOUND, point)
    for envelope, bound, named in (
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), BOUND, key),
        (sealed, b"maillage/1\nfor another operation", key),
        (sealed, BOUND, "0" * 16),
        (sealed[:70], BOUND, key),
        (bytes(65) + sealed[65:], BOUND, key),
    ):
        with pytest.raises(Unopenable):
            unseal(envelope, bound, named)
