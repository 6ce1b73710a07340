"""`maillage migrate` ends with the same models as Django's own."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState, StateApps

from maillage.core.management.commands.migrate import new_models_alone

LAST = ("programs", "0002_rules")


def drawn(within: AbstractContextManager[None]) -> StateApps:
    """The models after the migrations up to `LAST`, kept in step at each operation as `migrate` does."""
    graph = MigrationLoader(None).graph
    state = ProjectState()
    assert not state.apps.get_models()
    with within:
        for key in graph.forwards_plan(LAST):
            state = graph.nodes[key].mutate_state(state)
    return state.apps


def told(apps: StateApps) -> dict[str, list[Any]]:
    """Each model with its fields, both ways, the models they reach, and its indexes and constraints."""
    return {
        model._meta.label: [
            *sorted(
                (field.name, field.related_model._meta.label if field.related_model else "")
                for field in model._meta.get_fields(include_hidden=True)
            ),
            *model._meta.indexes,
            *model._meta.constraints,
        ]
        for model in apps.get_models(include_auto_created=True)
    }


def astray(apps: StateApps) -> set[str]:
    """Fields that reach a model which the registry has replaced."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if (reached := field.related_model) and apps.get_model(reached._meta.label) is not reached
    }


def test_models_drawn_alone_are_those_of_django() -> None:
    whole, alone = drawn(nullcontext()), drawn(new_models_alone())
    assert "programs.Program" in told(whole)
    assert told(alone) == told(whole)
    assert astray(alone) <= astray(whole)
