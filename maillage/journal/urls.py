"""Addresses of the journal, and of what makes its form work without network."""

from django.urls import include, path

from maillage.core.imports.addresses import addresses

from .views import (
    devices,
    field,
    follow_ups,
    installed,
    listing,
    loop_figures,
    quarantine,
    receivers,
    record,
    settling,
    slips,
    unmet,
    writing,
)

app_name = "journal"
pages = [
    path("", listing.journal, name="list"),
    path("export/", listing.export, name="export"),
    path("nouvelle/", writing.new, name="new"),
    path("organisations/", record.organizations, name="organizations"),
    path("hors-ligne/", field.offline, name="offline"),
    path("terrain/", field.queue, name="field"),
    path("terrain/formulaire/", field.form, name="field_form"),
    path("terrain/repertoire/", field.directory, name="field_directory"),
    path("a-regler/", settling.to_settle, name="to_settle"),
    path("a-regler/operation/<uuid:uid>/", quarantine.operation, name="operation"),
    path("a-concilier/<uuid:uid>/", settling.reconcile, name="reconcile"),
    path("appareils/", devices.devices, name="devices"),
    path("appareils/<uuid:uid>/revoquer/", devices.revoke, name="revoke_device"),
    path("fichier-scelle/", devices.sealed_file, name="sealed_file"),
    path("suivis/", follow_ups.follow_ups, name="follow_ups"),
    path("suivis/bilan/", loop_figures.figures, name="loop_figures"),
    path("suivis/bilan/export/", loop_figures.figures_file, name="loop_figures_file"),
    path("suivis/<uuid:uid>/", follow_ups.follow_up, name="follow_up"),
    path("suivis/<uuid:uid>/fiche/", slips.slip, name="slip"),
    path("suivis/<uuid:uid>/noter/", follow_ups.note, name="follow_up_note"),
    path("suivis/<uuid:uid>/defaire/", follow_ups.undo, name="follow_up_undo"),
    path("suivis/<uuid:uid>/relancer/", follow_ups.postpone, name="follow_up_postpone"),
    path("suivis/<uuid:uid>/transmettre/", receivers.transmit, name="transmit"),
    path("suivis/<uuid:uid>/lien/<int:pk>/reprendre/", receivers.revoke, name="revoke_link"),
    *addresses("journal"),
    path("besoins-sans-reponse/", unmet.board, name="unmet"),
    path("besoins-sans-reponse/preuves/", unmet.evidence, name="unmet_evidence"),
    path("besoins-sans-reponse/porter/", unmet.raise_one, name="raise_need"),
    path("besoins-sans-reponse/portes/", unmet.raised, name="raised_needs"),
    path("besoins-sans-reponse/portes/<uuid:uid>/", unmet.raised_one, name="raised_need"),
    path("<uuid:uid>/", record.entry, name="entry"),
    path("<uuid:uid>/inscrite/", record.saved, name="saved"),
    path("<uuid:uid>/corriger/", writing.edit, name="edit"),
    path("<uuid:uid>/supprimer/", record.delete, name="delete"),
    path("<uuid:uid>/supprimee/", record.deleted, name="deleted"),
    path("<uuid:uid>/retablir/", record.restore, name="restore"),
]
urlpatterns = [
    path("journal/", include(pages)),
    path("reference/", receivers.code, name="code"),
    path("reference/<str:token>/", receivers.receiver, name="receiver"),
    path("sw.js", installed.service_worker, name="service_worker"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
]
