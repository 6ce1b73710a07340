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


def told(apps: StateApps) -> dict[str, list[tuple[Any, ...]]]:
    """Each field of each model, both ways, with the model it reaches and whether that one is the registry's own."""

    def reached(model: Any) -> tuple[Any, ...]:
        return (model._meta.label, apps.get_model(model._meta.label) is model) if model else ()

    return {
        model._meta.label: sorted(
            (field.name, *reached(field.related_model)) for field in model._meta.get_fields(include_hidden=True)
        )
        for model in apps.get_models(include_auto_created=True)
    }


def test_a_model_drawn_alone_is_tied_to_the_others_as_if_all_were_drawn_again() -> None:
    whole, alone = told(drawn(nullcontext())), told(drawn(new_models_alone()))
    assert "programs.Program" in whole
    assert alone == whole
