"""Words of a project never say who was met: what is somebody's own is refused, what looks like a name is asked about."""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.directory.models import Organization
from maillage.journal.screening import screen

from .models import Project

# Always somebody's own, whoever they are; a name, a telephone or an address may be those of a partner or a place.
NEVER = frozenset({"ramq", "sin", "birth_date", "unit"})


def check_identities(texts: Mapping[str, str], *, project: Project, confirmed: bool) -> None:
    """Raise `ValidationError` by the name of each text that could say who somebody is.

    `confirmed` says that a person read the passages and that none is somebody met.
    """
    wrong: dict[str, list[str]] = {}
    for name, text in texts.items():
        for finding in screen(text or "", lambda: list(_known(project))):
            if finding.kind in NEVER:
                said = _("« {passage} » ressemble à {what} : retirez-le, personne ne doit être désigné.")
            elif confirmed:
                continue
            else:
                said = _(
                    "« {passage} » ressemble à {what} : retirez-le, ou confirmez que ce n'est pas une personne rencontrée."
                )
            wrong.setdefault(name, []).append(said.format(passage=finding.passage, what=finding.sentence))
    if wrong:
        raise ValidationError(wrong)


def _known(project: Project) -> Iterator[str]:
    """Names of the project's places and organizations, which are nobody's."""
    yield project.name
    for site in project.sites.order_by("id"):
        yield site.name
        yield site.address
    yield from project.territories.order_by("id").values_list("name", flat=True)
    if project.group is not None:
        yield project.group.name
    own = Organization.objects.filter(project_parts__project=project).order_by("id").distinct()
    yield from own.values_list("name", flat=True)[:200]
    if project.promoter is not None:
        yield project.promoter.name
