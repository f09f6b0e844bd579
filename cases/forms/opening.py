import uuid

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.models import Child
from cases.opening import BEGINNINGS
from cases.specifications import specification_of

# More children than this are found by name.
MOST = 30


class OpenCaseForm(forms.Form):
    """Opens a case for one child or a sibling group of the person's own authority."""

    def __init__(self, *args, user, words="", **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["children"] = forms.ModelMultipleChoiceField(
            self._children(words),
            to_field_name="key",
            widget=forms.CheckboxSelectMultiple,
            label="Which children?",
            help_text="Siblings in the same proceedings share a case.",
            error_messages={"required": "Choose at least one child."},
        )
        self.fields["entering"] = forms.ChoiceField(
            label="How does it begin?",
            choices=[(name.value, specification_of(name).label) for name in BEGINNINGS],
            widget=forms.RadioSelect,
            error_messages={"required": "Say how the case begins."},
        )
        self.fields["on"] = DateField(
            label="When?", subject="The date it begins", past_only=True, initial=timezone.localdate
        )
        self.fields["cafcass_office"] = forms.ModelChoiceField(
            Organisation.objects.filter(kind=OrganisationKind.CAFCASS_OFFICE), label="Cafcass office",
            empty_label="Choose", error_messages={"required": "Choose the Cafcass office."},
        )  # fmt: skip
        self.fields["court"] = forms.CharField(label="Court", required=False, max_length=120)
        self.fields["court_number"] = forms.CharField(
            label="Court case number", required=False, max_length=40
        )
        self.fields["submission"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.helper = helper("Open the case", cancel_url=reverse("cases"))

    def _children(self, words):
        """Those found by name, or the latest recorded; whoever is already ticked stays in the list."""
        free = Child.objects.visible_to(self.user).without_an_open_case()
        found = free.filter(name__icontains=words) if words else free
        shown = list(found.order_by("-pk").values_list("pk", flat=True)[:MOST])
        sent = self.data.getlist("children") if hasattr(self.data, "getlist") else []
        ticked = [
            key for key in sent if key.isalnum()
        ]  # no query holds a NUL; the field says what is wrong with it
        return free.filter(Q(pk__in=shown) | Q(key__in=ticked)).order_by("name", "pk")

    def entry(self):
        data = self.cleaned_data
        return {
            **data,
            "children": list(data["children"]),
            "authority": self.user.organisation,
            "by": self.user,
        }
