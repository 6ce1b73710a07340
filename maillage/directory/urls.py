from django.urls import path

from maillage.core.imports.addresses import addresses

from .views import organizations, tenant_bodies

app_name = "directory"
urlpatterns = [
    path("", organizations.listing, name="list"),
    path("nouvelle/", organizations.new, name="new"),
    path("<uuid:uid>/", organizations.organization, name="organization"),
    path("<uuid:uid>/modifier/", organizations.edit, name="edit"),
    path("<uuid:uid>/succession/", organizations.succession, name="succession"),
    path("instances/nouvelle/", tenant_bodies.new, name="tenant_body_new"),
    path("instances/<int:pk>/", tenant_bodies.tenant_body, name="tenant_body"),
    path("instances/<int:pk>/modifier/", tenant_bodies.edit, name="tenant_body_edit"),
    *addresses("directory"),
]
