"""What the main pages cost: CPU of the server per request, queries, weight of the HTML.

Requests go through the whole product (middleware, session, templates) in this process, against the data of this
installation, so that no other process's work is counted. Wall time says nothing on a shared machine: CPU is measured.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accounts.models import User
from maillage.core.benchmarks import Measure
from maillage.core.errors import Refused
from maillage.directory.models import Service
from maillage.journal.models import Referral
from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program, ProgramSite

BUDGET = "budget"
BUDGET_CPU_MS = 25.0
BUDGET_QUERIES = 12
BUDGET_HTML_KB = 60.0
PORTRAIT_CPU_MS = 50.0


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """One page: median CPU of a request in milliseconds, queries, kilobytes of HTML before compression."""

    name: str
    cpu_ms: float
    queries: int
    html_kb: float


def addresses(program: Program) -> list[tuple[str, str]]:
    """The main pages, by the name a person knows them under, for someone who coordinates `program`."""
    site = ProgramSite.objects.filter(program=program).order_by("id").first()
    entry = program.entries.filter(deleted_at=None).order_by("-id").first()
    if site is None or entry is None:
        raise Refused("Ce programme n'a ni milieu ni intervention à mesurer : lancez d'abord « make demo ».")
    slug = {"slug": program.slug}
    return [
        ("Aujourd'hui", reverse("portal:home")),
        ("Journal", f"{reverse('journal:list')}?programme={program.slug}"),
        (
            "Journal, filtré",
            f"{reverse('journal:list')}?programme={program.slug}&nature=individual&mrc={entry.mrc.code}",
        ),
        ("Inscrire", f"{reverse('journal:new')}?programme={program.slug}"),
        ("Intervention", reverse("journal:entry", kwargs={"uid": entry.uid})),
        ("Portrait", reverse("statistics:portrait", kwargs=slug)),
        ("Carte et tableau", f"{reverse('programs:territories')}?programme={program.slug}"),
        ("Milieu", reverse("programs:site", kwargs={"uid": site.site.uid})),
        ("Programme", reverse("programs:program", kwargs=slug)),
        ("Répertoire", f"{reverse('directory:search')}?q=aliment"),
        *_of_referrals(program),
    ]


def _of_referrals(program: Program) -> list[tuple[str, str]]:
    """Pages of referrals, in the programme of the same coordination where the most was said of them."""
    theirs = Program.objects.visible_to(coordinator_of(program))
    told = theirs.annotate(said=Count("entries__referrals__events")).order_by("-said", "id").first() or program
    query = f"?programme={told.slug}"
    referral = Referral.objects.filter(entry__program=told, entry__deleted_at=None).exclude(state="given")
    service = Service.objects.offered().order_by("-service_locations", "id").first()
    found = [
        ("Mes suivis", f"{reverse('journal:follow_ups')}{query}"),
        ("Besoins sans réponse", f"{reverse('journal:unmet')}{query}"),
        ("Preuves d'un besoin", f"{reverse('journal:unmet_evidence')}{query}"),
    ]
    if one := referral.order_by("-id").first():
        found.append(("Suivi d'une référence", reverse("journal:follow_up", kwargs={"uid": one.uid})))
    if service is not None:
        found.append(("Fiche d'un service", reverse("directory:service", kwargs={"uid": service.uid})))
    return found


def coordinator_of(program: Program) -> User:
    """Somebody who coordinates `program` now. `Refused` where nobody does."""
    found = Membership.objects.current().filter(program=program, role=Role.COORDINATOR, user__is_active=True)
    member = found.order_by("id").first()
    if member is None or member.user is None:
        raise Refused("Personne ne coordonne ce programme : la mesure se fait sous les yeux de la coordination.")
    return member.user


def measure(program: Program, repeats: int = 30) -> list[PageMeasure]:
    """The cost of each main page, in the order of `addresses`."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(coordinator_of(program), backend=settings.AUTHENTICATION_BACKENDS[0])
    return [measure_page(client, name, address, repeats) for name, address in addresses(program)]


def measure_page(client: Client, name: str, address: str, repeats: int) -> PageMeasure:
    """The cost of one page for whoever `client` signed in. `Refused` where it does not open."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise Refused(f"{name} : {address} répond {answer.status_code}.")
    client.get(address)  # templates are compiled and mirrors loaded by now
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # now: the next request empties the log
    times = []
    for _ in range(repeats):
        before = time.process_time()
        client.get(address)
        times.append((time.process_time() - before) * 1000)
    return PageMeasure(name, median(times), queries, len(answer.content) / 1000)


def run(entries: int, say: Callable[[str], None]) -> list[Measure]:
    """Three rows a page (CPU, queries, weight) beside the budget, in the programme of this home with most entries.

    `entries` is not used: pages are measured on the data that stand here. `Refused` where there is nothing to measure.
    """
    program = Program.objects.annotate(size=Count("entries")).order_by("-size", "id").first()
    if program is None:
        raise Refused("Il n'y a pas de programme à mesurer : lancez d'abord « make demo ».")
    say(f"{program.name} : {program.size} interventions")
    return [row for page in measure(program) for row in rows_of(page)]


def measure_made(
    make: Callable[[], Any], addresses: Callable[[Any], list[tuple[str, str]]], repeats: int
) -> list[PageMeasure]:
    """The pages that `addresses` gives of what `make` writes, for its `coordinator`; what was written is undone."""
    with transaction.atomic():
        made = make()
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(made.coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])
        found = [measure_page(client, name, address, repeats) for name, address in addresses(made)]
        transaction.set_rollback(True)
    return found


def rows_of(page: PageMeasure) -> list[Measure]:
    """CPU, queries and weight of a page beside its budget."""
    cpu = PORTRAIT_CPU_MS if page.name == "Portrait" else BUDGET_CPU_MS
    return [
        Measure(f"{page.name}, CPU", page.cpu_ms, "ms", BUDGET, cpu),
        Measure(f"{page.name}, requêtes", page.queries, "", BUDGET, BUDGET_QUERIES),
        Measure(f"{page.name}, HTML", page.html_kb, "ko", BUDGET, BUDGET_HTML_KB),
    ]
