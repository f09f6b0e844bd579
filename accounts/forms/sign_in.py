"""The doors: e-mail and password, the second factor, and choosing a password."""

from allauth.account.forms import LoginForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts import invitations, limits
from accounts.govuk import helper

LONG_ENOUGH = "At least 12 characters. Three unrelated words are easy to remember."
UNREADABLE = "Your second factor can no longer be read here. Ask your administrator to reset your sign-in."
# Longer than any code counts, the clocks' difference included.
A_CODE_COUNTS_FOR = 120


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""
        _no_placeholders(self)
        self.helper = helper("Sign in")


class CodeOnceMixin:
    """A code counts once: whoever reads it over a shoulder cannot use it as well."""

    def clean_code(self):
        try:
            code = super().clean_code()
        except LookupError:
            raise ValidationError(UNREADABLE) from None
        used = salted_hmac("accounts.code", f"{self.user.pk} {normalize_user_code(code)}").hexdigest()
        if not cache.add(f"code-used-{used}", "yes", timeout=A_CODE_COUNTS_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _ask_for_a_code(form, label, hint=""):
    _no_placeholders(form)
    code = form.fields["code"]
    code.label, code.help_text = label, hint
    code.max_length = 20
    code.widget.attrs |= {"class": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": "false"}


class CodeForm(CodeOnceMixin, AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_a_code(self, "Code", "The 6 numbers your app shows now, or one of your recovery codes.")
        self.helper = helper("Continue")


class ConfirmForm(CodeOnceMixin, ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_a_code(self, "Code", "The 6 numbers your app shows now, or one of your recovery codes.")
        self.helper = helper("Continue", cancel_url="/")


class AppForm(ActivateTOTPForm):
    """Proof that the app has the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_a_code(self, "Code", "The 6 numbers the app shows now.")
        self.helper = helper("Turn on the app", cancel_url=reverse("mfa_index"))


class KeyAnswerField(forms.JSONField):
    """An answer counts once: it is read once, and not given back with a form that was refused."""

    def bound_data(self, data, initial):
        return InvalidJSONInput("")


class KeyAnswer(forms.Form):
    """What a browser says a security key answered. Anything may be sent in its place."""

    credential = KeyAnswerField(widget=forms.HiddenInput)

    def full_clean(self):
        try:
            super().full_clean()
        except ValidationError:
            raise
        except Exception:
            # The parsers of three standards, each with refusals of its own: what they cannot read is no answer.
            self.cleaned_data = {}
            self.add_error(None, "The security key did not answer as it should. Try again.")


class KeyForm(KeyAnswer, AuthenticateWebAuthnForm):
    pass


class ConfirmKeyForm(KeyAnswer, ReauthenticateWebAuthnForm):
    pass


class NewKeyForm(KeyAnswer, AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = "Name of the key", "So that you know it from another one."
        name.max_length = 60
        self.initial["name"] = "Security key"
        self.helper = helper("", cancel_url=reverse("mfa_index"), form_tag=False)


class ForgottenPasswordForm(PasswordResetForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.helper = helper("Send the link", cancel_url=reverse("sign_in"))

    def save(self, *, request, **kwargs):
        """Only written down here; whether anybody has the address shows in no answer and in no time."""
        email = self.cleaned_data["email"]
        if limits.link_wanted(request, email):
            invitations.want_link(email, by=request)


class ChoosePasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = LONG_ENOUGH
        self.fields["new_password2"].label = "New password again"
        self.helper = helper("Set the password")


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "Present password"
        self.fields["new_password1"].help_text = LONG_ENOUGH
        self.helper = helper("Change the password", cancel_url="/")

    def clean_old_password(self):
        """Somebody at an open screen may guess no more often than somebody at the door."""
        tried = limits.present_password_try(self.request)
        if tried is None:
            raise forms.ValidationError(limits.WORDS)
        right = super().clean_old_password()
        tried.rollback()
        return right


def _no_placeholders(form):
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
