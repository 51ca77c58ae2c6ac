"""Every case that stands in a built-in rule file: a site's rules do on its pages what the file says they do."""

import pytest

import cleaner
from cleaner.rulebook import Rulebook

CASES = [
    pytest.param(site.path.parent / case.input, case, id=f"{site.name}-{case.input.rsplit('/', 1)[-1]}")
    for site in Rulebook.load().sites
    for case in site.cases
]


@pytest.mark.parametrize(("file", "case"), CASES)
def test_case(file, case):
    article = cleaner.clean(file.read_bytes(), url=case.url)
    text = " ".join(article.text.split())
    assert [kept for kept in case.must_keep if kept not in text] == []
    assert [dropped for dropped in case.must_drop if dropped in text] == []
    row = article.to_dict()
    got = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in case.expects}
    assert got == case.expects


def test_there_are_cases():
    assert CASES
