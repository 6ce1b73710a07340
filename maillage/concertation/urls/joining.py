"""Addresses of the public sheet, of requests to join and of the accounts that members open."""

from django.urls import path

from maillage.concertation.views import joining

urlpatterns = [
    path("groupes/invitation/<str:token>/", joining.account_link, name="account_link"),
    path("groupes/<slug:slug>/fiche/", joining.sheet, name="group_sheet"),
    path("groupes/<slug:slug>/adherer/", joining.join, name="join"),
    path("groupes/<slug:slug>/demandes/", joining.requests, name="requests"),
    path("groupes/<slug:slug>/demandes/<uuid:uid>/", joining.request_decide, name="request_decide"),
    path("groupes/<slug:slug>/membres/<uuid:uid>/inviter/", joining.member_invite, name="member_invite"),
]
