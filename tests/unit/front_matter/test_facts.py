"""The facts of composed pages are what a person reads on them: tests/cases/facts/pages.toml."""

from pathlib import Path

import pytest
import rtoml

import cleaner

CASES = rtoml.load(Path("tests/cases/facts/pages.toml"))["case"]
GIVEN = ("name", "head", "body", "url", "lang", "bare")
TEXT = """<p>The old bridge at the harbour opened again on Friday after nineteen months of work, and the first lorry of the
season crossed it a little after the tide had turned.</p><p>The mayor said that the work had cost less than the scaffolding
that was needed to reach it, and that the ferry would keep running until the autumn, when the council decides.</p>"""


def make_page(case):
    body = case.get("body", "{text}").replace("{text}", TEXT)
    heading = "" if "<h1" in body or case.get("bare") else f"<h1>{case.get('title', 'Harbour bridge reopens')}</h1>"
    title = "" if "<title" in case.get("head", "") else f"<title>{case.get('title', 'Harbour bridge reopens')}</title>"
    head = f"<head><meta charset='utf-8'>{title}{case.get('head', '')}</head>"
    return f"<html lang='{case.get('lang', 'en')}'>{head}<body>{heading}{body}</body></html>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_gives_its_facts(case):
    article = cleaner.clean(make_page(case), case.get("url"))
    for field, wanted in case.items():
        if field not in GIVEN:
            found = getattr(article, field)
            if field in ("published", "modified"):
                found = found.isoformat() if found else ""
                assert found.startswith(wanted) if wanted else not found, (field, found)
            else:
                assert (list(found) if isinstance(wanted, list) else found or "") == wanted, (field, found)
