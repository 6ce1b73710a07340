"""What a person changes about themselves."""

from django.db import transaction

from maillage.accounts.models import User
from maillage.core.services.written import Written, write


@transaction.atomic
def change_profile(*, actor: User, full_name: str | None = None, language: str | None = None) -> Written[User]:
    """Change one's own name or language; raises `ValidationError` with sentences by field."""
    values = {"full_name": full_name, "language": language}
    given = {name: value.strip() for name, value in values.items() if value is not None}
    return write(actor=actor, obj=actor, values=given, new="create", changed="edit")
