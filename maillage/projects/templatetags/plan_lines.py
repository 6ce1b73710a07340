"""What a line of a plan says and the buttons that move it, put together at once: a page holds dozens of them.

`{% said line %}`, `{% badges line %}`, `{% moves line %}` take a `plan_lines.Line`.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from maillage.core.templatetags.frame import icon
from maillage.projects.enums import ActionState
from maillage.projects.plan_lines import Line

register = template.Library()


@register.simple_tag
def said(line: Line) -> SafeString:
    """Who, for when, its measure, and what is to be seen of it."""
    aim = f'<p class="quiet">{escape(line.aim)}</p>' if line.aim else ""
    who = f'<p class="quiet">{escape(line.who)} · {escape(line.when)}</p>'
    return mark_safe(f"{who}{aim}{badges(line)}")  # noqa: S308 (each text is escaped)


@register.simple_tag
def badges(line: Line) -> SafeString:
    """That it is late, that nobody named supports it; nothing when neither."""
    late = _badge("warning", "clock", _("En retard")) if line.is_late else ""
    bare = _badge("danger", "exclamation-circle", _("Sans appui nommé")) if line.is_bare else ""
    both = f'<p class="action-badges">{late}{bare}</p>' if late or bare else ""
    return mark_safe(both)  # noqa: S308 (each text is escaped)


@register.simple_tag
def moves(line: Line) -> SafeString:
    """A button for each state where it may go; the form around them takes them."""
    there = escape(line.href) + "etat/"
    buttons = "".join(
        f'<button class="btn btn-quiet" formaction="{there}" name="do" value="{line.state}:{state.value}">'
        f"{escape(state.label)}</button>"
        for state in ActionState
        if state != line.state
    )
    label = escape(_("Déplacer « %s » vers :") % line.title)
    return mark_safe(f'<div class="action-moves" role="group" aria-label="{label}">{buttons}</div>')  # noqa: S308 (the same)


def _badge(kind: str, name: str, words: str) -> str:
    return f'<span class="state state-{kind}">{icon(name)}<span>{escape(words)}</span></span>'
