"""Sign-in and people. Of django-allauth only these views are reachable; the names beginning `mfa_`, `account_` and
`openid_` are those it looks for. Nobody registers, and nobody changes an e-mail address, without an administrator."""

from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts.middleware import for_enrolment
from accounts.views import people, second_factor, sign_in

the_door = sign_in.SignIn.as_view()

urlpatterns = [
    path("sign-in/", the_door, name="account_login"),
    path("sign-in/", the_door, name="sign_in"),
    path("sign-in/second-factor/", second_factor.Give.as_view(), name="mfa_authenticate"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("forgotten-password/", sign_in.ForgottenPassword.as_view(), name="forgotten_password"),
    path(
        "forgotten-password/sent/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="accounts/password_link_sent.html")
        ),
        name="password_link_sent",
    ),
    path("set-password/<uidb64>/<token>/", sign_in.ChoosePassword.as_view(), name="set_password"),
    path("password/", sign_in.ChangePassword.as_view(), name="change_password"),
    path("stay-signed-in/", sign_in.stay, name="stay"),
    path("kept-work/<int:pk>/throw-away/", sign_in.throw_away, name="throw_away_kept_work"),
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/app/", for_enrolment(second_factor.AddApp.as_view()), name="mfa_activate_totp"),
    path("second-factor/key/", for_enrolment(second_factor.AddKey.as_view()), name="mfa_add_webauthn"),
    path("second-factor/<int:pk>/remove/", second_factor.remove, name="remove_second_factor"),
    path(
        "second-factor/recovery-codes/", second_factor.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"
    ),
    path(
        "second-factor/recovery-codes/new/",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/confirm/", second_factor.Confirm.as_view(), name="mfa_reauthenticate"),
    path(
        "second-factor/confirm/key/", second_factor.ConfirmKey.as_view(), name="mfa_reauthenticate_webauthn"
    ),
    path("people/", people.people, name="people_admin"),
    path("people/new/", people.new_person, name="person_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.role_change, name="role_change"),
    path(
        "people/<int:pk>/role/<int:change>/withdraw/",
        people.withdraw_role_change,
        name="withdraw_role_change",
    ),
    path("people/<int:pk>/reset-sign-in/", people.reset_second_factor, name="reset_second_factor"),
    path("organisation/", people.organisation, name="organisation"),
]

# An authority's own directory, where there is one.
directory_urlpatterns = [
    path("sign-in/directory/", sign_in.directory, name="directory"),
    path("sign-in/directory/unknown/", sign_in.directory_unknown, name="directory_unknown"),
    path("sign-in/directory/failed/", sign_in.directory_failed, name="directory_failed"),
    path(
        "sign-in/directory/callback/",
        login_not_required(callback),
        {"provider_id": "directory"},
        name="openid_connect_callback",
    ),
]
if settings.OIDC_SERVER:
    urlpatterns += directory_urlpatterns
