"""A wording uses declared fields and nothing else, whoever writes it."""

import json
import re
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from letters import press, wording
from letters.contents import CONTENTS
from letters.kinds import TO_THE_CHILD, LetterKind

KINDS = list(LetterKind)
SAYS_ENOUGH = "".join(f"{{{{ {name} }}}}" for name in CONTENTS[LetterKind.APPENDIX_2].must_say)


def faults(text, kind=LetterKind.APPENDIX_2):
    with pytest.raises(ValidationError) as refused:
        wording.check(kind, text)
    return " ".join(refused.value.messages)


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("kind", KINDS)
def test_each_national_wording_passes_the_check_that_every_wording_must(kind):
    wording.check(kind, wording.national(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_contents_come_back_from_storage_as_they_went_in(kind):
    sample = CONTENTS[kind].sample()
    assert CONTENTS[kind].from_json(json.loads(json.dumps(sample.as_json()))) == sample


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_that_knows_little_still_reads_as_a_letter(kind):
    """No empty brackets, no stray "None", no "on ." where a field is not known."""
    sample = CONTENTS[kind].sample()
    optional = {
        name: type(getattr(sample, name))()
        for name in sample.declared()
        if name not in sample.must_say and isinstance(getattr(sample, name), str | tuple)
    }
    days = {name: None for name in sample.declared() if name.endswith("_on") and name != "concluded_on"}
    text = plain(wording.render(wording.national(kind), replace(sample, **optional, **days)))
    assert "None" not in text
    assert " on ." not in text
    assert " ," not in text
    assert "  " not in text


@pytest.mark.parametrize(
    "tag",
    [
        "{% load static %}", "{% include 'accounts/sign_in.html' %}", "{% extends 'base.html' %}",
        "{% autoescape off %}{% endautoescape %}", "{% debug %}", "{% url 'my_work' %}", "{% csrf_token %}",
        "{% with x=1 %}{% endwith %}", "{% now 'Y' %}", "{% templatetag openblock %}", "{% ssi '/etc/passwd' %}",
        "{% verbatim %}{% endverbatim %}", "{{ outcome|safe }}", "{{ outcome|safeseq }}", "{{ outcome|escapejs }}",
        "{{ outcome|pprint }}", "{{ outcome|urlize }}", "{{ outcome|add:'x' }}",
    ],
)  # fmt: skip
def test_no_tag_and_no_filter_exists_but_the_allowed_ones(tag):
    assert "is not among what a wording may use" in faults(SAYS_ENOUGH + tag)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("{{ settings }}", "“settings” is not a field of this letter"),
        ("{{ sender }}", "“sender” is not a field of this letter"),
        ("{{ outcome.__class__ }}", "may not begin with underscores"),
        ("{{ children.0 }}", "cannot look inside a field (.0)"),
        ("{{ concluded_on.year }}", "cannot look inside a field (.year)"),
        ("{% if outcome.upper == 'X' %}{% endif %}", "cannot look inside a field (.upper)"),
        ("{% for child in children %}{{ forloop.counter }}{% endfor %}", "forloop"),
        ("{% for letter in outcome %}{% endfor %}", "outcome is not a list"),
        ("{% for a in children %}{% for b in a %}{% endfor %}{% endfor %}", "inside another"),
        ("{{ outcome|date:settings }}", "take words in quotation marks"),
        ("{{ '<script>' }}", "not in quotation marks"),
        ("{% for x in 'abc' %}{{ x }}{% endfor %}", "not in quotation marks"),
        ("{% if not nothing_of_the_kind %}{% endif %}", "is not a field of this letter"),
    ],
)
def test_nothing_but_a_declared_field_can_be_named(expression, sentence):
    assert sentence in faults(SAYS_ENOUGH + expression)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>", "<img src='http://example.org/x.png'>", "<p onclick='x'>y</p>", "<a href='x'>y</a>",
        "<style>p {}</style>", "<iframe>", "<{{ outcome }}>", "<p {{ outcome }}>", "{#\n<script>\n#}", "<!-- x -->",
        "<P>shouting</P>", "a < b",
    ],
)  # fmt: skip
def test_only_plain_elements_without_attributes_are_allowed(markup):
    assert "is not allowed. A wording may use h1" in faults(SAYS_ENOUGH + markup)


@pytest.mark.parametrize(
    "markup", ["<p>", "</p>", "<p><strong>x</p></strong>", "{% if outcome %}<ul>{% endif %}"]
)
def test_elements_close_in_the_order_they_opened(markup):
    assert re.search(r"never closed|closes nothing", faults(SAYS_ENOUGH + markup))


def test_a_wording_says_what_its_letter_must_say():
    assert "Use the field guardian_email: this letter must say it." in faults("<p>Hello</p>")


def test_a_wording_has_an_end():
    assert "at most 20,000 characters" in faults("x" * 20_001)


def test_what_stands_in_a_field_is_escaped():
    sample = replace(CONTENTS[LetterKind.APPENDIX_2].sample(), outcome="<script>alert('x')</script>")
    page = press.page(sample, wording.national(LetterKind.APPENDIX_2))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_field_cannot_smuggle_template_language_in():
    sample = replace(CONTENTS[LetterKind.APPENDIX_2].sample(), outcome="{{ settings }}{% load static %}")
    assert "{{ settings }}{% load static %}" in wording.render(
        wording.national(LetterKind.APPENDIX_2), sample
    )


def test_the_sheet_escapes_too():
    page = press.page(
        replace(CONTENTS[LetterKind.APPENDIX_1].sample(), signed_by="<b>Tom</b>", copied_to=("<i>x</i>",)),
        wording.national(LetterKind.APPENDIX_1),
    )
    assert "<b>Tom" not in page
    assert "<i>x" not in page


# --- Two reading levels -------------------------------------------------------------------------------------


def sentences(kind):
    text = plain(wording.render(wording.national(kind), CONTENTS[kind].sample()).replace("</", ". </"))
    return [words for part in re.split(r"[.?!:]", text) if (words := re.findall(r"[A-Za-z’'-]+", part))]


def average(kind):
    said = sentences(kind)
    return sum(map(len, said)) / len(said)


def long_words(kind):
    words = [word for sentence in sentences(kind) for word in sentence]
    return sum(len(word) > 7 for word in words) / len(words)


def test_the_younger_child_reads_short_sentences_of_short_words():
    assert average(LetterKind.TO_THE_CHILD_YOUNGER) < 8
    assert max(map(len, sentences(LetterKind.TO_THE_CHILD_YOUNGER))) <= 16
    assert long_words(LetterKind.TO_THE_CHILD_YOUNGER) < 0.05


def test_the_older_child_is_told_more_in_plain_english():
    assert average(LetterKind.TO_THE_CHILD_YOUNGER) < average(LetterKind.TO_THE_CHILD_OLDER) < 16
    text = plain(wording.national(LetterKind.TO_THE_CHILD_OLDER))
    assert "advocate" in text
    assert "complain" in text


@pytest.mark.parametrize("kind", sorted(TO_THE_CHILD))
def test_a_childs_letter_says_nobodys_address_but_the_offices(kind):
    assert not [name for name in CONTENTS[kind].declared() if "address" in name]
    assert CONTENTS[kind].sample().copied_to == ()
