"""One question of the screening a page, and the page at its end."""

from django import forms

from accounts.govuk import DateField, helper
from referrals.screening import Outcome

LONGEST = 4000


class QuestionForm(forms.Form):
    """A choice and, beside it, the reason: kept for each answer."""

    def __init__(self, data=None, *, question, kept, cancel_url):
        first = {"answer": kept.answer, "because": kept.because} if kept else None
        super().__init__(data, initial=first)
        self.fields["answer"] = forms.ChoiceField(
            label="Your answer", choices=question.choices, widget=forms.RadioSelect,
            error_messages={"required": "Choose an answer."},
        )  # fmt: skip
        self.fields["because"] = forms.CharField(
            label=question.words, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
            required=set(question.words_after) == {value for value, _ in question.choices},
            error_messages={"required": f"Write your answer: {question.words[0].lower()}{question.words[1:]}"},
        )  # fmt: skip
        self.helper = helper(
            "Save and continue", cancel_url=cancel_url, cancel_text="Save nothing and go back"
        )

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class OutcomeForm(forms.Form):
    """Keep where the answers point; refer all the same, with the reason; say when the court was asked."""

    def __init__(self, data=None, *, screening, outcome, cancel_url):
        super().__init__(
            data,
            initial={
                "against_because": screening.against_because,
                "permission_asked_on": screening.permission_asked_on,
            },
        )
        if outcome == Outcome.OFFICIAL_SOLICITOR:
            self.fields["permission_asked_on"] = DateField(
                label="On which day did you ask the court’s permission to disclose papers to the Official Solicitor?",
                subject="The day you asked the court", required=False, past_only=True,
                help_text="Leave this empty if you have not asked yet (PN 4.3).",
            )  # fmt: skip
        if outcome != Outcome.REFER:
            self.fields["against_because"] = forms.CharField(
                label="If you mean to refer all the same: why?", required=False, max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text="The screening advises; the decision is yours, and your reason goes with the referral.",
            )  # fmt: skip
        self.helper = helper("Save the screening", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
