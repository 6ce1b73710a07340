"""A form whose words are screened: it asks « J'ai relu » only when something was found."""

from typing import Any


class Confirming:
    """Put before `forms.Form`; `SCREENED` are the fields of words, `confirmed` the box."""

    SCREENED: tuple[str, ...] = ()
    errors: Any
    data: Any

    @property
    def asks_to_confirm(self) -> bool:
        """Whether something was found that a person may say is nobody, or said so already."""
        found = any(name in self.errors and self.data.get(name) for name in self.SCREENED)
        return found or bool(self.data.get("confirmed"))
