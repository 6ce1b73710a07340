from typing import Any

from maillage.accounts.models import User
from maillage.programs.models import Membership, Program

from .counter import following

PASSWORD = "une phrase de passe inventée"


def make_user(**fields: Any) -> User:
    """A person who can sign in with `PASSWORD`."""
    number = following()
    password = fields.pop("password", PASSWORD)
    values = {"email": f"personne{number}@demo.maillage.test", "full_name": f"Personne Inventée {number}", **fields}
    return User.objects.create_user(password=password, **values)


def make_member(program: Program, role: str = "worker", user: User | None = None, **fields: Any) -> Membership:
    """A person (a new one by default) with a role in a programme."""
    user = user or make_user()
    values = {"label": user.full_name, **fields}
    return Membership.objects.create(program=program, user=user, role=role, **values)
