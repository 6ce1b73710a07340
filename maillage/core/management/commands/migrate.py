"""`maillage migrate`: Django's own, in less than half the time on an empty database (0053)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState


def add_model_alone(self: ProjectState, model_state: ModelState) -> None:
    """Draw a new model without drawing again those it points to: a table more changes nothing of them.

    Django draws again every model that a path of relations joins to the new one: nearly all of ours, at each table.
    """
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def append_in_place(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    """Give a model an index or a constraint more without drawing it again, nor all that it is joined to."""
    options = self.models[app_label, model_name.lower()].options
    options[option_name] = [*options[option_name], obj]
    if "apps" in self.__dict__:
        meta = self.apps.get_model(app_label, model_name)._meta
        setattr(meta, option_name, [*options[option_name]])
        meta.__dict__.pop("total_unique_constraints", None)


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Within this, a migration that makes a table draws that table's model alone, and one that adds a rule draws nothing."""
    whole, append = ProjectState.add_model, ProjectState._append_option  # type: ignore[attr-defined]
    ProjectState.add_model = add_model_alone  # type: ignore[method-assign]
    ProjectState._append_option = append_in_place  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState.add_model = whole  # type: ignore[method-assign]
        ProjectState._append_option = append  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Django's `migrate`: only its time changes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, drawing each new model alone."""
        with new_models_alone():
            super().handle(*args, **options)
