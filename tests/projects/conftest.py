"""What tests of plans share: a group, who keeps its plans, an objective."""

import pytest

from tests.factories import make_group, make_group_member
from tests.factories.projects import make_plan
from tests.factories.projects_plans import make_objective


@pytest.fixture
def group(db):
    return make_group()


@pytest.fixture
def keeper(sign_in, group):
    return sign_in(make_group_member(group, "secretary").person.user)


@pytest.fixture
def objective(group):
    return make_objective(make_plan(group=group))
