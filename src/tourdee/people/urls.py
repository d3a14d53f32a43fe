"""People's pages, and those of allauth that we use; its pages for passwords, sign-up and e-mails do not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.generic import RedirectView

from .views import communities, host, linking, organisations, privacy, profile, prove, sign_in
from .views.browser import prove_first

urlpatterns = [
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/<str:version>/", privacy.privacy, name="privacy_version"),
    # ---------------------------------------------------------------- communities
    path("communities/", communities.communities, name="communities"),
    path("communities/<slug:slug>/", communities.community, name="community"),
    path("my/community/", communities.my_communities, name="my_communities"),
    path("my/community/new/", communities.community_create, name="community_create"),
    path("my/community/answer/<str:member>/", communities.community_answer, name="community_answer"),
    path("my/community/<slug:slug>/edit/", communities.community_edit, name="community_edit"),
    path("my/community/<slug:slug>/members/", communities.community_members, name="community_members"),
    path(
        "my/community/<slug:slug>/members/<str:member>/",
        communities.community_member_change,
        name="community_member_change",
    ),
    # ---------------------------------------------------------------- signing in
    path("account/login/", sign_in.sign_in, name="account_login"),
    path("account/login/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("account/login/again/", sign_in.sign_in_again, name="sign_in_again"),
    path("account/login/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("account/welcome/", sign_in.welcome, name="welcome"),
    path("account/logout/", sign_in.sign_out, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", prove.reauthenticate, name="account_reauthenticate"),
    path("account/reauthenticate/send/", prove.reauthenticate_send, name="reauthenticate_send"),
    path("account/reauthenticate/code/", prove.reauthenticate_code, name="reauthenticate_code"),
    # ---------------------------------------------------------------- LINE and Facebook
    path("account/with/<slug:provider>/", linking.social_start, name="social_start"),
    path("account/link/", linking.social_link, name="social_link"),
    path("account/link/signup/", linking.social_signup, name="socialaccount_signup"),
    path("account/unlink/<slug:provider>/", linking.social_unlink, name="social_unlink"),
    path("account/linked/", RedirectView.as_view(pattern_name="profile"), name="socialaccount_connections"),
    path("account/unlinked/", RedirectView.as_view(pattern_name="account_login"), name="socialaccount_login_cancelled"),
    # ---------------------------------------------------------------- oneself
    path("account/profile/", profile.profile, name="profile"),
    path("account/profile/code/", profile.change_contact_code, name="change_contact_code"),
    path("account/profile/email/", profile.change_contact, {"kind": "email"}, name="change_email"),
    path("account/profile/phone/", profile.change_contact, {"kind": "phone"}, name="change_phone"),
    path("account/profile/sign-out-everywhere/", profile.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/profile/my-data/", profile.my_data, name="my_data"),
    path("account/profile/erasure/", profile.erasure, name="erasure"),
    # ---------------------------------------------------------------- second factors
    path("account/2fa/", second_factor.index, name="mfa_index"),
    path("account/2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/app/", prove_first(app.activate_totp), name="mfa_activate_totp"),
    path("account/2fa/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/2fa/recovery-codes/", prove_first(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/2fa/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/2fa/recovery-codes/download/",
        prove_first(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/2fa/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/2fa/passkeys/add/", prove_first(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("account/2fa/passkeys/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("account/2fa/passkeys/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/2fa/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/2fa/passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    # ---------------------------------------------------------------- the host
    path("host/organisations/", organisations.host_organisations, name="host_organisations"),
    path("host/organisations/new/", organisations.new_organisation, name="new_organisation"),
    path("host/organisations/<str:organisation>/", organisations.edit_organisation, name="edit_organisation"),
    path("host/people/", host.host_people, name="host_people"),
    path("host/people/invite/", host.host_invite, name="host_invite"),
    path("host/people/erasure/<str:request_id>/", host.host_erasure, name="host_erasure"),
    path("host/people/<str:person>/", host.host_person, name="host_person"),
    path("host/people/<str:person>/second-factor/", host.host_second_factor, name="host_second_factor"),
    path("host/people/<str:person>/active/", host.host_active, name="host_active"),
    path("host/people/<str:person>/roles/<str:membership>/", host.host_role, name="host_role"),
]
