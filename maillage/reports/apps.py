from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "maillage.reports"
    label = "reports"
    verbose_name = "Bilans et exports"

    def ready(self) -> None:
        from maillage.statistics.presentation import offer_file

        offer_file(_("Document PDF"), "file-earmark-pdf", "reports:portrait_file", format="pdf")
        offer_file(_("Classeur Excel"), "file-earmark-spreadsheet", "reports:portrait_file", format="xlsx")
        offer_file(_("Données CSV"), "file-earmark-arrow-down", "reports:portrait_file", format="csv")
