from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "maillage.programs"
    label = "programs"
    verbose_name = "Programmes"
