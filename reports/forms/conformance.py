from crispy_forms.layout import Column, Layout, Row
from django import forms

from accounts.govuk import DateField, helper
from protocol.vocabulary import Part
from reports.conformance import slices

SIDE_BY_SIDE = Layout(
    Row(Column("from_on"), Column("until_on")), Row(Column("part"), Column("owing")), Row(Column("owner"))
)


class SliceForm(forms.Form):
    """Which deadlines are looked at. What is left empty leaves nothing out, of the last twelve months."""

    from_on = DateField(label="First day", required=False)
    until_on = DateField(label="Last day", required=False)
    part = forms.ChoiceField(
        label="Part",
        required=False,
        choices=[("", "Every part"), *[(part.value, part.label) for part in Part]],
    )
    owing = forms.ChoiceField(label="Agency that owes", required=False)
    owner = forms.ChoiceField(label="Person", required=False)

    def __init__(self, asked, *, user, today):
        whole = slices.asked({}, today)
        shown = {"from_on": whole.from_on, "until_on": whole.until_on}
        super().__init__(asked or None, initial=shown)
        self.fields["owing"].choices = [("", "Every agency"), *slices.agencies(user)]
        self.fields["owner"].choices = [("", "Everybody"), *slices.owners(user)]
        self.today = today
        self.helper = helper("Show", method="get", layout=SIDE_BY_SIDE)
        self.helper.form_class = "app-not-printed"

    @property
    def slice(self):
        """What was asked for; what is wrong is said on the form, and is as if it were not there."""
        self.is_valid()
        return slices.asked(getattr(self, "cleaned_data", {}), self.today)
