"""What a short line says about an article: when, by whom, from which agency, or what a picture shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.metadata import dates, names
from cleaner.model import Moment
from cleaner.text import phrase

AGENCIES = {
    name.casefold(): name
    for name in (
        "AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse", "Reuters", "Thomson Reuters",
        "PTI", "Press Trust of India", "IANS", "ANI", "UNI", "dpa", "dpa/lno", "APA", "SDA", "Keystone-SDA", "epd", "KNA",
        "Xinhua", "新华社", "新華社", "中新社", "TASS", "TACC", "ТАСС", "РИА Новости", "Интерфакс", "Interfax", "Kyodo",
        "共同通信", "時事通信", "Jiji Press", "Yonhap", "연합뉴스", "EFE", "Agencia EFE", "Europa Press", "ANSA", "Adnkronos",
        "ANP", "Belga", "Ritzau", "NTB", "TT", "PAP", "ČTK", "MTI", "Lusa", "Agência Brasil", "Anadolu Agency", "AA",
        "Bernama", "Antara", "UPI", "PA Media", "Press Association", "AAP", "Canadian Press", "The Canadian Press",
        "Bloomberg", "CNN Wire", "Agencies", "Agentur", "Agenturen", "Agencias",
    )
}  # fmt: skip
"""News agencies, as a line of their own names them, by case-folded name."""

SECTIONS = frozenset("""
    world|news|politics|business|sport|sports|opinion|india|national|nation|international|local|technology|tech|science|
    health|entertainment|culture|lifestyle|travel|economy|markets|finance|education|environment|climate|us|u.s.|uk|
    asia|europe|africa|americas|middle east|south asia|top news|politik|wirtschaft|kultur|wissen|ausland|inland|
    panorama|gesellschaft|monde|politique|économie|société|mundo|política|economía|deportes|cultura|sociedad|mondo|
    esteri|cronaca|economia|esporte|brasil|мир|политика|экономика|общество|спорт|культура
""".replace("\n", "").replace(" |", "|").replace("    ", "").split("|"))  # fmt: skip
"""Names of sections that can stand alone above a headline, case-folded."""

_SHORT = 50
MAX_BYLINE = 120
MAX_CAPTION = 400
MAX_TAGS = 300
"""Characters; longer lines are prose, whatever words they hold."""

_UPDATED = (
    r"updat(?:ed?|es)\b|modified\b|aktualisiert\b|mis à jour\b|actualizado\b|atualizado\b|aggiornato\b|обновлено\b|"
    r"bijgewerkt\b|zuletzt geändert\b|更新|수정"
)
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_STAMP_WORD = re.compile(
    rf"{_UPDATED}|\b(?:first|last|date|time|on|at|by|in|is|posted|published|publi[ée]e?s?|publicado|pubblicato|"
    r"veröffentlicht|gepubliceerd|опубликовано|created|erstellt|stand|am|um|uhr|vom|le|à|el|a las|il|alle|kl|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|IST|GMT|UTC|[ECMP][SD]?T|CES?T|BST|hrs?|"
    r"\d+\s*(?:-\s*)?min(?:ute)?s?\.?(?:\s+read|\s+lesezeit)?|read|reading time|lesezeit|tiempo de lectura)\b|"
    r"发布时间|發布時間|时间|日期|来源|发布|公開日|최종|입력|등록",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\W*(?:(?:posted|published|updated)\s+)?(?:about\s+|an?\s+|\d+\s*)?(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\s+ago\W*|"
    r"(?:just now|yesterday)|\W*vor \d+ (?:minuten?|stunden?|tag(?:en)?)\W*|\W*il y a \d+ \w+\W*|\W*hace \d+ \w+\W*|"
    r"\W*\d+\s*(?:-\s*)?min(?:ute)?s?\.?\s+(?:read|lesezeit|de lecture|de lectura)\W*|\W*(?:reading time|lesezeit)\b.{0,20}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")
_PLACE = re.compile(r"[-–—|,]\s*([A-Z][A-Z .'/-]{2,40})\s*:?\s*$")
_CREDIT = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|pic|video)\s*(?:courtesy|credits?|source|by)\s*[:/–-]?\s*\S|"
    r"[|(/]\s*(?:photo|image|pic|foto|bild|crédit|credit)\s*(?:credit)?s?\s*:|"
    r"\((?:AP|AFP|Reuters|EPA|Getty|PTI|ANI|IANS|dpa)\s*(?:Photo|Images|File|Pictures?)?\s*(?:/[^)]*)?(?:\s+via\s+[^)]*)?\)\W*$|"
    r"\b(?:getty images|afp via getty|shutterstock|unsplash|pixabay|istock(?:photo)?|alamy|picture alliance|imago images)\b"
    r"[^.]{0,40}$|^(?:file (?:picture|photo|image)s?|representat(?:ive|ional) (?:image|photo|picture))\b|"
    r"^(?:image|photo|picture|foto|bild|crédit photo|copyright|bildquelle|credits?)\s*[:©]|\|\s*(?:reuters|afp|ap|pti|getty.*)$",
    re.IGNORECASE,
)
_CREDIT_CLUES = (
    "|", "(", ":", "©", "/", " by ", "courtesy", "credit", "source", "getty", "shutterstock", "unsplash", "pixabay",
    "istock", "alamy", "alliance", "imago", "file p", "file i", "representat",
)  # fmt: skip
"""One of these stands in every credit; most lines hold none, and are spared the expression above."""
_TAG_HEADINGS = frozenset(
    (
        "related topics",
        "topics",
        "tags",
        "tagged",
        "tag",
        "keywords",
        "schlagwörter",
        "themen",
        "etiquetas",
        "temas",
        "标签",
    )
)
_TAG_LINE = re.compile(
    r"\s*(?:tags?|tagged(?: with| in)?|topics|keywords|filed under|schlagwörter|etiquetas)\s*:\s*(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a date line gives."""

    published: Moment | None = None
    modified: Moment | None = None
    place: str | None = None


