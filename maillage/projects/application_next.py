"""What comes next with an application, for the person who reads it: a sentence, and the one page where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.typography import day

from .amounts import dollars
from .application_parts import ApplicationSeen
from .conflicts import conflict_of
from .enums import ApplicationState
from .models import Application

_S = ApplicationState
EVALUATED = (_S.SUBMITTED, _S.REVIEWED)
DECIDED = (_S.GRANTED, _S.AGREED, _S.REPORTED, _S.CLOSED, _S.REFUSED, _S.DEFERRED)
Words = Mapping[str, tuple[str | Promise, str, str | Promise]]

# State → sentence, page, verb of its button. Of those who ask, then of those who keep the fund.
_ASKING: Words = {
    _S.SUBMITTED: (gettext_lazy("La mesure a votre demande : elle la lit, puis la remet au comité."), "", ""),
    _S.REVIEWED: (gettext_lazy("Le comité étudie votre demande : sa décision se lira ici."), "", ""),
    _S.GRANTED: (gettext_lazy("Lisez la décision, puis signez la lettre d'entente : l'argent vient ensuite."), "grant", gettext_lazy("Lire la décision et la lettre")),
    _S.REFUSED: (gettext_lazy("Le soutien n'est pas accordé : la décision en dit la raison. Le projet peut demander à un autre appel."), "grant", gettext_lazy("Lire la décision")),
    _S.DEFERRED: (gettext_lazy("La décision est reportée : la mesure remettra la demande au comité."), "grant", gettext_lazy("Lire la décision")),
    _S.AGREED: (gettext_lazy("La lettre est signée. Quand le projet finit, écrivez son rapport final."), "final_report_edit", gettext_lazy("Écrire le rapport final")),
    _S.REPORTED: (gettext_lazy("La mesure lit votre rapport final : elle l'accepte ou dit ce qui manque."), "final_report", gettext_lazy("Lire le rapport final")),
    _S.CLOSED: (gettext_lazy("Le rapport est accepté : il ne reste rien à faire."), "final_report", gettext_lazy("Lire le rapport final")),
}  # fmt: skip
_KEEPING: Words = {
    _S.SUBMITTED: (gettext_lazy("Lisez la demande. Il y manque quelque chose ? Demandez des précisions ; sinon, remettez-la au comité."), "", ""),
    _S.REVIEWED: (gettext_lazy("Le comité évalue la demande. Quand il a décidé, inscrivez sa décision."), "committee", gettext_lazy("Évaluer et décider")),
    _S.DEFERRED: (gettext_lazy("La décision est reportée : remettez la demande au comité quand il peut la reprendre."), "", ""),
    _S.GRANTED: (gettext_lazy("Faites signer la lettre d'entente, puis notez la signature : rien ne se verse avant."), "grant", gettext_lazy("Noter la signature de la lettre")),
    _S.AGREED: (gettext_lazy("La lettre est signée : versez ce qui est accordé. Le groupe écrira son rapport final."), "grant", gettext_lazy("Inscrire un versement")),
    _S.REPORTED: (gettext_lazy("Le rapport final est déposé : lisez-le, puis acceptez-le ou redemandez-le."), "final_report", gettext_lazy("Lire le rapport final")),
}  # fmt: skip
_EVALUATING = (gettext_lazy("Le comité attend vos notes."), "committee", gettext_lazy("Évaluer cette demande"))


@dataclass(frozen=True, slots=True)
class Next:
    """What is expected, when (`due`, in a sentence), and the page of it with the verb of its button, when there is one."""

    sentence: str
    due: str = ""
    page: str = ""
    href: str = ""
    verb: str = ""


def next_of(seen: ApplicationSeen) -> Next | None:
    """What comes next for who reads; None where the page itself says it (one that is written), or for who only reads it."""
    one = seen.application
    if seen.manages and one.state in _KEEPING:
        return _told(one, *_KEEPING[one.state])
    if seen.reviewer is not None and one.state in EVALUATED and not seen.carries:
        if not conflict_of(one, seen.reviewer):
            return _told(one, *_EVALUATING)
        waiting = reverse("projects:fund_committee", args=[one.call.fund.slug])
        return Next(
            _("Vous êtes en conflit d'intérêts : le comité évalue sans vous."),
            "",
            "committee",
            waiting,
            _("Demandes à évaluer"),
        )
    return _told(one, *_ASKING[one.state]) if seen.carries and one.state in _ASKING else None


def _told(one: Application, sentence: Any, page: str, verb: Any) -> Next:
    href = reverse(f"projects:{page}", args=[one.uid]) if page else ""
    return Next(str(sentence), _due(one, timezone.localdate()), page, href, str(verb))


def _due(one: Application, today: date) -> str:
    """The day of the call that counts at this step."""
    if one.state in EVALUATED and one.call.decides_on is not None:
        return _("Décisions pour le %s.") % day(one.call.decides_on)
    if one.state == _S.GRANTED and one.granted is not None:
        return _("Montant accordé : %s.") % dollars(one.granted)
    report_on = one.call.report_due_on
    if one.state == _S.AGREED and report_on is not None:
        late = report_on < today
        return (_("Le rapport était attendu le %s.") if late else _("Rapport attendu le %s.")) % day(report_on)
    return ""
