from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "maillage.reports"
    label = "reports"
    verbose_name = "Bilans et exports"

    def ready(self) -> None:
        from maillage.statistics import publication
        from maillage.statistics.presentation import offer_file

        offer_file(_("Document PDF"), "file-earmark-pdf", "reports:portrait_file", format="pdf")
        offer_file(_("Classeur Excel"), "file-earmark-spreadsheet", "reports:portrait_file", format="xlsx")
        offer_file(_("Données CSV"), "file-earmark-arrow-down", "reports:portrait_file", format="csv")
        for label, icon, format in (
            (_("Document PDF"), "file-earmark-pdf", "pdf"),
            (_("Classeur Excel"), "file-earmark-spreadsheet", "xlsx"),
            (_("Données CSV"), "file-earmark-arrow-down", "csv"),
            (_("JSON"), "file-earmark-text", "json"),
            (_("Paquet de données ouvertes"), "folder2-open", "zip"),
        ):
            publication.offer_file(label, icon, "reports:publication_file", format=format)
        publication.offer_file(_("Rapport d'attaque (CSV)"), "shield-check", "reports:publication_attack_file")
