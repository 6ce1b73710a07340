"""A programme sets up its support measure: the fund, what its committee looks at, its calls."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from maillage.core.errors import Refused, require
from maillage.core.services import audit, write
from maillage.core.slugs import free_slug
from maillage.programs.models import Program
from maillage.projects.identities import refuse_identities
from maillage.projects.models import Application, Call, Criterion, Fund
from maillage.projects.permissions import can_manage_fund, can_open_fund

FUND = {"new": "projects.fund_opened", "changed": "projects.fund_edited"}
CRITERION = {"new": "projects.criterion_added", "changed": "projects.criterion_edited"}
CALL = {"new": "projects.call_opened", "changed": "projects.call_edited"}
# Words that stand in addresses where a fund's own would.
TAKEN = frozenset({"appels", "criteres", "demandes", "nouvelle"})
MOST_CRITERIA = 20


@transaction.atomic
def open_fund(*, actor: Any, program: Program, values: Mapping[str, Any]) -> Fund:
    """Set up a support measure of `program`. Raises `NotAllowed`, `ValidationError`."""
    require(can_open_fund(actor, program))
    _refuse_identities(values, "name", "words", "conditions")
    given = {
        **values,
        "slug": free_slug(str(values.get("name", "")), among=Fund.objects.all(), reserved=TAKEN, otherwise="mesure"),
    }
    return write(actor=actor, obj=Fund(program=program), values=given, **FUND).obj


@transaction.atomic
def edit_fund(*, actor: Any, fund: Fund, values: Mapping[str, Any]) -> Fund:
    """Change a support measure. Raises `NotAllowed`, `Refused` (an envelope under what is granted), `ValidationError`."""
    require(can_manage_fund(actor, fund))
    _refuse_identities(values, "name", "words", "conditions")
    held = Fund.objects.select_for_update(of=("self",)).select_related("program", "committee").get(pk=fund.pk)
    if "envelope" in values:
        granted = Application.objects.filter(call__fund=held).exclude(granted=None).values_list("granted", flat=True)
        if values["envelope"] is not None and values["envelope"] < sum(amount for amount in granted if amount):
            raise Refused(_("L'enveloppe ne peut pas être plus petite que ce qui est déjà accordé."), on="envelope")
    return write(actor=actor, obj=held, values=values, **FUND).obj


@transaction.atomic
def add_criterion(*, actor: Any, fund: Fund, values: Mapping[str, Any]) -> Criterion:
    """Add what the committee looks at. Raises `NotAllowed`, `Refused` (too many), `ValidationError`."""
    require(can_manage_fund(actor, fund))
    _refuse_identities(values, "label", "words")
    held = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    if held.criteria.filter(is_retired=False).count() >= MOST_CRITERIA:
        raise Refused(_("Une mesure compte au plus %d critères : retirez-en un d'abord.") % MOST_CRITERIA)
    last = held.criteria.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return write(actor=actor, obj=Criterion(fund=held, position=position), values=values, **CRITERION).obj


@transaction.atomic
def retire_criterion(*, actor: Any, criterion: Criterion) -> None:
    """Take a criterion away: one that has scores stays with them and is asked no more. Raises `NotAllowed`."""
    require(can_manage_fund(actor, criterion.fund))
    held = Criterion.objects.select_for_update(of=("self",)).get(pk=criterion.pk)
    audit(actor=actor, verb="projects.criterion_retired", obj=held)
    if held.scores.exists():
        held.is_retired = True
        held.save(update_fields=["is_retired"])
    else:
        held.delete()


@transaction.atomic
def open_call(*, actor: Any, fund: Fund, values: Mapping[str, Any]) -> Call:
    """Open a call of a fund. Raises `NotAllowed`, `Refused` (outside of the fund's dates, over its envelope), `ValidationError`."""
    require(can_manage_fund(actor, fund))
    _check_call(fund, values)
    return write(actor=actor, obj=Call(fund=fund), values=values, **CALL).obj


@transaction.atomic
def edit_call(*, actor: Any, call: Call, values: Mapping[str, Any]) -> Call:
    """Change a call. Raises as `open_call`."""
    require(can_manage_fund(actor, call.fund))
    held = Call.objects.select_for_update(of=("self",)).select_related("fund").get(pk=call.pk)
    _check_call(held.fund, values)
    return write(actor=actor, obj=held, values=values, **CALL).obj


@transaction.atomic
def remove_call(*, actor: Any, call: Call) -> None:
    """Take back a call to which nobody applied. Raises `NotAllowed`, `Refused`."""
    require(can_manage_fund(actor, call.fund))
    if call.applications.exists():
        raise Refused(_("Cet appel a reçu des demandes : il reste. Avancez sa date de fermeture s'il doit cesser."))
    audit(actor=actor, verb="projects.call_removed", obj=call)
    call.delete()


def _refuse_identities(values: Mapping[str, Any], *names: str) -> None:
    """A fund says whom to write to and who signs: its keepers' names are its own; what is always somebody's own is refused."""
    refuse_identities({name: str(values.get(name) or "") for name in names}, confirmed=True)


def _check_call(fund: Fund, values: Mapping[str, Any]) -> None:
    _refuse_identities(values, "title", "words")
    if fund.end is not None and values["closes_on"] > fund.end:
        raise Refused(_("L'appel fermerait après la fin de la mesure : changez l'une ou l'autre date."), on="closes_on")
    if values["opens_on"] < fund.start:
        raise Refused(
            _("L'appel ouvrirait avant le début de la mesure : changez l'une ou l'autre date."), on="opens_on"
        )
    for name, said in (
        ("decides_on", _("Les décisions viendraient avant la fermeture de l'appel.")),
        ("report_due_on", _("Les rapports seraient dus avant la fermeture de l'appel.")),
    ):
        if (on := values.get(name)) is not None and on < values["closes_on"]:
            raise Refused(said, on=name)
    if (envelope := values.get("envelope")) is not None and envelope > fund.envelope:
        raise Refused(_("L'enveloppe de l'appel dépasse celle de la mesure."), on="envelope")
