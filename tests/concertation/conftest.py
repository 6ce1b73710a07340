"""What tests of concertation share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import make_group, make_group_member


@pytest.fixture
def secretary(sign_in: Any) -> Any:
    """A group's secretary: the client and the group."""
    group = make_group()
    member = make_group_member(group, "secretary")
    return sign_in(member.person.user), group


@pytest.fixture
def member_client(sign_in: Any) -> Callable[[Any], Any]:
    """`member_client(group)` gives a new member of the group and their client."""

    def join(group: Any) -> Any:
        member = make_group_member(group)
        return member, sign_in(member.person.user)

    return join
