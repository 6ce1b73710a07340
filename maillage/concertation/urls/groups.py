"""Addresses of groups and their members."""

from django.urls import path

from maillage.concertation.views import groups, members

urlpatterns = [
    path("groupes/", groups.groups, name="groups"),
    path("groupes/nouveau/", groups.group_new, name="group_new"),
    path("groupes/<slug:slug>/", groups.group, name="group"),
    path("groupes/<slug:slug>/portrait/", groups.group_about, name="group_about"),
    path("groupes/<slug:slug>/composition/", groups.composition, name="composition"),
    path("groupes/<slug:slug>/instance/", groups.tenant_body, name="tenant_body"),
    path("groupes/<slug:slug>/modifier/", groups.group_edit, name="group_edit"),
    path("groupes/<slug:slug>/historique/", groups.history, name="group_history"),
    path("groupes/<slug:slug>/membres/", members.members, name="members"),
    path("groupes/<slug:slug>/membres.csv", members.members_file, name="members_file"),
    path("groupes/<slug:slug>/membres/ajouter/", members.member_add, name="member_add"),
    path("groupes/<slug:slug>/membres/<uuid:uid>/", members.member, name="member"),
    path("groupes/<slug:slug>/membres/<uuid:uid>/fin/", members.member_end, name="member_end"),
    path("groupes/<slug:slug>/quitter/", members.leave, name="leave"),
]
