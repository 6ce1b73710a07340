from django.urls import path

from .views import portrait_file, publication_file

app_name = "reports"
urlpatterns = [
    path("portraits/<slug:slug>/portrait.<slug:format>", portrait_file.portrait_file, name="portrait_file"),
    path(
        "publications/<slug:slug>/<int:number>/v<int:version>/fichier.<slug:format>",
        publication_file.publication_file,
        name="publication_file",
    ),
    path(
        "publications/<slug:slug>/<int:number>/v<int:version>/attaque.csv",
        publication_file.attack_file,
        name="publication_attack_file",
    ),
]
