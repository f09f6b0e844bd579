"""The form pack, held to GOV.UK's pattern with real forms, read as HTML."""

import pytest
from crispy_forms.layout import Fieldset, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from lxml import html

from accounts.govuk import DateField, helper
from tests.design.reading import drawn, only, text


class HearingForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What happened?",
        help_text="As the order says.",
        widget=forms.RadioSelect,
        choices=[("held", "Held"), ("moved", "Moved")],
    )
    new_date = DateField(label="New date", required=False)
    held_on = DateField(label="Date of hearing", help_text="For example, 27 3 2025", past_only=True)
    children = forms.MultipleChoiceField(
        label="Children", widget=forms.CheckboxSelectMultiple, choices=[("a", "Amara"), ("b", "Ben")]
    )
    told_by = forms.ChoiceField(label="Told by", choices=[("", "Choose"), ("g", "Guardian")])
    number = forms.CharField(
        label="Court case number", widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    weeks = forms.IntegerField(label="Weeks", min_value=1)
    email = forms.EmailField(label="IRO e-mail")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    order = forms.FileField(label="Order", required=False)
    reasons = forms.CharField(label="Reasons", help_text="In a sentence", widget=forms.Textarea)
    is_agreed = forms.BooleanField(label="The team manager agrees", help_text="In writing")
    which = forms.CharField(widget=forms.HiddenInput, initial="7")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].hints = {"moved": "A new date is known"}
        self.fields["outcome"].reveals = {"moved": ["new_date"]}
        self.helper = helper("Record the hearing", cancel_url="/back")


@pytest.fixture(params=["untouched", "nothing answered"])
def tree(request):
    return drawn(HearingForm() if request.param == "untouched" else HearingForm({}))


