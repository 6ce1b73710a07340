"""The words of a plan never say who was met: what is written is screened, the names that a plan has on purpose are spared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .doers import members_of_plan
from .identities import names_of, refuse_identities
from .models import Plan


def refuse_in_plan(
    *,
    plan: Plan,
    obj: Any,
    values: Mapping[str, Any],
    texts: Iterable[str],
    named: Iterable[Any] = (),
    confirmed: bool | None = False,
) -> None:
    """Raise `ValidationError`, by field, for the `texts` of `values` that say who somebody is and that `obj` does not have already.

    `named` are organizations that the same form names. `confirmed` as in `refuse_identities`.
    """
    told = {name: values[name] for name in texts if values.get(name) and values[name] != getattr(obj, name, "")}
    refuse_identities(told, known=lambda: _known(plan, named), confirmed=confirmed)


def _known(plan: Plan, named: Iterable[Any]) -> Iterator[str]:
    """Names that are nobody's met: of the owner and its places, of the members who do the actions, of who is named beside."""
    for thing in (plan.group, plan.program, *named):
        if thing is not None:
            yield str(thing)
    if plan.project is not None:
        yield from names_of(plan.project)
    if plan.group is not None:
        for pair in plan.group.sites.order_by("id").values_list("name", "address"):
            yield from pair
    for person, organization in members_of_plan(plan).values_list("person__name", "organization__name"):
        yield person
        yield organization or ""
