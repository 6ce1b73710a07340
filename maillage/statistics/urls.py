from django.urls import include, path

from .views import activities, explanation, extracts, gatherings, listing, portrait, protection, publications, releases

app_name = "statistics"
pages = [
    path("", listing.index, name="index"),
    path("chiffres-proteges/", explanation.protected_figures, name="protected_figures"),
    path("graphiques/<slug:language>-<slug:digest>.json", portrait.specifications, name="charts"),
    path("<slug:slug>/", portrait.portrait, name="portrait"),
    path("<slug:slug>/rencontres/", gatherings.of_program, name="gatherings"),
    path("<slug:slug>/activites/", activities.of_program, name="activities"),
    path("<slug:slug>/carte.json", portrait.places, name="map"),
    path("<slug:slug>/publier/", releases.new, name="release_new"),
    path("<slug:slug>/publications/", releases.listing, name="releases"),
    path("<slug:slug>/publications/<uuid:uid>/", releases.release, name="release"),
    path("<slug:slug>/protection/", protection.protection, name="protection"),
    path("<slug:slug>/extraits/", extracts.listing, name="extracts"),
    path("<slug:slug>/extraits/demander/", extracts.new, name="extract_new"),
    path("<slug:slug>/extraits/<uuid:uid>/", extracts.extract, name="extract"),
    path("<slug:slug>/extraits/<uuid:uid>/apercu/", extracts.preview, name="extract_preview"),
    path("<slug:slug>/extraits/<uuid:uid>/decision/", extracts.decide, name="extract_decide"),
    path("<slug:slug>/extraits/<uuid:uid>/telecharger/", extracts.take, name="extract_take"),
]
# What anybody reads, without an account.
public = [
    path("", publications.listing, name="publications"),
    path("<slug:slug>/", publications.of_program, name="publications_of"),
    path("<slug:slug>/<int:number>/", publications.in_force, name="publication"),
    path("<slug:slug>/<int:number>/v<int:version>/", publications.version, name="publication_version"),
    path("<slug:slug>/<int:number>/v<int:version>/attaque/", publications.attack, name="publication_attack"),
    path("<slug:slug>/<int:number>/v<int:version>/carte.json", publications.places, name="publication_map"),
]
urlpatterns = [path("portraits/", include(pages)), path("publications/", include(public))]
