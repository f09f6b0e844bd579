"""The papers of one referral, and the list that every later referral begins with."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from accounts.govuk import DateField, helper
from referrals.checklist import LONGEST
from referrals.models import ReferralPaper

SPARE_ROWS = 3


class PapersForm(forms.Form):
    """Each paper enclosed, to follow by a day, or not applicable because. Any may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, referral, cancel_url):
        self.papers = list(referral.papers.all())
        first = {"version": referral.version}
        for paper in self.papers:
            first |= {
                f"answer_{paper.pk}": paper.answer,
                f"promised_on_{paper.pk}": paper.promised_on,
                f"because_{paper.pk}": paper.because,
            }
        super().__init__(data, initial=first)
        for paper in self.papers:
            self._add(paper)
        self.helper = helper("Save", cancel_url=cancel_url, mark_optional=False)

    def _add(self, paper):
        kinds = ReferralPaper.Answer
        self.fields[f"answer_{paper.pk}"] = forms.ChoiceField(
            label=paper.item, choices=kinds.choices, widget=forms.RadioSelect, required=False, help_text=paper.hint
        )  # fmt: skip
        self.fields[f"promised_on_{paper.pk}"] = DateField(
            label="By which day will it come?", subject=f"The day for “{paper.item}”", required=False
        )
        self.fields[f"because_{paper.pk}"] = forms.CharField(
            label="Why is it not applicable?", required=False, max_length=200
        )
        self.fields[f"answer_{paper.pk}"].reveals = {
            kinds.TO_FOLLOW: [f"promised_on_{paper.pk}"],
            kinds.NOT_APPLICABLE: [f"because_{paper.pk}"],
        }

    def answers(self):
        """{pk: (answer, promised_on, because)} as `referring.promise` takes them."""
        return {
            paper.pk: tuple(
                self.cleaned_data.get(f"{name}_{paper.pk}") for name in ("answer", "promised_on", "because")
            )
            for paper in self.papers
        }

    def refuse(self, refusal, version):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        self.data["version"] = version


class ChecklistForm(forms.Form):
    """The whole list at once: an emptied row goes, the last rows add."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, checklist, cancel_url):
        self.rows = len(checklist.items) + SPARE_ROWS
        if data:
            self.rows = max(self.rows, sum(name.startswith("item_") for name in data))
        first = {"number": checklist.number}
        for row, entry in enumerate(checklist.items, 1):
            first |= {f"item_{row}": entry["item"], f"hint_{row}": entry["hint"]}
        super().__init__(data, initial=first)
        groups = [self._add_row(row) for row in range(1, self.rows + 1)]
        self.helper = helper(
            "Save as a new version",
            cancel_url=cancel_url,
            mark_optional=False,
            layout=Layout("number", *groups),
        )

    def _add_row(self, row):
        self.fields[f"item_{row}"] = forms.CharField(
            label="Name of the document", required=False, max_length=LONGEST
        )
        self.fields[f"hint_{row}"] = forms.CharField(label="What to look for", required=False, max_length=200)
        return Fieldset(f"Document {row}", f"item_{row}", f"hint_{row}")

    def items(self):
        """The rows with a name, in order; an empty row is a document taken off the list."""
        rows = range(1, self.rows + 1)
        listed = [
            {"item": self.cleaned_data[f"item_{row}"], "hint": self.cleaned_data[f"hint_{row}"]}
            for row in rows
        ]
        return [entry for entry in listed if entry["item"].strip()]

    def refuse(self, refusal, number):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        self.data["number"] = number
