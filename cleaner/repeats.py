"""Lines that recur on the pages of a site: counted in a first pass over a batch, looked up in the second.

A line counts only together with the line below it. Boilerplate has the same neighbours on every page; a section heading,
a refrain, an interviewer's question or a sentence that other stories quote has not.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby, islice, pairwise
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeAlias

import msgspec

from cleaner.language.characters import normalize_phrase

MAX_PAGES = 100
"""Pages of a site that are compared, chosen by the hash of their ids: a random sample that is the same in every run."""
MIN_STORIES = 4
"""Stories of a site that must be compared before any of its lines counts as recurring."""
_MIN_RECURRING = 3
_MIN_RECURRING_SHARE = 1 / 3
"""Number and share of a site's stories that contain a recurring pair of lines.

The number protects small sites. The share protects large ones, where dozens of stories have a paragraph of background in
common; from a share of 0 to one half, the dropped boilerplate changes by less than a tenth (``bench/repeats.py``).
"""
_MIN_DISTINCTIVE_CHARS = 25
"""Characters of a distinctive line: a line of verse has as many, a menu entry has not. Chosen by reading pages; not measured."""
_MIN_VERSION_SHARE = 0.5
"""Share of a page's distinctive lines, in characters, that another story contains, from which the page is a version of it."""
_MAX_CACHED_SITES = 64
_BITS = 63
"""Bits of a key that fit in SQLite's integers."""
_FIRST_LINE_FACTOR = 0x9E3779B97F4A7C15
"""Factor of a first line's key, which makes a pair depend on its order; odd, so that different keys stay different."""


class LineHash(NamedTuple):
    """A line for comparison: without case, white space and marks at its ends."""

    key: int
    """Hash of 63 bits."""
    size: int
    """Characters; 0 for a line of only marks, which is ignored."""


Lines: TypeAlias = tuple[LineHash, ...]
Pair: TypeAlias = int
"""Key of two consecutive lines."""


class Recurring(NamedTuple):
    """The pairs of lines that recur on a site."""

    stories: int
    """Number of pages that were compared; versions of one story count as one."""
    pairs: Mapping[Pair, int]
    """The number of stories with each pair."""


def hash_line(text: str) -> LineHash:
    """Hash and size of ``text``."""
    phrase = normalize_phrase(text)
    return LineHash(_hash_text(phrase), len(phrase))


def hash_pair(first: LineHash, second: LineHash) -> Pair:
    """The key of ``first`` with ``second`` below it."""
    return (first.key * _FIRST_LINE_FACTOR + second.key) % (1 << _BITS)


def find_recurring(pages: Iterable[Sequence[LineHash]]) -> Recurring:
    """The pairs of lines that recur in ``pages`` of one site, each given as its lines; none if there are too few stories.

    Pages that are versions of one story, or the same page stored twice, count as one. A page without a line of 25
    characters does not count. The order of the pages makes no difference.
    """
    stories = 0
    stories_by_line: defaultdict[int, set[int]] = defaultdict(set)
    stories_by_pair: defaultdict[Pair, set[int]] = defaultdict(set)
    # The longest first, so that earlier versions of a live blog come after the last one.
    for page in sorted(pages, key=lambda lines: (-sum(_select_distinctive(lines).values()), lines)):
        distinctive = _select_distinctive(page)
        if not distinctive:
            continue
        story = _find_same_story(distinctive, stories_by_line)
        if story is None:
            story, stories = stories, stories + 1
        for key in distinctive:
            stories_by_line[key].add(story)
        for first, second in pairwise(line for line in page if line.size):
            stories_by_pair[hash_pair(first, second)].add(story)
    least = max(_MIN_RECURRING, _MIN_RECURRING_SHARE * stories)
    counts = {pair: len(found) for pair, found in stories_by_pair.items() if len(found) >= least}
    return Recurring(stories, counts if stories >= MIN_STORIES else {})


def _select_distinctive(page: Sequence[LineHash]) -> dict[int, int]:
    """The lines of ``page`` that are long enough to distinguish its story from others, key to size."""
    return {line.key: line.size for line in page if line.size >= _MIN_DISTINCTIVE_CHARS}