def test_every_id_is_used_once(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_whatever_an_attribute_points_at_is_on_the_page(tree):
    ids = set(tree.xpath("//@id"))
    for attribute in ("aria-describedby", "aria-controls", "aria-labelledby", "for"):
        for value in tree.xpath(f"//@{attribute}"):
            assert set(value.split()) <= ids, (attribute, value)
    assert {link.removeprefix("#") for link in tree.xpath("//*[@role='alert']//a/@href")} <= ids


def test_everything_one_answers_has_a_label(tree):
    for control in tree.xpath("//input[@type!='hidden'] | //select | //textarea"):
        assert text(only(tree, f"//label[@for='{control.get('id')}']"))
    for fieldset in tree.xpath("//fieldset"):
        assert text(fieldset.find("legend"))


def test_the_browser_leaves_judging_to_the_server(tree):
    assert only(tree, "//form").get("novalidate") is not None
    assert not tree.xpath("//*[@required]")


def test_a_hint_and_an_error_are_read_out_with_their_field():
    reasons = only(drawn(HearingForm({})), "//textarea")
    assert reasons.get("aria-describedby") == "id_reasons_hint id_reasons_error"
    assert "govuk-textarea--error" in reasons.get("class")
    held = only(drawn(HearingForm()), "//fieldset[legend[contains(., 'Date of hearing')]]")
    assert held.get("aria-describedby") == "id_held_on_hint"
    assert held.get("role") == "group"


def test_boxes_to_tick_are_not_drawn_as_a_single_choice():
    tree = drawn(HearingForm())
    assert len(tree.xpath("//input[@name='children'][@type='checkbox']")) == 2
    assert len(tree.xpath("//input[@name='outcome'][@type='radio']")) == 2
    only(tree, "//*[@data-module='govuk-radios']")
    assert len(tree.xpath("//*[@data-module='govuk-checkboxes']")) == 2


def test_what_is_missing_is_named_and_linked_in_the_order_of_the_page():
    tree = drawn(HearingForm({}))
    links = [(text(link), link.get("href")) for link in tree.xpath("//*[@role='alert']//a")]
    assert links == [
        ("Answer “What happened?”", "#id_outcome_0"),
        ("Enter date of hearing", "#id_held_on_0"),
        ("Choose children", "#id_children_0"),
        ("Choose told by", "#id_told_by"),
        ("Enter court case number", "#id_number"),
        ("Enter weeks", "#id_weeks"),
        ("Enter IRO e-mail", "#id_email"),
        ("Enter password", "#id_secret"),
        ("Enter reasons", "#id_reasons"),
        ("Tick to confirm: The team manager agrees", "#id_is_agreed"),
    ]


def test_an_untouched_form_complains_of_nothing():
    tree = drawn(HearingForm())
    assert not tree.xpath("//*[contains(@class, 'error')]")


def test_an_error_about_the_whole_form_stands_first_without_a_link():
    form = HearingForm({})
    form.is_valid()
    form.add_error(None, "This hearing was recorded before.")
    first = drawn(form).xpath("//*[@role='alert']//li")[0]
    assert text(first) == "This hearing was recorded before."
    assert first.find("a") is None


def test_what_somebody_typed_cannot_become_markup():
    form = HearingForm({"number": '"><script>x</script>', "held_on_day": '"><b>', "told_by": "<i>"})
    tree = drawn(form)
    assert not tree.xpath("//script | //b | //i")


def test_a_choice_carries_its_hint_and_the_question_it_opens():
    tree = drawn(HearingForm())
    moved = only(tree, "//input[@value='moved']")
    assert moved.get("aria-describedby") == "id_outcome_1_hint"
    revealed = only(tree, "//*[contains(@class, 'app-revealed')]")
    assert len(revealed.xpath(".//input")) == 3
    assert len(tree.xpath("//input[@name='new_date_day']")) == 1


def test_a_password_is_never_sent_back_and_can_be_shown():
    tree = drawn(HearingForm({"secret": "correct horse"}))
    box = only(tree, "//input[@type='password']")
    assert box.get("value") is None
    assert box.get("autocomplete") == "current-password"
    assert only(tree, "//button[@aria-controls='id_secret']").get("hidden") is not None


def test_numbers_are_typed_in_a_text_box_with_a_number_keyboard():
    weeks = only(drawn(HearingForm()), "//input[@name='weeks']")
    assert (weeks.get("type"), weeks.get("inputmode"), weeks.get("min")) == ("text", "numeric", None)


def test_the_form_ends_with_one_button_that_is_sent_once():
    tree = drawn(HearingForm())
    button = only(tree, "//button[@type='submit']")
    assert text(button) == "Record the hearing"
    assert button.get("data-prevent-double-click") == "true"
    assert only(tree, "//a[@href='/back']").text == "Cancel"
    assert only(tree, "//form").get("enctype") == "multipart/form-data"
    only(tree, "//input[@name='csrfmiddlewaretoken']")


def test_what_need_not_be_answered_says_so():
    tree = drawn(HearingForm())
    assert text(only(tree, "//label[@for='id_order']")) == "Order (optional)"
    assert text(only(tree, "//label[@for='id_number']")) == "Court case number"


def test_the_page_may_show_the_error_summary_itself():
    form = HearingForm({})
    form.helper = helper("Record", error_summary=False)
    assert not drawn(form).xpath("//*[@role='alert']")
    alone = Template('{% include "components/error_summary.html" %}').render(Context({"form": form}))
    assert "There is a problem" in alone


def test_a_filter_asks_nothing_back():
    form = HearingForm()
    form.helper = helper("Show", method="get")
    tree = drawn(form)
    assert not tree.xpath("//input[@name='csrfmiddlewaretoken']")
    assert "(optional)" not in text(tree)


def test_a_layout_groups_questions_under_a_legend():
    form = HearingForm()
    form.helper = helper("Record", layout=Layout(Fieldset("The hearing", "number", "weeks"), "which"))
    group = only(drawn(form), "//fieldset")
    assert text(group.find("legend")) == "The hearing"
    assert group.xpath(".//input/@name") == ["number", "weeks"]


def test_the_filter_gives_fields_and_no_form():
    drawn_fields = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(
        Context({"form": HearingForm()})
    )
    tree = html.fromstring(f"<main>{drawn_fields}</main>")
    assert not tree.xpath("//form | //button[@type='submit']")
    assert len(tree.xpath("//input[@name='number']")) == 1


def test_forms_in_a_set_keep_their_ids_apart():
    formset = forms.formset_factory(HearingForm, extra=2)()
    tree = html.fromstring(f"<main>{render_crispy_form(formset, helper('Save'))}</main>")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    only(tree, "//input[@name='form-1-number']")
