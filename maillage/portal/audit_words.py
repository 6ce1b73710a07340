"""How the audit log says what was done: a sentence a verb, for all rooms (the portal stands above them)."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "accounts.activation": _("Compte activé ou désactivé"),
    "accounts.administration": _("Administration donnée ou retirée"),
    "accounts.opened": _("Compte ouvert"),
    "accounts.profile": _("Profil modifié"),
    "accounts.reset_sent": _("Lien de mot de passe envoyé"),
    "demonstration.loaded": _("Démonstration chargée"),
    "directory.organization_added": _("Organisation ajoutée"),
    "directory.organization_edited": _("Organisation modifiée"),
    "directory.owner_dated": _("Date du propriétaire précisée"),
    "directory.owner_set": _("Propriétaire inscrit"),
    "directory.owners_set": _("Propriétaires inscrits"),
    "directory.succession_added": _("Regroupement d'organisations inscrit"),
    "directory.succession_edited": _("Regroupement d'organisations modifié"),
    "directory.tenant_body_added": _("Instance de locataires ajoutée"),
    "directory.tenant_body_edited": _("Instance de locataires modifiée"),
    "directory.tenant_body_sites": _("Milieux d'une instance de locataires modifiés"),
    "journal.delete": _("Intervention supprimée"),
    "journal.edit": _("Intervention modifiée"),
    "journal.forget_note": _("Note effacée"),
    "journal.import": _("Intervention importée"),
    "journal.log": _("Intervention inscrite"),
    "journal.restore": _("Intervention rétablie"),
    "programs.edition_opened": _("Édition suivante ouverte"),
    "programs.frame_opened": _("Cadre de codification ouvert"),
    "programs.hours_set": _("Heures de soutien inscrites"),
    "programs.invitation_accepted": _("Invitation acceptée"),
    "programs.invitation_resent": _("Invitation renvoyée"),
    "programs.invitation_revoked": _("Invitation annulée"),
    "programs.invitation_sent": _("Invitation envoyée"),
    "programs.member_added": _("Personne ajoutée à l'équipe"),
    "programs.member_edited": _("Participation modifiée"),
    "programs.member_ended": _("Accès retiré"),
    "programs.member_reinstated": _("Accès redonné"),
    "programs.member_removed": _("Participation effacée"),
    "programs.partner_added": _("Partenaire ajouté"),
    "programs.partner_edited": _("Partenaire modifié"),
    "programs.partner_removed": _("Partenaire retiré"),
    "programs.program_edited": _("Programme modifié"),
    "programs.program_opened": _("Programme ouvert"),
    "programs.sites_covered": _("Milieux couverts ou desservis"),
    "programs.sites_uncovered": _("Milieux retirés du programme"),
    "programs.term_added": _("Terme ajouté"),
    "programs.term_edited": _("Terme modifié"),
    "programs.term_reinstated": _("Terme repris"),
    "programs.term_removed": _("Terme effacé"),
    "programs.term_retired": _("Terme retiré"),
    "programs.terms_reordered": _("Vocabulaire réordonné"),
    "territories.boundary_set": _("Limites inscrites"),
    "territories.division_added": _("Territoire ajouté"),
    "territories.division_edited": _("Territoire modifié"),
    "territories.name_recorded": _("Ancien nom de territoire inscrit"),
    "territories.site_added": _("Milieu d'habitation ajouté"),
    "territories.site_edited": _("Milieu d'habitation modifié"),
    "territories.succession_added": _("Regroupement de territoires inscrit"),
    "territories.succession_edited": _("Regroupement de territoires modifié"),
}

# What a line says of a change when it is not a field of the object.
CHANGES: dict[str, str | Promise] = {
    "added": _("Ajoutés"),
    "boundary": _("Limites"),
    "changed": _("Modifiés"),
    "from": _("À partir de"),
    "is_active": _("Compte actif"),
    "is_administrator": _("Administration"),
    "name": _("Nom"),
    "owner": _("Propriétaire"),
    "reason": _("Raison"),
    "referrals": _("Références"),
    "removed": _("Retirés"),
    "served": _("Desservis"),
    "since": _("Depuis"),
    "sites": _("Milieux"),
    "targeted": _("Ciblés"),
    "terms": _("Termes"),
    "user": _("Compte"),
    "vocabulary": _("Vocabulaire"),
}


def field_words(model: Any, name: str) -> tuple[str, dict[Any, Any]]:
    """A changed field in words (its name in the model, else in `CHANGES`, else as it is), and those of its choices."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    own = getattr(field, "verbose_name", None)
    return capfirst(str(own or CHANGES.get(name, name))), dict(getattr(field, "flatchoices", ()))


def said(verb: str) -> str:
    """The sentence of a verb; a verb that nobody put in words is shown as it is."""
    return str(VERBS.get(verb, verb))
