"""When a meeting is, in words."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.concertation.times import LOCAL, clock_words, span_words

register = template.Library()


@register.filter
def when(value: Any) -> str:
    """`{{ meeting|when }}` → « mardi 24 novembre 2026, de 13 h 30 à 15 h 30 »; of anything with a beginning and an end."""
    return span_words(value.starts_at, value.ends_at) or _("date à choisir")


@register.filter
def clock(value: datetime) -> str:
    """`{{ moment|clock }}` → « 13 h 30 », in Toronto."""
    return clock_words(timezone.localtime(value, LOCAL))
