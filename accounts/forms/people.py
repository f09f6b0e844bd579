from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import Organisation, User
from accounts.roles import ROLES_IN, PersonRole


class PersonForm(forms.ModelForm):
    """A person of the administrator's own organisation."""

    class Meta:
        model = User
        fields = ["name", "email", "telephone", "role", "manager", "is_active"]
        labels = {"email": "E-mail address", "manager": "Line manager", "is_active": "May sign in"}
        help_texts = {
            "manager": "Told as well when something this person owes is overdue. A team manager sees the cases of "
            "the social workers they manage."
        }

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
        else:
            self.now = f"{self.instance.role} {self.instance.is_active}"
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.now)
        self.helper = helper("Add and invite" if is_new else "Save", cancel_url=reverse("people_admin"))

    def clean_seen(self):
        """A page left open must not let a leaver in again, nor put a mover back: its own fields are older than that."""
        seen = self.cleaned_data["seen"]
        if seen and seen != self.now:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.now
            stored = User.objects.get(pk=self.instance.pk)
            may = "may sign in" if stored.is_active else "may not sign in"
            self.add_error(
                "role",
                f"While this page was open, somebody else changed it: {stored.name} is {stored.get_role_display()} now and "
                f"{may}. Nothing was saved. Look at the role and at “May sign in” below, then save again.",
            )
        return seen

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Somebody already has an account with this e-mail address.")
        return email


class RoleChangeForm(forms.Form):
    """Another role, from a day on."""

    role = forms.ChoiceField(label="New role")
    from_on = DateField(label="From", subject="The first day")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        employed = ROLES_IN[person.organisation.kind]
        self.fields["role"].choices = [("", "Choose"), *(r for r in PersonRole.choices if r[0] in employed)]
        self.helper = helper("Plan the change", cancel_url=reverse("person", args=[person.pk]))

    def clean_from_on(self):
        first = self.cleaned_data["from_on"]
        if first < timezone.localdate():
            raise forms.ValidationError("The first day must be today or in the future.")
        return first


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
        for name in ("address", "letterhead"):
            self.fields[name].validators.append(MaxLengthValidator(1000))
        self.helper = helper("Save", cancel_url=reverse("people_admin"))