def _find_same_story(distinctive: Mapping[int, int], stories_by_line: Mapping[int, set[int]]) -> int | None:
    """The story of which a page with these lines is a version; None if it is a new story.

    Lines that two stories already share are ignored: two long pages are enough to distinguish the stories of pages that
    are mostly boilerplate.
    """
    shared: Counter[int] = Counter()
    new_chars = 0
    for key, size in distinctive.items():
        known = stories_by_line.get(key, ())
        if not known:
            new_chars += size
        elif len(known) == 1:
            shared.update(dict.fromkeys(known, size))
    if not shared:
        return None
    story, most = max(shared.items(), key=lambda item: (item[1], -item[0]))
    return story if most >= _MIN_VERSION_SHARE * (new_chars + shared.total()) else None


class Repeats(NamedTuple):
    """The file of recurring lines that :meth:`Tally.freeze` wrote; small enough to pickle for other processes."""

    path: Path
    modified: int
    """Time of modification in nanoseconds, as a later batch may use the same path."""

    def look_up(self, site: str) -> Recurring | None:
        """The lines that recur on ``site``; None if too few of its stories were compared."""
        return _load_recurring(self, site)


class Tally:
    """Counts the lines of any number of pages, in a file and constant memory.

    A context manager. It replaces the file at ``path``, which the caller deletes after the last look-up. A page takes
    about 12 bytes a line, until its site has :data:`MAX_PAGES` of them. The order in which pages are added makes no
    difference. The file is not safe against crashes: after one, count again.
    """

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000; BEGIN;
            CREATE TABLE page (site INTEGER, draw INTEGER, lines BLOB);
            CREATE INDEX drawn ON page (site, draw);
            CREATE TABLE site (site INTEGER PRIMARY KEY, stories INTEGER);
            CREATE TABLE pair (site INTEGER, pair INTEGER, stories INTEGER, PRIMARY KEY (site, pair)) WITHOUT ROWID;
            """
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def accepts(self, site: str, page: str) -> bool:
        """Whether the page with this id may be one of those that are compared; if not, it need not be read."""
        query = "SELECT draw FROM page WHERE site = ? ORDER BY draw LIMIT 1 OFFSET ?"
        last = self._db.execute(query, (_hash_text(site), MAX_PAGES - 1)).fetchone()
        return last is None or _hash_text(page) < last[0]

    def add(self, site: str, page: str, lines: Lines) -> None:
        """Add the page with this id, which is unique within the site."""
        if self.accepts(site, page):
            row = (_hash_text(site), _hash_text(page), msgspec.msgpack.encode(lines))
            self._db.execute("INSERT INTO page VALUES (?, ?, ?)", row)

    def freeze(self) -> Repeats:
        """Compute the recurring lines of each site from the pages added, and write them."""
        rows = self._db.execute("SELECT site, lines FROM page ORDER BY site, draw")
        for site, pages in groupby(rows, key=itemgetter(0)):
            found = find_recurring(_decode_lines(lines) for _, lines in islice(pages, MAX_PAGES))
            self._db.execute("INSERT INTO site VALUES (?, ?)", (site, found.stories))
            triples = [(site, pair, stories) for pair, stories in found.pairs.items()]
            self._db.executemany("INSERT INTO pair VALUES (?, ?, ?)", triples)
        self._db.execute("COMMIT")
        return Repeats(self._path, self._path.stat().st_mtime_ns)


@lru_cache(maxsize=_MAX_CACHED_SITES)
def _load_recurring(repeats: Repeats, site: str) -> Recurring | None:
    with closing(sqlite3.connect(f"{repeats.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        key = (_hash_text(site),)
        row = db.execute("SELECT stories FROM site WHERE site = ?", key).fetchone()
        if row is None or row[0] < MIN_STORIES:
            return None
        return Recurring(row[0], dict(db.execute("SELECT pair, stories FROM pair WHERE site = ?", key)))


def _decode_lines(lines: bytes) -> list[LineHash]:
    return msgspec.msgpack.decode(lines, type=list[LineHash])


def _hash_text(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - _BITS)
