"""A Markdown file that a person wrote is read with its front matter, and nothing of it is dropped."""

import pytest

import cleaner
from cleaner.page.markdown_files import convert

BODY = """The old ferry carried its last lorry on Tuesday.

## Share this

- one
- two

```python
print("Read more")
```

Read more

Subscribe to our newsletter
"""
YAML = f"""---
title: "The ferry: an end"
author: Ana Roldana
date: 2024-09-10
tags: [boats, 'rivers']
description: >
  How it
  ended
---
{BODY}"""


def clean(content, name="story.md"):
    return cleaner.Cleaner().clean_page(cleaner.read_page(content, name=name))


def test_front_matter_gives_the_metadata():
    article = clean(YAML)
    assert (article.title, article.authors) == ("The ferry: an end", ("Ana Roldana",))
    assert article.published.isoformat() == "2024-09-10"
    assert (article.tags, article.description) == (("boats", "rivers"), "How it ended")


def test_nothing_is_dropped():
    article = clean(YAML)
    for line in (
        "The old ferry",
        "Share this",
        "one",
        "two",
        'print("Read more")',
        "Read more",
        "Subscribe to our newsletter",
    ):
        assert line in article.text
    assert {block.verdict.label.value for block in article.removed} <= {"title"}


def test_toml_and_a_list_of_lines():
    article = clean('+++\ntitle = "Ferry"\nauthors = ["Ana Roldana", "Jo March"]\n+++\n' + BODY)
    assert article.authors == ("Ana Roldana", "Jo March")
    article = clean("---\ntitle: Ferry\ntags:\n  - boats\n  - rivers\n---\n" + BODY)
    assert article.tags == ("boats", "rivers")


def test_a_file_without_front_matter_begins_with_its_title():
    article = clean("# The ferry\n\n" + BODY)
    assert article.title == "The ferry"
    assert "Subscribe to our newsletter" in article.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (YAML, "story.txt"),
        ("# The ferry\n\n" + "[Home](/)\n\n[News](/news)\n\n" * 3 + BODY, "dump.md"),
        (BODY, "dump.md"),
        ("---\n\nA rule above\n\n---\n", "rules.md"),
    ],
)
def test_a_dump_is_no_such_file(content, name):
    assert convert(content, name) is None
