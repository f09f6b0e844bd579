from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.urls import reverse

from accounts.govuk import helper
from accounts.models import Organisation, User
from accounts.roles import ROLES_IN, PersonRole


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Check both and try again.",
        "inactive": "The e-mail address or the password is not right. Check both and try again.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.helper = helper("Sign in")


class ForgottenPasswordForm(PasswordResetForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.helper = helper("Send the link", cancel_url=reverse("sign_in"))


class ChoosePasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters. Three unrelated words are easy to remember."
        self.fields["new_password2"].label = "New password again"
        self.helper = helper("Set the password")


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Present password"
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters. Three unrelated words are easy to remember."
        self.helper = helper("Change the password", cancel_url="/")


class PersonForm(forms.ModelForm):
    """A person of the administrator's own organisation."""

    class Meta:
        model = User
        fields = ["name", "email", "telephone", "role", "manager", "is_active"]
        labels = {"email": "E-mail address", "manager": "Line manager", "is_active": "May sign in"}
        help_texts = {"manager": "Told as well when something this person owes is overdue."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organisation = user.organisation
        employed = ROLES_IN[user.organisation.kind]
        self.fields["role"].choices = [("", "Choose"), *(r for r in PersonRole.choices if r[0] in employed)]
        self.fields["manager"].queryset = User.objects.administered_by(user).exclude(pk=self.instance.pk)
        self.fields["manager"].empty_label = "Nobody"
        is_new = self.instance.pk is None
        if is_new:
            del self.fields["is_active"]
        self.helper = helper("Add and invite" if is_new else "Save", cancel_url=reverse("people_admin"))

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody already has an account with this e-mail address.")
        return email


class OrganisationForm(forms.ModelForm):
    """What letters and other agencies need to know of the organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "address", "telephone", "email", "letterhead"]
        labels = {"email": "E-mail address"}
        widgets = {
            "address": forms.Textarea(attrs={"rows": 4}),
            "letterhead": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Save", cancel_url=reverse("people_admin"))