def stamp(text: str, timezone: str | None = None) -> Stamp | None:
    """What ``text`` says if it is a date line: nothing but dates, times and the words around them; else None.

    A line of relative time or reading time ("1 hour ago", "3 min read") is an empty stamp.
    """
    if len(text) > dates.MAX_LINE:
        return None
    if not _DIGIT.search(text):
        return Stamp() if len(text) <= _SHORT and _RELATIVE.fullmatch(text) else None
    if _RELATIVE.fullmatch(text.strip()):
        return Stamp()
    found = dates.find(text, timezone)
    if not found:
        return None
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    place = _PLACE.search(rest)
    bare = _HANDLE.sub("", _STAMP_WORD.sub("", _TIME.sub("", rest[: place.start()] if place else rest)))
    if sum(map(str.isalnum, bare)) > (3 if len(found) == 1 else 6):
        return None
    published, modified = _sorted(text, found, timezone)
    return Stamp(published, modified, place[1].strip() if place else None)


def _sorted(text: str, found: list[dates.Found], timezone: str | None) -> tuple[Moment | None, Moment | None]:
    """Publication and update among the dates of a line; a bare time after "updated" is of the same day."""
    published = modified = None
    at = 0
    for one in found:
        if _UPDATE.search(text, at, one.start):
            modified = modified or one.moment
        else:
            published = published or one.moment
        at = one.end
    update = _UPDATE.search(text, at)
    if update and published and not modified:
        day = published
        modified = dates.clock(text[update.end() :].lstrip(" :|-"), day, timezone)
    return published, modified


def is_update(text: str) -> bool:
    """Whether ``text`` speaks of a change and not of publication."""
    return _UPDATE.search(text) is not None


def agency(text: str) -> str | None:
    """The news agency that the whole of ``text`` names."""
    if len(text) > _SHORT:
        return None
    return AGENCIES.get(phrase(text).removeprefix("by ").removeprefix("source: "))


def byline(text: str) -> tuple[str, ...]:
    """The authors that ``text`` names if it says "By …" and little else."""
    if len(text) > MAX_BYLINE or text.endswith((".", "!", "?")) or not names.LEAD.match(text):
        return ()
    found = names.split(text)
    return found if found and all(map(names.is_lone, found)) else ()


def is_caption(text: str) -> bool:
    """Whether ``text`` bears a picture's credit."""
    if len(text) > MAX_CAPTION:
        return False
    folded = text.casefold()
    for clue in _CREDIT_CLUES:  # a loop, for this runs for every line of a dump and any() takes twice the time
        if clue in folded:
            return _CREDIT.search(text) is not None
    return False


def is_tag_heading(text: str) -> bool:
    """Whether ``text`` announces the line of tags below it."""
    return len(text) <= _SHORT and phrase(text) in _TAG_HEADINGS


def is_tag_line(text: str) -> bool:
    """Whether ``text`` is a line of tags that says so itself ("Tags: …")."""
    return len(text) <= MAX_TAGS and _TAG_LINE.match(text) is not None and not text.rstrip().endswith(".")


def tags(text: str) -> tuple[str, ...]:
    """The tags in a line of them, whatever stands between."""
    line = _TAG_LINE.sub("", text, count=1)
    mark = next((mark for mark in (" / ", "|", ";", ",", "·", "•", "#") if mark in line), None)
    parts = line.split(mark) if mark else [line]
    return names.unique(part.strip(" #") for part in parts if part.strip(" #"))
