"""Whoever looks at a page again sees what is new about it, though axe looks at nothing twice."""

import pytest

from tests.journeys import looking

pytestmark = pytest.mark.needs_browser
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>My work – The Protocol</title><style>
  body { font: 19px sans-serif; color: #111; background: #fff } .quiet { color: #ccc } .scrolls { height: 40px; overflow: auto }
  button, input, select { min-height: 30px; min-width: 30px } a { color: #00f }
</style></head><body>
<header><nav aria-label="Main"><ul><li><a href="/cases/">Cases</a></li></ul></nav></header>
<main>
  <h1>My work</h1><h2>Overdue</h2><p id="words">Two letters are late.</p><h2>Later</h2><p>Nothing.</p>
  <p><a id="link" href="/letters/">Letters</a></p>
  <img id="picture" src="data:," alt="A chart">
  <table><caption>Letters</caption><thead><tr><th scope="col">Kind</th></tr></thead>
    <tbody><tr><td>First</td></tr></tbody></table>
  <ul id="list"><li>One</li><li>Two</li></ul>
  <div id="box" class="scrolls"><p>Short</p></div>
  <form><label id="label" for="name">Name</label> <input id="name" name="children" autocomplete="name">
    <label for="second">Second</label> <input id="second" name="labels">
    <label for="kind">Kind</label> <select id="kind" name="textContent"><option>One</option></select>
    <button id="button"><b>Save</b></button></form>
</main><div id="beside"><b></b></div></body></html>"""
FAULTS = {
    "label": "document.getElementById('label').htmlFor = ''",
    "label, of words": "document.getElementById('label').textContent = ''",
    "select-name": "document.querySelector('[for=kind]').remove()",
    "link-name": "document.getElementById('link').textContent = ' '",
    "button-name": "document.getElementById('button').textContent = ''",
    "button-name, hidden": "document.getElementById('button').innerHTML = '<span aria-hidden=true>x</span>'",
    "image-alt": "document.getElementById('picture').removeAttribute('alt')",
    "empty-heading": "document.querySelector('h2').textContent = ''",
    "heading-order": "document.querySelectorAll('h2')[1].outerHTML = '<h4>Later</h4>'",
    "page-has-heading-one": "document.querySelector('h1').outerHTML = '<h2>My work</h2>'",
    "color-contrast, by a style": "document.getElementById('words').style.color = '#bbb'",
    "color-contrast, by a class": "document.getElementById('words').className = 'quiet'",
    "color-contrast, by a sheet": "document.styleSheets[0].insertRule('p:last-of-type { color: #ccc }', 0)",
    "color-contrast, by what lies under": "document.querySelector('main').style.background = '#222'",
    "document-title": "document.querySelector('title').textContent = ''",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "valid-lang": "document.getElementById('words').lang = 'nowhere'",
    "landmark-no-duplicate-main": "document.body.append(document.querySelector('main').cloneNode())",
    "landmark-unique": """document.querySelector('main').insertAdjacentHTML('beforeend',
        '<nav aria-label="Main"><a href="/cases/">Cases</a></nav>')""",
    "region": "document.body.append(document.getElementById('words'))",
    "region, deeper": "document.getElementById('beside').append(document.getElementById('words'))",
    "list": "document.getElementById('list').append(document.createElement('p'))",
    "listitem": "document.querySelector('main').append(document.querySelector('#list li'))",
    "aria-roles": "document.getElementById('words').setAttribute('role', 'anything')",
    "aria-allowed-attr": "document.getElementById('words').setAttribute('aria-checked', 'true')",
    "aria-valid-attr-value": "document.getElementById('button').setAttribute('aria-expanded', 'perhaps')",
    "aria-hidden-focus": "document.querySelector('form').setAttribute('aria-hidden', 'true')",
    "nested-interactive": """document.getElementById('button').innerHTML = '<a href="/save/">Save</a>'""",
    "autocomplete-valid": "document.getElementById('name').autocomplete = 'whatever'",
    "nested-interactive, deeper": """document.getElementById('button').innerHTML = '<b><a href="/save/">Save</a></b>'""",
    "tabindex": "document.getElementById('name').tabIndex = 3",
    "frame-title": "document.querySelector('main').append(document.createElement('iframe'))",
    "empty-table-header": "document.querySelector('th').textContent = ''",
    "scrollable-region-focusable": "document.querySelector('#box p').textContent = 'Long. '.repeat(900)",
    "target-size": """document.getElementById('list').insertAdjacentHTML('afterend',
        '<div style="font-size: 8px"><a href="/1/">A</a> <a href="/2/">B</a></div>')""",
}  # fmt: skip


@pytest.fixture
def page(browser):
    context = browser.new_context(base_url="http://looked.at", viewport={"width": 1280, "height": 900})
    context.route("**/*", lambda route: route.fulfill(content_type="text/html", body=""))
    context.route(f"**{looking.AXE_AT}", lambda route: route.fulfill(path=looking.AXE))
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_a_fault_on_a_page_whose_like_was_looked_at_is_found(page):
    known = looking.Known()
    page.set_content(PAGE)
    assert looking.axe_finds(page, known) == []
    overlooked = {}
    for fault, planted in FAULTS.items():
        found = when_it_is_planted(page, planted, known)
        if fault.split(",")[0] not in [one.split()[1] for one in found]:
            overlooked[fault] = found
    assert overlooked == {}


def test_what_had_a_fault_is_looked_at_again(page):
    known = looking.Known()
    for _ in range(2):
        (found,) = when_it_is_planted(page, FAULTS["link-name"], known)
        assert "link-name" in found
    assert known.kinds == known.facts == set()


def when_it_is_planted(page, planted, known):
    page.set_content(PAGE)
    page.evaluate(f"() => {{ {planted} }}")
    return looking.axe_finds(page, known)


def test_other_words_and_more_of_the_same_are_nothing_new(page):
    known = looking.Known()
    page.set_content(PAGE)
    looking.axe_finds(page, known)
    page.goto("/another")
    page.set_content(PAGE.replace("Two letters", "Three letters").replace("<li>Two</li>", "<li>Two</li>" * 3))
    assert looking.axe_finds(page, known) == []
    assert page.evaluate("typeof axe") == "undefined", "axe has looked once more"


def test_a_page_too_wide_twice_headed_and_without_a_title_is_found_at_a_glance(page):
    wide = '<div style="width: 400px">Wide</div><h1>And again</h1></main>'
    page.set_content(PAGE.replace("</main>", wide).replace("My work – The", "The"))
    found = list(looking.shows_at_a_glance(page, {"width": 1280, "height": 900}))
    assert [fault.split(" at ")[0].split(":")[0] for fault in found] == [
        "wider than a phone", "2 main headings", "no title of its own",
    ]  # fmt: skip
