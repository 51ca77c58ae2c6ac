"""The cases of rule files: a page each, and what cleaning it has to give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import decode
from cleaner.authoring import golden
from cleaner.errors import PageError
from cleaner.judges.site_rules import swallowed
from cleaner.model import Article, Block, Page
from cleaner.rulebook import Case, Dropped, File

BODY, GOLDEN = "body", "golden"
"""What is looked at in every case: that something of the page is left, and that it is what it was."""


class Trial(NamedTuple):
    """A case and where it stands."""

    folder: Path
    """The rules folder, from which ``case.input`` leads to the page."""
    file: File
    number: int
    """Its place among the cases of ``file``, from 0."""
    case: Case

    @property
    def key(self) -> str:
        """Where in its file it stands."""
        return f"$.case[{self.number}]"

    @property
    def name(self) -> str:
        """A short name that tells it from the other cases of its file."""
        return self.case.input.removeprefix(f"cases/{self.file.name}/")

    @property
    def input(self) -> Path:
        """The file of its page."""
        return self.folder / self.case.input

    def page(self) -> Page:
        """Its page. Raises :class:`~cleaner.PageError`, also where there is no such file."""
        try:
            data = self.input.read_bytes()
        except OSError as error:
            problem = f"cannot be read: {error.strerror}; `input` is a path from the rules folder"
            raise PageError(str(self.input), problem) from error
        case = self.case
        return decode.read_page(data, name=case.input, source=case.input, url=case.url, fetched=case.fetched)


def trials(folder: Path, file: File) -> Iterator[Trial]:
    """The cases of ``file``, in their order."""
    for index, case in enumerate(getattr(file.content, "case", ())):
        yield Trial(folder, file, index, case)


def fields(case: Case) -> Iterator[str]:
    """What is looked at in ``case``: what it names, that a body is left, and the golden."""
    yield from (name for name in ("must_keep", "must_drop") if getattr(case, name))
    yield from case.expects
    yield from (BODY, GOLDEN)


def verify(trial: Trial, field: str, article: Article) -> str:
    """What is wrong with one of the fields of a case in ``article``, over several lines; empty where it holds."""
    if look := _LOOKS.get(field):
        return look(trial, article)
    return _field(trial.case.expects[field], article.to_dict()[field])


def _field(wanted: str | Sequence[str], got: Any) -> str:
    if wanted == (tuple(got) if isinstance(got, list) else got):
        return ""
    return f"expected {golden.shown(wanted)}\n     got {golden.shown(got)}"


def _must_keep(trial: Trial, article: Article) -> str:
    return "\n".join(filter(None, (_kept(text, article) for text in trial.case.must_keep)))


def _must_drop(trial: Trial, article: Article) -> str:
    return "\n".join(filter(None, (_dropped(text, article) for text in trial.case.must_drop)))


def _body(_trial: Trial, article: Article) -> str:
    rule = swallowed(article.blocks)
    return f"{rule} drops the whole body\nNarrow its matcher down to what is not the story." if rule else ""


def _golden(trial: Trial, article: Article) -> str:
    path = golden.beside(trial.input)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return f"there is no {path.name}\nLook at the article with `cleaner explain`, then write it with --update."
    return "\n".join(golden.differences(text, article))


_LOOKS: Mapping[str, Callable[[Trial, Article], str]] = {
    "must_keep": _must_keep,
    "must_drop": _must_drop,
    BODY: _body,
    GOLDEN: _golden,
}


def _kept(text: str, article: Article) -> str:
    if _flat(text) in _flat(article.text):
        return ""
    lost = _found(text, article.removed)
    if lost:
        return f"went missing: {golden.quoted(text)}\n  is {golden.judged(lost)}"
    place = "in no single block of it" if _flat(text) in _page(article) else "nowhere on the page"
    return f"not in the text: {golden.quoted(text)}\n  stands {place}"


def _dropped(wanted: str | Dropped, article: Article) -> str:
    text = wanted if isinstance(wanted, str) else wanted.text
    if _flat(text) in _flat(article.text):
        kept = _found(text, [block for block in article.blocks if block.kept])
        return f"came back: {golden.quoted(text)}" + (f"\n  is {golden.judged(kept)}" if kept else "")
    if _flat(text) not in _page(article):
        return f"proves nothing: {golden.quoted(text)}\n  stands nowhere on the page"
    if isinstance(wanted, str):
        return ""
    named = [block for block in article.removed if _flat(text) in _flat(block.text)]
    if any(block.verdict and block.verdict.label is wanted.label for block in named):
        return ""
    got = golden.judged(named[0]) if named else "dropped over several blocks"
    return f"expected {wanted.label.value}: {golden.quoted(text)}\n  is {got}"


def _found(text: str, blocks: Sequence[Block]) -> Block | None:
    return next((block for block in blocks if _flat(text) in _flat(block.text)), None)


def _page(article: Article) -> str:
    return _flat("\n".join(block.text for block in article.blocks))


def _flat(text: str) -> str:
    return " ".join(text.split())
