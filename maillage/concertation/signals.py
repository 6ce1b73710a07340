"""What this room hears of lower ones."""

from typing import Any

from maillage.directory.services import link_account


def tie_new_account(sender: Any, instance: Any, created: bool, raw: bool = False, **more: Any) -> None:
    """An account is opened by who showed that its e-mail is theirs: the person who bears it reads their groups at once."""
    if created and not raw and instance.is_active:
        link_account(user=instance)
