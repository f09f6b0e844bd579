from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from accounts import forms, views

FORGOTTEN = {
    "template_name": "accounts/forgotten_password.html",
    "form_class": forms.ForgottenPasswordForm,
    "email_template_name": "email/forgotten_password.txt",
    "subject_template_name": "email/forgotten_password_subject.txt",
    "success_url": reverse_lazy("password_link_sent"),
}

urlpatterns = [
    path(
        "sign-in/",
        auth.LoginView.as_view(
            template_name="accounts/sign_in.html",
            authentication_form=forms.SignInForm,
            redirect_authenticated_user=True,
        ),
        name="sign_in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path(
        "forgotten-password/",
        login_not_required(auth.PasswordResetView.as_view(**FORGOTTEN)),
        name="forgotten_password",
    ),
    path(
        "forgotten-password/sent/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="accounts/password_link_sent.html")
        ),
        name="password_link_sent",
    ),
    path(
        "set-password/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                template_name="accounts/set_password.html",
                form_class=forms.ChoosePasswordForm,
                success_url=reverse_lazy("sign_in"),
            )
        ),
        name="set_password",
    ),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="accounts/change_password.html",
            form_class=forms.ChangePasswordForm,
            success_url=reverse_lazy("my_work"),
        ),
        name="change_password",
    ),
    path("people/", views.people, name="people_admin"),
    path("people/new/", views.new_person, name="person_new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("organisation/", views.organisation, name="organisation"),
]
