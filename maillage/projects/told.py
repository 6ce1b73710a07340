"""What came of projects, as somebody reads it: counts by effect with what they are counted among, stories, what shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.concertation.models import Meeting
from maillage.core.typography import day
from maillage.journal.models import Entry
from maillage.programs.models import Program

from .enums import Effect, ProofKind
from .models import Project, Proof, Result
from .queries import ProjectSeen
from .sight import Sight

ON_SHEET, PER_PAGE = 20, 20
# What a result tells, on the page and in the file.
SHOWN = (
    "uid", "effect", "statement", "told_as", "observed_on", "story", "is_public", "project__name", "project__is_public",
    "project__group", "project__program",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProofSeen:
    """A proof: its kind, what it is (linked when the person may open it), what it shows."""

    pk: int
    kind: str
    label: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ResultSeen:
    """A result with the proofs that the person may know of."""

    result: Result
    proofs: list[ProofSeen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EffectCount:
    """How many results, of how many projects, say that this changed."""

    code: str
    label: str
    results: int
    projects: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of some results: by effect (those that nobody tells of as well), and together, each project once."""

    effects: list[EffectCount]
    results: int
    projects: int

    def of(self, effect: str) -> int:
        """How many results of one effect; of all without one."""
        return next((count.results for count in self.effects if count.code == effect), self.results)


def counted(results: QuerySet[Result]) -> Counted:
    """Counts of `results`, in one query."""
    rows = results.order_by().values_list("effect", "project").annotate(told=Count("pk"))
    told: dict[str, list[int]] = {}
    projects = set()
    for effect, project, many in rows:
        told.setdefault(effect, []).append(many)
        projects.add(project)
    effects = [
        EffectCount(code, str(label), sum(told.get(code, [])), len(told.get(code, [])))
        for code, label in Effect.choices
    ]
    return Counted(effects, sum(map(sum, told.values())), len(projects))


def page_of(found: QuerySet[Result], many: int, number: str | None) -> Page[Result]:
    """A page of results that were counted already."""
    paginator = Paginator(found, PER_PAGE)
    paginator.count = many
    return paginator.get_page(number)


def seen_results(actor: Any, results: Sequence[Result], *, inside: bool | Sight) -> list[ResultSeen]:
    """`results` with their proofs, each linked only for who may open it; an entry is unknown outside of its team.

    `inside` says whether the person sees the projects, or which they see. Who reads a public sheet is told addresses only.
    """
    if not results:
        return []
    proofs = list(
        Proof.objects.filter(result__in=[result.pk for result in results])
        .select_related("meeting", "document", "activity", "entry")
        .order_by("added_at", "id")
    )
    if not proofs:
        return [ResultSeen(result) for result in results]
    read = (result for result in results if (inside.holds(result.project) if isinstance(inside, Sight) else inside))
    mine = {result.project_id for result in read}
    reader = _Reader.of(actor, proofs) if mine else _Reader()
    of_project = {result.pk: result.project_id for result in results}
    held: dict[int, list[ProofSeen]] = {}
    for proof in proofs:
        seen = reader.seen(proof, inside=of_project[proof.result_id] in mine)
        if seen is not None:
            held.setdefault(proof.result_id, []).append(seen)
    return [ResultSeen(result, held.get(result.pk, [])) for result in results]


@dataclass(frozen=True, slots=True)
class _Reader:
    """The meetings and the entries that somebody may open."""

    meetings: frozenset[int] = frozenset()
    entries: frozenset[int] = frozenset()

    @classmethod
    def of(cls, actor: Any, proofs: Sequence[Proof]) -> "_Reader":
        meetings = {proof.meeting_id for proof in proofs if proof.meeting_id}
        entries = {proof.entry_id for proof in proofs if proof.entry_id}
        met = Meeting.objects.visible_to(actor).filter(pk__in=meetings).order_by().values_list("pk", flat=True)
        read = Entry.objects.visible_to(actor).filter(pk__in=entries).order_by().values_list("pk", flat=True)
        return cls(frozenset(met if meetings else ()), frozenset(read if entries else ()))

    def seen(self, proof: Proof, *, inside: bool) -> ProofSeen | None:
        """The proof as this person may know of it; None when they may not."""
        kind = str(proof.get_kind_display())
        if proof.kind == ProofKind.ADDRESS:
            return ProofSeen(proof.pk, kind, proof.url, proof.url, proof.words)
        if not inside:
            return None
        if proof.meeting is not None:
            if proof.meeting_id not in self.meetings:
                return ProofSeen(proof.pk, kind, "", "", proof.words)
            href = reverse("concertation:meeting", args=[proof.meeting.uid])
            return ProofSeen(proof.pk, kind, proof.meeting.title, href, proof.words)
        if proof.entry is not None:
            if proof.entry_id not in self.entries:
                return None
            label = str(day(proof.entry.date))
            return ProofSeen(proof.pk, kind, label, reverse("journal:entry", args=[proof.entry.uid]), proof.words)
        if proof.document is not None:
            href = reverse("projects:document", args=[proof.document.uid])
            return ProofSeen(proof.pk, kind, proof.document.title, href, proof.words)
        if proof.activity is not None:
            href = reverse("projects:activity", args=[proof.activity.uid])
            return ProofSeen(proof.pk, kind, proof.activity.title, href, proof.words)
        return None


class ProgramResults:
    """What came of the projects of a programme that are in `sight`, or whose sheet is public; `effet` keeps one effect."""

    def __init__(self, sight: Sight, program: Program, effect: str = "") -> None:
        self.program = program
        self.effect = effect if effect in Effect.values else ""
        here, theirs = Project.objects.filter(program=program), Result.objects.filter(project__program=program)
        self.projects, self.whole = here, theirs
        if not sight.everything:
            self.projects = here.filter(sight.of() | Q(is_public=True))
            self.whole = theirs.filter(sight.of("project__") | Q(is_public=True, project__is_public=True))

    def found(self) -> QuerySet[Result]:
        """The results asked for."""
        found = self.whole.filter(effect=self.effect) if self.effect else self.whole
        return found.select_related("project").only(*SHOWN).order_by("effect", "-observed_on", "-id")


def result_columns() -> list[str]:
    """Titles of the results' file."""
    return [
        _("Projet"), _("Effet"), _("Ce qui a changé"), _("Qui le dit"), _("Observé le"), _("Récit"), _("Fiche publique"),
    ]  # fmt: skip


def result_rows(found: QuerySet[Result]) -> Any:
    """A row a result."""
    for one in found.iterator(chunk_size=500):
        shown = _("oui") if one.is_public and one.project.is_public else _("non")
        yield (
            one.project.name, one.get_effect_display(), one.statement, one.get_told_as_display(), one.observed_on,
            one.story, shown,
        )  # fmt: skip


def results_part(request: HttpRequest, seen: ProjectSeen) -> dict[str, Any]:
    """How many results of each effect a project has, those it has none of left out."""
    counts = [count for count in counted(Result.objects.filter(project=seen.project)).effects if count.results]
    return {"result_counts": counts}


def results_sheet_part(request: HttpRequest, project: Project) -> dict[str, Any]:
    """The results that anybody may read, with the addresses that show them."""
    found = list(Result.objects.public().filter(project=project).order_by("effect", "-observed_on", "-id")[:ON_SHEET])
    return {"told_results": seen_results(request.user, found, inside=False)}
