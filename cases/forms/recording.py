"""One form for everything that can happen, made from its specification in the Protocol."""

import uuid

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from cases import access, recordable
from cases.forms import particulars, references
from cases.models import Case
from cases.refusal import Refusal
from cases.specifications import in_words
from protocol.fields import FieldType, TakesChild
from protocol.happenings import Happening
from protocol.vocabulary import Subject

YES_NO = [("yes", "Yes"), ("no", "No")]


class RecordForm(forms.Form):
    """Records a happening on a case or for a child. What it cannot accept it says beside the field."""

    def __init__(self, *args, subject, specification, user, outcome, cancel_url, prefill=None, **kwargs):
        self.subject, self.specification, self.user, self.outcome = subject, specification, user, outcome
        super().__init__(*args, **kwargs)
        self._add_when()
        self._add_children()
        for field in specification.fields:
            self._add(field)
        self.fields |= particulars.fields(self)
        self._add_whose_word()
        if "note" not in self.fields:  # some records ask for a note of their own
            self.fields["note"] = forms.CharField(
                label="Note for the chronology", required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.fields["submission"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self.initial |= {"seen_version": getattr(subject, "version", None), **self._prefilled(prefill or {})}
        self.helper = helper(specification.button, cancel_url=cancel_url)
        self.helper.form_id = "record"

    @property
    def is_case(self):
        return isinstance(self.subject, Case)

    @property
    def children(self):
        """The children to choose from: those in the case, or the child whose page it is."""
        if not self.is_case:
            return [self.subject]
        if self.specification.name == Happening.CHILD_ADDED:
            return references.addable_children(self.subject, self.user)
        return references.present_children(self.subject)

    def _add_when(self):
        self.fields["on"] = DateField(
            label="When did it happen?",
            subject="The date it happened",
            past_only=True,
            initial=timezone.localdate,
        )

    def _add_children(self):
        if not self.is_case or (self.specification.child is TakesChild.NO and not self._is_care):
            return
        children = self.children
        choices = [(child.key, child.name) for child in children]
        if self.specification.child is TakesChild.REQUIRED:
            self.fields["children"] = forms.ChoiceField(
                label="Which child?", choices=choices, widget=forms.RadioSelect,
                error_messages={"required": "Choose the child."},
            )  # fmt: skip
        elif len(children) > 1:
            self.fields["children"] = forms.MultipleChoiceField(
                label="Which children?", choices=choices, widget=forms.CheckboxSelectMultiple,
                initial=[child.key for child in children],
                error_messages={"required": "Choose at least one child."},
            )  # fmt: skip

    @property
    def _is_care(self):
        return recordable.is_for_a_child(self.specification.name)

    def _add(self, field):
        if field.name == "born":  # the child's record knows it
            return
        self.fields[field.name] = self._made(field)

    def _made(self, field):
        common = {"label": field.label, "required": field.required}
        if field.type is FieldType.DATE:
            return DateField(**common)
        if field.type is FieldType.BOOLEAN:
            initial = None if field.default is None else ("yes" if field.default else "no")
            return forms.ChoiceField(
                **common | {"required": True}, choices=YES_NO, initial=initial,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )  # fmt: skip
        if field.type is FieldType.CHOICE:
            return forms.ChoiceField(
                **common | {"required": True},
                choices=field.choices,
                initial=field.default,
                widget=forms.RadioSelect,
            )
        if field.type is FieldType.NUMBER:
            return forms.IntegerField(**common, min_value=1, max_value=20)
        if field.type is FieldType.REFERENCE:
            return references.field(field, self)
        if field.type is FieldType.CHILDREN:
            choices = [(child.key, child.name) for child in self.children]
            return forms.MultipleChoiceField(**common, choices=choices, widget=forms.CheckboxSelectMultiple)
        if field.type is FieldType.PAPERS:
            return references.PapersField(**common)
        if field.suggestions:
            choices = [("", "Choose"), *((word, in_words(word)) for word in (*field.suggestions, "Other"))]
            return forms.ChoiceField(**common, choices=choices)
        short = field.name in ("ref", "item", "to")
        return forms.CharField(
            **common, max_length=references.LONGEST if short else 2000, widget=None if short else _area()
        )

    def _add_whose_word(self):
        """Recording for an agency that is not on the system: say how it is known."""
        self.agencies = (
            access.agencies_off_system(self.subject, self.specification.done_by, self.user)
            if self.is_case
            else []
        )
        if self.agencies:
            agency = self.agencies[0]
            self.fields["how_known"] = forms.CharField(
                label="How do you know?", max_length=200,
                help_text=f"{agency} is not on this system: this is recorded on its behalf.",
                error_messages={"required": f"Say how you know, because {agency} did not record it itself."},
            )  # fmt: skip

    def _prefilled(self, query):
        """What the link that led here already knows; a list is a query string's."""
        known = {name: query.get(name) for name in self.fields if name in query}
        children = query.getlist("child") if hasattr(query, "getlist") else []
        if children and "children" in self.fields:
            required = self.specification.child is TakesChild.REQUIRED
            known["children"] = children[0] if required else children
        return known

    def entry(self):
        """The form's answer as `record` takes it."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "by": self.user,
            "children": self._chosen(),
            "details": self._details(),
            "particulars": particulars.of(self),
            "note": "" if self.specification.field("note") else data["note"],
            "on_behalf_of": self.agencies[0] if self.agencies else None,
            "how_known": data.get("how_known", ""),
            "submission": data["submission"],
            "seen_version": data["seen_version"],
        }

    def _chosen(self):
        if not self.is_case or "children" not in self.fields:
            return []
        keys = self.cleaned_data["children"]
        chosen = {keys} if isinstance(keys, str) else set(keys)
        return [child for child in self.children if child.key in chosen]

    def _details(self):
        details = {}
        for field in self.specification.fields:
            value = self._chosen()[0].born if field.name == "born" else self.cleaned_data.get(field.name)
            if field.type is FieldType.BOOLEAN:
                value = value == "yes"
            if field.type is FieldType.CHILDREN:
                value = [str(child.pk) for child in self.children if child.key in value]
            if field.refers_to in (Subject.DOCUMENT, Subject.REVIEW, Subject.DISPUTE, Subject.REFERRAL):
                value = references.chosen(field, self)
            if value not in ("", None, []):
                details[field.name] = value
        return details

    def refuse(self, refusal: Refusal):
        """Show why nothing was saved, beside the field at fault; the next try is made against today's case."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        if self.is_case:
            versions = Case.objects.values_list("version", flat=True)
            self.data["seen_version"] = versions.get(pk=self.subject.pk)


def _area():
    return forms.Textarea(attrs={"rows": 3})


class WhatIfForm(RecordForm):
    """The same questions, asked of a day that may still be to come; nothing is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("note", "how_known", "submission"):
            self.fields.pop(name, None)
        for name in particulars.fields(self):
            self.fields.pop(name)
        self.fields["on"] = DateField(label="On which day?", subject="The day", initial=timezone.localdate)
        self.helper = helper("See what would change", cancel_url=self.helper.cancel_url)

    def entry(self):
        return {"on": self.cleaned_data["on"], "children": self._chosen(), "details": self._details()}
