"""Fields that forms of several rooms share, and how a service's refusal comes back to a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from maillage.core.errors import NotAllowed, Refused


class DayField(forms.DateField):
    """A day, written AAAA-MM-JJ or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault(
            "error_messages",
            {"invalid": gettext_lazy("Écrivez la date ainsi : AAAA-MM-JJ, par exemple 2026-11-20.")},
        )
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


def carried_out(form: forms.BaseForm, work: Callable[[], Any]) -> bool:
    """Whether `work` (a service) went through; if it refused, the form says why. `NotAllowed` is not caught."""
    try:
        work()
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(refusal.on if refusal.on in form.fields else None, str(refusal))
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
        else:
            form.add_error(None, error.messages)
    return not form.errors
