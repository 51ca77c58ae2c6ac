"""Lines that recur across the pages of a site: counted in a first pass over a batch, looked up in the second.

A line counts only together with the line below it. Boilerplate stands in the same company on every page; a section
head, a refrain, an interviewer's question or a sentence that other stories quote does not.
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

SAMPLE = 100
"""Pages of a site that are compared, chosen by the hash of their ids: as good as by lot, and the same in every run."""
FEWEST = 4
"""Stories of a site from which on its lines are told apart."""
_LEAST = 3
_SHARE = 1 / 3
"""Boilerplate stands on so many stories, and on this share of the site's.

The count guards small sites. The share guards big ones, where one paragraph of background stands in dozens of stories;
from no share at all to one half, the boilerplate that goes changes by less than a tenth (``bench/repeats.py``).
"""
_TELLING = 25
"""Characters of a line that tells stories apart: a line of verse has them, an entry of a menu has not."""
_VERSION = 0.5
"""Share of a page's telling lines, by characters, that stand in one other story: from here on it is a version of it."""
_SITES_AT_HAND = 64
_BITS = 63
"""Of a key: what SQLite's integers hold."""
_FIRST = 0x9E3779B97F4A7C15
"""Odd, so that no two keys of a first line become one; without it, a pair would be the same upside down."""


class LineHash(NamedTuple):
    """A line as it is compared: without regard to case, white space and marks at its ends."""

    key: int
    """Hash of 63 bits."""
    size: int
    """Characters; 0 for a line of nothing but marks, which is passed over."""


Lines: TypeAlias = tuple[LineHash, ...]
Pair: TypeAlias = int
"""Key of two lines that follow one another."""


class Recurring(NamedTuple):
    """What recurs on one site."""

    stories: int
    """Pages that were compared; versions of one story count as one."""
    pairs: Mapping[Pair, int]
    """Pairs of lines that recur, each with the number of stories that have it."""


def hash_line(text: str) -> LineHash:
    """``text`` as a line to compare."""
    said = normalize_phrase(text)
    return LineHash(_hash_text(said), len(said))


def hash_pair(first: LineHash, second: LineHash) -> Pair:
    """The key of ``first`` with ``second`` below it."""
    return (first.key * _FIRST + second.key) % (1 << _BITS)


def find_recurring(pages: Iterable[Sequence[LineHash]]) -> Recurring:
    """What recurs among ``pages`` of one site, each given as its lines; no pairs where the stories are too few.

    Pages that are versions of one story, or the same page stored twice, count as one. A page without any line of 25
    characters tells no story and does not count. The order of the pages makes no difference.
    """
    stories = 0
    tellers: defaultdict[int, set[int]] = defaultdict(set)
    bearers: defaultdict[Pair, set[int]] = defaultdict(set)
    # The longest first, so that whatever a live blog held an hour ago is known when it comes.
    for said in sorted(pages, key=lambda page: (-sum(_is_distinctive(page).values()), page)):
        telling = _is_distinctive(said)
        if not telling:
            continue
        story = _told_before(telling, tellers)
        if story is None:
            story, stories = stories, stories + 1
        for key in telling:
            tellers[key].add(story)
        for first, second in pairwise(line for line in said if line.size):
            bearers[hash_pair(first, second)].add(story)
    least = max(_LEAST, _SHARE * stories)
    counts = {pair: len(bearing) for pair, bearing in bearers.items() if len(bearing) >= least}
    return Recurring(stories, counts if stories >= FEWEST else {})


def _is_distinctive(page: Sequence[LineHash]) -> dict[int, int]:
    """The lines that tell the story of ``page`` from others, key to size."""
    return {line.key: line.size for line in page if line.size >= _TELLING}


def _told_before(telling: Mapping[int, int], tellers: Mapping[int, set[int]]) -> int | None:
    """The story of which a page with these lines is a version; None where it tells one of its own.

    Lines that two stories share already are left out of the reckoning: two long pages are enough for the stories of
    pages that are mostly boilerplate to be told apart.
    """
    shared: Counter[int] = Counter()
    own = 0
    for key, size in telling.items():
        known = tellers.get(key, ())
        if not known:
            own += size
        elif len(known) == 1:
            shared.update(dict.fromkeys(known, size))
    if not shared:
        return None
    story, most = max(shared.items(), key=lambda item: (item[1], -item[0]))
    return story if most >= _VERSION * (own + shared.total()) else None


class Repeats(NamedTuple):
    """What recurs on every site of a batch, as :meth:`Tally.freeze` left it; small enough to travel to other processes."""

    path: Path
    made: int
    """When, in nanoseconds: a later batch may use the same path."""

    def on(self, site: str) -> Recurring | None:
        """What recurs on ``site``; None where too few of its stories were compared."""
        return _recurring_on(self, site)


class Tally:
    """Counts the lines of any number of pages in a file, in memory that does not grow with them.

    A context; the file at ``path`` is made new, and is the caller's to delete once nothing is looked up in it any more.
    A page takes some 12 bytes a line there, until its site has :data:`SAMPLE` of them. The order in which pages are
    added makes no difference. The file is not safe against crashes: what was lost is counted anew.
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

    def wants(self, site: str, page: str) -> bool:
        """Whether the page with this id can still be among those that are compared; if not, spare it the reading."""
        query = "SELECT draw FROM page WHERE site = ? ORDER BY draw LIMIT 1 OFFSET ?"
        last = self._db.execute(query, (_hash_text(site), SAMPLE - 1)).fetchone()
        return last is None or _hash_text(page) < last[0]

    def add(self, site: str, page: str, lines: Lines) -> None:
        """Count the page with this id; ids are unique within a site."""
        if self.wants(site, page):
            row = (_hash_text(site), _hash_text(page), msgspec.msgpack.encode(lines))
            self._db.execute("INSERT INTO page VALUES (?, ?, ?)", row)

    def freeze(self) -> Repeats:
        """What recurs on each site, by the pages added."""
        rows = self._db.execute("SELECT site, lines FROM page ORDER BY site, draw")
        for site, pages in groupby(rows, key=itemgetter(0)):
            found = find_recurring(_decode_counts(lines) for _, lines in islice(pages, SAMPLE))
            self._db.execute("INSERT INTO site VALUES (?, ?)", (site, found.stories))
            triples = [(site, pair, stories) for pair, stories in found.pairs.items()]
            self._db.executemany("INSERT INTO pair VALUES (?, ?, ?)", triples)
        self._db.execute("COMMIT")
        return Repeats(self._path, self._path.stat().st_mtime_ns)


@lru_cache(maxsize=_SITES_AT_HAND)
def _recurring_on(repeats: Repeats, site: str) -> Recurring | None:
    with closing(sqlite3.connect(f"{repeats.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        key = (_hash_text(site),)
        row = db.execute("SELECT stories FROM site WHERE site = ?", key).fetchone()
        if row is None or row[0] < FEWEST:
            return None
        return Recurring(row[0], dict(db.execute("SELECT pair, stories FROM pair WHERE site = ?", key)))


def _decode_counts(lines: bytes) -> list[LineHash]:
    return msgspec.msgpack.decode(lines, type=list[LineHash])


def _hash_text(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - _BITS)
