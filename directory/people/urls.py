"""The addresses of the log-in. The names are allauth's; what has none, such as signing up, is closed."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as providers
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path, re_path
from django.views.generic import RedirectView

from directory.people import views
from directory.people.idle import resume

PASSWORD = [
    path("adgangskode/", account.password_reset, name="account_reset_password"),
    path("adgangskode/sendt/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "adgangskode/gemt/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^adgangskode/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
FACTORS = [
    path("totrin/", factors.index, name="mfa_index"),
    path("totrin/kode/", views.Authenticate.as_view(), name="mfa_authenticate"),
    path("totrin/bekraeft/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("totrin/app/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("totrin/app/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("totrin/noedkoder/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("totrin/noedkoder/nye/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("totrin/noedkoder/hent/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("totrin/noegler/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("totrin/noegler/ny/", views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("totrin/noegler/bekraeft/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("totrin/noegler/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("totrin/noegler/<int:pk>/fjern/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("noegle/", keys.login_webauthn, name="mfa_login_webauthn"),
]
PROVIDERS = [
    path("via/afbrudt/", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("via/fejl/", providers.login_error, name="socialaccount_login_error"),
    path("via/<slug:provider_id>/", views.to_provider, name="openid_connect_login"),
    path("via/<slug:provider_id>/retur/", oidc.callback, name="openid_connect_callback"),
]
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_login")),
    path("log-ind/", account.login, name="account_login"),
    path("log-ud/", account.logout, name="account_logout"),
    path("lukket/", account.account_inactive, name="account_inactive"),
    path("bekraeft/", account.reauthenticate, name="account_reauthenticate"),
    path("fortsaet/", resume, name="resume"),
    *PASSWORD,
    *FACTORS,
    *PROVIDERS,
]
