"""The questions the letters of a referral ask: what they say, to whom they go, how they went."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from letters.forms import AnswersForm
from letters.kinds import LetterKind
from letters.models import Recipient

Party, How = Recipient.Party, Recipient.How
# Whoever else the officer considers should be informed; Cafcass Legal advises (PN 3.22f).
OTHERS = [Party.PARENT, Party.IRO_MANAGER, Party.LA_LEGAL, Party.VOLUNTARY_HEAD, Party.OTHER]
MORE = 2


def _area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class DelayLetterForm(AnswersForm):
    reason = forms.CharField(
        label="Why can the report not be given within two weeks?", widget=_area(), max_length=4000,
        help_text="Everybody who receives the report reads this (PN 3.16).",
    )  # fmt: skip
    report_expected_on = DateField(
        label="By which day do you expect to send the report?", subject="The day you expect to send it",
    )  # fmt: skip


class DecisionReportForm(AnswersForm):
    findings = forms.CharField(
        label="What did the enquiries show?", widget=_area(6), max_length=8000,
        help_text="In a few sentences. From whom and on which days you asked is in the report already.",
    )  # fmt: skip
    next_steps = forms.CharField(
        label="What happens next, besides the dates the report gives?", widget=_area(), max_length=4000,
        help_text="One step on each line: who does what, by when.",
    )  # fmt: skip


class ProgressNoteForm(AnswersForm):
    since_last = forms.CharField(
        label="What has been done since you last wrote?", widget=_area(6), max_length=8000
    )
    comes_next = forms.CharField(label="What comes next?", widget=_area(), max_length=4000)


class FinalReportForm(AnswersForm):
    reasons_for_ending = forms.CharField(
        label="Why is it brought to an end?", widget=_area(), max_length=8000
    )
    reason_for_delay = forms.CharField(
        label="If a time limit was not kept, why not?", widget=_area(), max_length=4000,
        help_text="Leave this empty if every limit was kept: the report then says so (PN 3.21).",
    )  # fmt: skip
    settlement = forms.CharField(
        label="What was settled?", widget=_area(), max_length=8000,
        help_text="Every detail: who does what, by when. Leave this empty if there was no settlement.",
    )  # fmt: skip
    recommendations = forms.CharField(
        label="What else do you say or recommend?", widget=_area(), max_length=8000
    )


FORMS = {
    LetterKind.DELAY_LETTER: DelayLetterForm,
    LetterKind.DECISION_REPORT: DecisionReportForm,
    LetterKind.PROGRESS_NOTE: ProgressNoteForm,
    LetterKind.FINAL_REPORT: FinalReportForm,
}


class RecipientsForm(forms.Form):
    """One group of questions for each person or office of PN 3.22, and room for others."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, letter, rows, cancel_url):
        self.rows = [*rows, *(Recipient(party="", is_included=True) for _ in range(MORE))]
        super().__init__(data, initial={"version": letter.version})
        groups = [self._ask(place, row) for place, row in enumerate(self.rows)]
        self.helper = helper(
            "Save who it goes to",
            cancel_url=cancel_url,
            mark_optional=False,
            layout=Layout("version", *groups),
        )

    def _ask(self, place, row):
        asked = [] if row.party else [self._add(f"party_{place}", self._party())]
        asked.append(self._add(f"is_included_{place}", self._whether(row)))
        asked += [self._add(f"{name}_{place}", field) for name, field in self._where(row).items()]
        asked.append(self._add(f"reason_{place}", self._why_not(row)))
        return Fieldset(self._legend(place, row), *asked)

    def _add(self, name, field):
        field.required = False
        self.fields[name] = field
        return name

    def _legend(self, place, row):
        if not row.party:
            return f"Somebody else ({place + 1 - len(self.rows) + MORE})"
        return f"{row.get_party_display()}: {row.name}" if row.name else row.get_party_display()

    def _party(self):
        return forms.ChoiceField(
            label="What are they to the child?", choices=[("", "Choose"), *((p.value, p.label) for p in OTHERS)],
            help_text="Cafcass Legal advises, for instance about people with parental responsibility (PN 3.22f).",
        )  # fmt: skip

    def _whether(self, row):
        initial = {True: "yes", False: "no"}.get(row.is_included)
        return forms.ChoiceField(
            label="Does it go to them?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect(
                attrs={"class": "govuk-radios--inline"}
            ), initial=initial,
        )  # fmt: skip

    def _where(self, row):
        """A person of this system is as their own details say; everybody else is typed."""
        uses_it = bool(row.person_id and row.person.is_reminded)
        ways = [way for way in How if way != How.ON_SYSTEM or uses_it]
        asked = (
            {}
            if row.person_id or row.child_id
            else {"name": forms.CharField(label="Name", max_length=120, initial=row.name)}
        )
        if not row.person_id:
            asked["address"] = forms.CharField(
                label="Address, or where to find them", widget=_area(3), max_length=500, initial=row.address
            )
        return asked | {
            "how": forms.ChoiceField(
                label="How does it reach them?", initial=row.how,
                choices=[("", "Choose"), *((way.value, way.label.capitalize()) for way in ways)],
            )
        }  # fmt: skip

    def _why_not(self, row):
        about_a_child = row.party == Party.CHILD
        return forms.CharField(
            label="If not: why, and how does the child learn of it instead?" if about_a_child else "If not: why?",
            widget=_area(2), max_length=1000, initial=row.reason,
            help_text="By the child’s level of understanding (PN 3.18, 3.22a)." if about_a_child else "",
        )  # fmt: skip

    def chosen(self):
        """The recipients as typed, in their order; an empty line for somebody else is nobody."""
        found = {place: self._chosen(place, row) for place, row in enumerate(self.rows)}
        self.places = [place for place, row in found.items() if row]
        return [found[place] for place in self.places]

    def _chosen(self, place, row):
        said = {
            name: self.cleaned_data.get(f"{name}_{place}") for name in ("name", "address", "how", "reason")
        }
        party = row.party or self.cleaned_data.get(f"party_{place}")
        if not row.party and not (said["name"] or "").strip():
            return None
        return Recipient(
            party=party or Party.OTHER,
            child=row.child,
            person=row.person,
            name=row.name if row.person_id or row.child_id else said["name"],
            address=row.address if row.person_id else said["address"],
            email=row.email,
            is_included={"yes": True, "no": False}.get(self.cleaned_data.get(f"is_included_{place}")),
            how=said["how"],
            reason=said["reason"],
        )

    def refuse(self, refusal, version):
        """Say what happened beside its box, and let the next press be made against the letter as it is now."""
        asked, _, nth = (refusal.field or "").rpartition("_")
        field = f"{asked}_{self.places[int(nth)]}" if nth.isdigit() else None
        self.add_error(field if field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        self.data["version"] = version


class ProofForm(forms.Form):
    how = forms.ChoiceField(
        label="How was it sent?",
        choices=[(way.value, way.label.capitalize()) for way in How if way != How.ON_SYSTEM],
    )
    on = DateField(
        label="On which day?", subject="The day it was sent", past_only=True, initial=timezone.localdate
    )
    proof = forms.CharField(
        label="What shows that it was sent?", max_length=300,
        help_text="For example: posting receipt and its number; handed over at the visit; the e-mail’s address and time.",
        error_messages={"required": "Say what shows that it was sent."},
    )  # fmt: skip

    def __init__(self, data=None, *, recipient, cancel_url):
        how = recipient.how if recipient.how != How.ON_SYSTEM else How.POST
        super().__init__(data, initial={"how": how, "proof": recipient.proof})
        self.helper = helper("Save the proof", cancel_url=cancel_url)
