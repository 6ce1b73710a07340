"""Addresses of one's own account. Of allauth, only the pages that this product uses are reachable."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from .views import profile

own = [
    path("", profile.profile, name="profile"),
    path("affichage/", profile.display, name="display"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inactif/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("mot-de-passe/change/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("protection/", mfa.index, name="mfa_index"),
    path("connexion/code/", mfa.authenticate, name="mfa_authenticate"),
    path("confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("protection/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("protection/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("protection/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("protection/codes/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("protection/codes/fichier/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("protection/cles/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("protection/cles/ajouter/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("protection/cles/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("protection/cles/<int:pk>/retirer/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("confirmer/cle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("connexion/cle/", passkeys.login_webauthn, name="mfa_login_webauthn"),
]
