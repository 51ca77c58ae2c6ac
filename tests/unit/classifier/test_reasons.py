import pytest

import cleaner

TEXT = (
    "<p>The old pier will open again in spring, two winters after the storm broke it, the council said on Monday.</p>"
    * 5
)
PAGE = f"""<html><body><article><h1>Old pier to open again</h1>{TEXT}</article>
<div class="related-stories"><h3>Read also</h3><ul><li><a href="/a">Ferry late again after storm in the bay</a></li>
<li><a href="/b">Fish market moves to the new quay</a></li></ul></div>
<div class="newsletter-signup"><p>News from the harbour in your inbox every Friday</p></div></body></html>"""


def reasons():
    return {block.text: block.verdict for block in cleaner.clean(PAGE).removed}


@pytest.mark.parametrize(
    ("text", "label", "parts"),
    [
        ("Ferry late again after storm in the bay", "related", ["inside “related-stories”", "below “Read also”"]),
        (
            "News from the harbour in your inbox every Friday",
            "newsletter",
            ["the word “inbox”", "inside “newsletter-signup”"],
        ),
    ],
)
def test_the_strongest_evidence_is_named(text, label, parts):
    verdict = reasons()[text]
    assert verdict.label == label
    assert verdict.why.startswith("scored as boilerplate: ")
    assert all(part in verdict.why for part in parts), verdict.why


def test_the_probability_is_that_of_the_label():
    why = reasons()["News from the harbour in your inbox every Friday"].why
    share, label = why.removeprefix("scored as boilerplate: ").split(",")[0].split()
    assert label == "newsletter"
    assert 0.5 < float(share) <= 1


def test_what_is_remembered_has_a_limit_and_makes_no_difference(monkeypatch):
    first = {text: verdict.why for text, verdict in reasons().items()}
    monkeypatch.setattr("cleaner.classifier.reasons._MAX_REMEMBERED", 0)
    assert {text: verdict.why for text, verdict in reasons().items()} == first
    cleaner.clean(PAGE.replace("harbour", "quayside"))
    assert {text: verdict.why for text, verdict in reasons().items()} == first
