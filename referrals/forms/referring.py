"""What an IRO types of a referral: whom it names, the account, the wishes, the day it goes, and what follows."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.forms.references import present_children
from cases.opening import office_for

LONGEST = 10_000
YES_NO = [("yes", "Yes"), ("no", "No")]


def _text(label, hint="", rows=5):
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class RefusedForm(forms.Form):
    """A form that says on the field at fault why nothing was saved."""

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class BeginForm(RefusedForm):
    def __init__(self, data=None, *, case, cancel_url):
        super().__init__(data)
        self.children = present_children(case)
        self.fields["children"] = forms.MultipleChoiceField(
            label="Which children is it about?", choices=[(child.key, child.name) for child in self.children],
            widget=forms.CheckboxSelectMultiple,
            initial=[child.key for child in self.children] if len(self.children) == 1 else None,
            help_text="One referral may name several brothers and sisters.",
            error_messages={"required": "Choose at least one child."},
        )  # fmt: skip
        self.helper = helper("Begin a referral", cancel_url=cancel_url)

    def chosen(self):
        return [child for child in self.children if child.key in self.cleaned_data["children"]]


class BeginWithoutCaseForm(RefusedForm):
    """Nothing to choose but the Cafcass office, where no case and no local agreement says which it is."""

    def __init__(self, data=None, *, child, cancel_url):
        super().__init__(data)
        if office_for([child]) is None:
            self.fields["cafcass_office"] = forms.ModelChoiceField(
                Organisation.objects.filter(kind=OrganisationKind.CAFCASS_OFFICE), label="Cafcass office",
                empty_label="Choose", error_messages={"required": "Choose the Cafcass office."},
            )  # fmt: skip
        self.helper = helper("Begin a referral", cancel_url=cancel_url)


class PartForm(forms.Form):
    """One part of a draft. Nothing is required until it is submitted, so that half of it can be kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, referral, cancel_url):
        first = {name: getattr(referral, name, None) for name in self.base_fields} | {
            "version": referral.version
        }
        super().__init__(data, initial=self.first(first, referral))
        self.helper = helper("Save", cancel_url=cancel_url, mark_optional=False)

    def first(self, typed, referral):
        return typed

    def typed(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def refuse(self, refusal, version):
        """Say what happened, and let the next press be made against the referral as it is now."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        self.data["version"] = version


class AccountForm(PartForm):
    concern = _text(
        "What is the concern?",
        "What the authority does or fails to do, and what it means for the child (IRO Handbook 8.15).",
    )
    history = _text("What has happened so far?", "Each step of the dispute with its date and its result.")
    why_failing = _text(
        "Why is local resolution failing?", "A referral is the last resort (PN 3.1, REF 2.f)."
    )
    sought = _text("What do you ask Cafcass to do?", rows=3)
    is_urgent = forms.ChoiceField(
        label="Is it urgent?", choices=YES_NO, widget=forms.RadioSelect, required=False,
        help_text="Some referrals need an answer long before the two weeks and the six weeks end (PN 3.20).",
    )  # fmt: skip
    urgent_because = _text("Why, and what is going to happen when?", rows=3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_urgent"].reveals = {"yes": ["urgent_because"]}

    def first(self, typed, referral):
        return typed | {"is_urgent": "yes" if referral.is_urgent else "no"}

    def typed(self):
        typed = super().typed()
        urgent = typed["is_urgent"] == "yes"
        return typed | {
            "is_urgent": urgent,
            "urgent_because": typed["urgent_because"] if urgent else "",
        }


class WishesForm(PartForm):
    wishes = _text(
        "What does the child wish and feel?",
        "In the child’s own words where you have them. For a child too young to say, write that (PN 3.10).",
    )
    wishes_on_court = _text(
        "What does the child think of going to court about it?", "Or why the child cannot say (PN 3.10)."
    )


class NeedsForm(PartForm):
    other_agencies = _text(
        "Who works with the child in other agencies?",
        "Names and contact details: school, education authority, health (PN 3.11a).",
    )
    communication_needs = _text(
        "What should Cafcass know to meet this child and family well?",
        "Language, disability, faith, culture; whether anybody needs help to communicate (PN 3.11b).",
    )


class SubmitForm(RefusedForm):
    on = DateField(
        label="Which day is the referral sent?", subject="The day it is sent", past_only=True,
        initial=timezone.localdate,
    )  # fmt: skip
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, data=None, *, cancel_url):
        super().__init__(data)
        self.helper = helper("Submit the referral", cancel_url=cancel_url)
        self.helper.form_id = "submit"


class _FollowUpForm(RefusedForm):
    """Something done while the referral is open, on a day."""

    button = "Save"

    def __init__(self, data=None, *, cancel_url):
        super().__init__(data)
        self.fields["on"] = DateField(
            label="On which day?", subject="The day", past_only=True, initial=timezone.localdate
        )
        self.helper = helper(self.button, cancel_url=cancel_url)


class ProvideForm(_FollowUpForm):
    button = "It has gone to Cafcass"

    def __init__(self, data=None, *, papers, item, cancel_url):
        super().__init__(data, cancel_url=cancel_url)
        names = [paper.item for paper in papers]
        self.fields["item"] = forms.ChoiceField(
            label="Which promised paper?", choices=[(name, name) for name in names], widget=forms.RadioSelect,
            initial=item if item in names else names[0] if len(names) == 1 else None,
            error_messages={
                "required": "Choose the paper.",
                "invalid_choice": "That paper was not promised, or it has already been provided.",
            },
        )  # fmt: skip
        self.order_fields(["item", "on"])


class RightsMetForm(_FollowUpForm):
    button = "Tell Cafcass"
    change = forms.CharField(
        label="What has changed for the child?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Cafcass decides whether the referral is withdrawn or goes on (REF 2.h).",
        error_messages={"required": "Say what has changed for the child."},
    )  # fmt: skip


class InformedForm(_FollowUpForm):
    button = "Record it"
    note = forms.CharField(
        label="Whom did you tell what, and what does the child wish now?", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say whom you told what, and what the child wishes now."},
    )  # fmt: skip
