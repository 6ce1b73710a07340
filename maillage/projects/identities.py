"""What is written in this room never says who was met in the field: its words are screened, names of places and organizations spared."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.journal.screening import Finding, screen

from .models import Application, Project

# Always somebody's own; a name, a telephone or an address may be those of a partner or a place: a person says so.
NEVER = ("ramq", "sin", "birth_date", "unit")
SAID = 5  # passages that one sentence quotes


def refuse_identities(
    texts: Mapping[str, str], *, known: Callable[[], Iterable[str]] = list, confirmed: bool | None = False
) -> None:
    """Raise `ValidationError`, by the name of each text, for what could say who a person met in the field is.

    `known` gives names that are nobody's, read once and only when something is found. `confirmed`: somebody read the passages
    and says that none is a person met; what is always somebody's own is refused still. None: nobody can say so here.
    """
    spared: list[str] | None = None

    def names() -> list[str]:
        nonlocal spared
        if spared is None:
            spared = [name for name in known() if name]
        return spared

    wrong: dict[str, Any] = {}
    for name, text in texts.items():
        found = screen(text, names) if text and text.strip() else []
        kept = [finding for finding in found if not confirmed or finding.kind in NEVER]
        if kept:
            wrong[name] = _sentence(kept, may_confirm=confirmed is False)
    if wrong:
        raise ValidationError(wrong)


def names_of(project: Project, around: Iterable[Any] = ()) -> Iterator[str]:
    """Names that words of this project may say: its own, its group's, its programme's, its places', its organizations', `around`."""
    for thing in (project, project.group, project.program, project.promoter, project.continued_by, *around):
        if thing is not None:
            yield str(thing)
    if project.pk is None:
        return
    for pair in project.sites.order_by("id").values_list("name", "address"):
        yield from pair
    for name, above in project.territories.order_by("id").values_list("name", "parent__name"):
        yield from (name, above or "")
    yield from project.partners.order_by("id").values_list("organization__name", flat=True)


def names_around(application: Application) -> Iterator[str]:
    """Names that words about this application may say: those of its project, of its fund and call, of whoever pays or is paid."""
    call = application.call
    yield from names_of(
        application.project, [application.payee, application.group, call, call.fund, call.fund.committee]
    )
    organizations = application.budget.filter(organization__isnull=False).order_by("id")
    yield from organizations.values_list("organization__name", flat=True)


def _sentence(found: list[Finding], *, may_confirm: bool) -> str:
    said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in found[:SAID])
    if may_confirm and not any(finding.kind in NEVER for finding in found):
        return _(
            "Retirez ce qui dit qui est la personne, ou confirmez que ce n'est pas une personne rencontrée : {said}."
        ).format(said=said)
    return _("Retirez ce qui dit qui est la personne : {said}.").format(said=said)
