"""Tags of the frame and of the components; built into every template."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from maillage.core import slots

register = template.Library()
OPTIONS = "core/widgets/select.html"  # the options in one template: Django's own takes two more for each of them


@register.simple_tag(takes_context=True)
def filled_slot(context: template.Context, name: str) -> SafeString:
    """`{% filled_slot "topbar" %}`: what higher floors show here, for this request."""
    request = context.get("request")
    parts = []
    for filling in slots.fillings(name) if request is not None else []:
        data = filling.data(request)
        if data is not None:
            parts.append(render_to_string(filling.template, data, request))
    return mark_safe("".join(parts))  # noqa: S308 (each part is a rendered template)


@register.simple_tag
def field_widget(field: BoundField, **attrs: Any) -> SafeString:
    """The widget of a bound field with the theme's class for its kind, its help and its error announced."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select) and not isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "form-select"
        widget.template_name = OPTIONS
    else:
        kind = "form-control"
    own = widget.attrs.get("class", "")
    return field.as_widget(
        attrs={"class": f"{kind} {own}".strip(), **{k.replace("_", "-"): v for k, v in attrs.items()}}
    )


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is one box to check."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the field is a group of radios or boxes."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON text, for a data attribute."""
    return json.dumps(value, ensure_ascii=False)


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """The icon `name` of the sprite; with `label` it is an image, without it is decoration."""
    return _drawn(static("build/icons.svg") if settings.DEBUG else _sprite(), name, label, size)


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("build/icons.svg")


@lru_cache(maxsize=500, typed=True)
def _drawn(sprite: str, name: str, label: str, size: str) -> SafeString:
    """A page draws up to sixty icons: each is put together once a process."""
    kind = f"icon icon-{size}" if size else "icon"
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', kind, meaning, sprite, name)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int, param: str = "page") -> str:
    """The address of this list at page `number`, its filters kept."""
    query = context["request"].GET.copy()
    query[param] = number
    return f"?{query.urlencode()}"
