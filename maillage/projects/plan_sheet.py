"""The rows of a plan's printable page. A plan stands whole there: three hundred rows are put together here, not in a template."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .plan_reading import Told


def sheet_rows(lines: Iterable[Told]) -> SafeString:
    """A row an action: what, who with whom, when, where it stands."""
    nobody, undated, alone = _("à confier à quelqu'un"), _("sans date"), _("Sans appui nommé")
    means, partners = _("Moyens : %s"), _("avec %s")
    rows = []
    for line in lines:
        what = [*line.details.splitlines(), means % line.means if line.means else ""]
        stands = [line.target, line.outcome, *line.supports]
        rows.append(
            f'<tr><th scope="row">{escape(line.title)}{_more(what)}</th>'
            f"<td>{escape(line.who or nobody)}{_more([partners % line.partners if line.partners else ''])}</td>"
            f"<td>{escape(line.when or undated)}</td>"
            f"<td><b>{escape(line.state)}</b>{_more(stands)}"
            f"{f'<p class=sheet-alone>{escape(alone)}' if line.is_alone else ''}</td></tr>"
        )
    return mark_safe("".join(rows))  # noqa: S308 (each text is escaped)


def _more(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}" for text in texts if text)
