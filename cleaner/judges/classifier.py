"""The last judge: the learned classifier, which gives a verdict on every block without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier import block_scores, reasons, threshold
from cleaner.classifier.comment_threads import find_thread
from cleaner.classifier.copies import find_copies
from cleaner.classifier.detached_text import MAX_SIGN_SCORE, find_below_comments, find_detached
from cleaner.classifier.dialogues import find_dialogue
from cleaner.classifier.interviews import find_interview
from cleaner.classifier.label_model import KEPT, LABELS, Shares
from cleaner.classifier.live_blogs import find_live_entries
from cleaner.classifier.other_stories import find_other_stories
from cleaner.classifier.pointers import find_listed_headlines, find_pointed_headlines
from cleaner.classifier.scrambled_text import find_scrambled
from cleaner.classifier.teaser_lists import find_items_with_buttons, find_teaser_lists
from cleaner.classifier.transcripts import MIN_SAID_SCORE, find_transcript
from cleaner.judges.site_rules import MIN_ARTICLE_CHARS, find_body_blocks
from cleaner.labels import Label
from cleaner.language.sentences import ends_like_sentence, is_prose, is_unspaced
from cleaner.model import Block, Blocks, Kind, Lean, Page, Role, Verdict, Verdicts
from cleaner.page.boxes import PageMarkup
from cleaner.rulebook import BodySelector, SiteRules
from cleaner.rulebook.guard import UNLIKELY_SCORE

NAME = "classifier"

_MIN_SENTENCE = {Kind.HTML: 60, Kind.TEXT: 25}
"""Characters of a sentence that is not doubted for its words, and belongs to text beside it. On 288 pages of sources that
nothing was learned from, F1 is .0003 higher than with :func:`is_prose` alone; on 900 dumps it is the same with 60 and with
25, and recall .0005 higher."""
_SHORTER_UNSPACED = 4
"""How many times shorter such a sentence is in scripts without spaces. On 69 Chinese pages F1 rises by .0017, as with 2 and 3; on 345
dumps of them it is the same."""
_COMMAS = frozenset(",，、،")
"""Ends of lines that the next one continues: "Dear gardeners,"."""
_MIN_PLAIN_WORDS = 0.5
"""Share of the body by words alone from which a sentence of a dump that touches kept text is kept, whatever else is around it.
On 900 dumps of unseen sites recall rises by .0015 and F1 by .0006; on 1,183 of other sources by .0003, and F1 is the same."""
_DESCRIPTION, _COMMENTS = LABELS.index(Label.DESCRIPTION.value), LABELS.index(Label.COMMENTS.value)
_MAX_TURN = 80
"""Characters of what may be said again in a dialogue; longer texts are copies. Chosen by reading; not measured."""
_COPY = (Label.DUPLICATE, "repeats a kept block")


class _Evidence(NamedTuple):
    """What is known of each block of a page, in arrays."""

    scores: NDArray[np.float32]
    likeliest: NDArray[np.intp]
    """The column of its likeliest label."""
    doubted: NDArray[np.bool_]
    """Whether its words are those of boilerplate though it is where text is."""
    sentences: NDArray[np.bool_]
    """Whether it is a sentence."""
    continued: NDArray[np.bool_]
    """Whether the text goes on in the next one."""
    plain: NDArray[np.bool_]
    """Whether it is a sentence of a dump that is kept wherever it touches kept text, for its words."""


class _Decision(NamedTuple):
    """Indices of the blocks to keep, the scores, and the reasons for keeping and dropping."""

    keep: frozenset[int]
    why_kept: str
    why_dropped: str
    scores: Sequence[float] | None = None
    kept_as: Mapping[int, str] = MappingProxyType({})
    """Blocks that are kept for what they are: the reason."""
    recognised: Mapping[int, tuple[Label, str]] = MappingProxyType({})
    """Blocks that are dropped for what they are, whatever their score: label and reason."""
    places: Mapping[int, str] = MappingProxyType({})
    """Blocks that are dropped for where they are: what the reason says of it in place of ``why_dropped``."""
    rule: str | None = None
    """The id of the ``[body]`` selector that decides."""


def judge_by_classifier(  # noqa: PLR0913, PLR0917  # inputs of a stage
    page: Page, blocks: Blocks, rules: SiteRules, markup: PageMarkup | None, claims: Metadata, lean: Lean,
    shares: Shares, by_words: Shares,
) -> Verdicts:  # fmt: skip
    """Verdicts on all blocks without one: by the site's ``[body]`` if it matches the page, else by the model's scores.

    Of a file that its author wrote, everything left is kept.
    """
    undecided = [block for block in blocks if block.verdict is None]
    if not undecided:
        return {}
    if page.authored:
        why = "in a file that its author wrote: nothing of a site is around it"
        return {block.index: Verdict(block.role.label, NAME, why) for block in undecided}
    kind = Kind.TEXT if markup is None else Kind.HTML
    body = find_body_blocks(blocks, rules, markup)
    if body is None:
        scores = block_scores.score_blocks(blocks, shares, markup, claims)
        evidence = _Evidence(scores, shares.argmax(1), *_read_words(blocks, by_words, scores, kind, lean))
        decision = _decide_by_scores(blocks, evidence, markup, lean)
    else:
        decision = _decide_by_body(blocks, body, block_scores.calibrate_shares(shares, Kind.HTML), rules.body[0])
    kept = [block.index for block in undecided if block.index in decision.keep]
    dropped = [block.index for block in undecided if block.index not in decision.keep]
    standfirsts = _find_standfirsts(shares, kept)
    verdicts = {index: _keep_block(blocks[index], decision, is_standfirst=index in standfirsts) for index in kept}
    for index, label, why in reasons.explain_labels(blocks, shares, dropped, kind):
        verdicts[index] = _drop_block(index, label, why, decision)
    return verdicts


def _decide_by_body(
    blocks: Blocks, inside: frozenset[int], scores: NDArray[np.float32], part: BodySelector
) -> _Decision:
    """Keep what is ``inside``, except copies and what is unlikely to be text; all of it if the site's rule is trusted."""
    unlikely = frozenset[int]() if part.is_trusted else frozenset(np.flatnonzero(scores < UNLIKELY_SCORE).tolist())
    copies = frozenset[int]() if part.is_trusted else find_copies(blocks, sorted(inside - unlikely))
    return _Decision(
        keep=inside - unlikely - copies,
        why_kept="inside the site's [body]",
        why_dropped="outside the site's [body]",
        recognised=dict.fromkeys(copies, _COPY),
        places=dict.fromkeys(inside & unlikely, "inside the site's [body]"),
        rule=part.id,
    )


def _is_sentence(text: str, shortest: int) -> bool:
    if is_prose(text):
        return True
    if len(text) < shortest and (text.isascii() or len(text) * _SHORTER_UNSPACED < shortest):
        return False
    return ends_like_sentence(text) and (len(text) >= shortest or is_unspaced(text))


def _find_continued(blocks: Blocks) -> NDArray[np.bool_]:
    """Whether the text of each block goes on in the next one."""
    return np.array([block.text[-1:] in _COMMAS and block.items == 1 for block in blocks])


def _read_words(
    blocks: Blocks, by_words: Shares, scores: NDArray[np.float32], kind: Kind, lean: Lean
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which blocks are doubted for their words, are sentences, are continued, and are plain: see :class:`_Evidence`."""
    # On dumps, doubting words gains nothing.
    may_doubt = kind is Kind.HTML and lean is not Lean.RECALL
    shortest = _MIN_SENTENCE[kind]
    sentences = np.array([block.items == 1 and _is_sentence(block.text, shortest) for block in blocks])
    continued = _find_continued(blocks)
    no_doubt = np.zeros(len(blocks), dtype=bool)
    doubted = _find_doubted(blocks, by_words, scores, sentences | continued) if may_doubt else no_doubt
    plain = sentences & (by_words[:, :KEPT].sum(1) >= _MIN_PLAIN_WORDS) & (kind is Kind.TEXT)
    return doubted, sentences, continued, plain


def _find_doubted(
    blocks: Blocks, by_words: Shares, scores: NDArray[np.float32], certain: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether the words of each block are those of boilerplate though it is where text is.

    Code is not doubted, nor what is ``certain``, as sentences are: of languages that few pages are in, words say little.
    """
    sizes = np.array([len(block.text) for block in blocks])
    is_code = np.array([block.role is Role.CODE for block in blocks])
    return np.asarray(threshold.doubt_words(by_words[:, :KEPT].sum(1), scores, sizes) & ~(is_code | certain))


def _decide_by_scores(blocks: Blocks, evidence: _Evidence, markup: PageMarkup | None, lean: Lean) -> _Decision:
    scores, likeliest, doubted, sentences, continued, plain = evidence
    allowed = ~doubted
    sizes = np.array([0 if block.dropped else len(block.text) for block in blocks])
    undecided = np.array([block.verdict is None for block in blocks])
    said = _find_said(blocks, scores)
    measured = np.round(scores.astype(float), 3).tolist()
    scores[list(said)] = np.maximum(scores[list(said)], MIN_SAID_SCORE)
    passed = (scores >= threshold.choose_threshold(scores, sizes, lean)) & undecided & allowed
    listed = find_items_with_buttons(blocks) if markup is None else find_teaser_lists(blocks, markup.boxes, scores)
    listed |= find_pointed_headlines(blocks)
    if markup is None:
        listed |= find_listed_headlines(blocks, passed & sentences)
    teasers = frozenset(index for index in listed if passed[index])
    allowed[list(listed)] = False
    passed &= allowed
    headings = np.array([block.role is Role.HEADING for block in blocks])
    ties = threshold.Ties(above=sentences, below=sentences | headings | continued)
    # In HTML, a button may have an article's text; in a dump, lines that tools wrote do not part what is around them.
    controls = frozenset(block.index for block in blocks if block.role is Role.CONTROL and markup is None)
    looked_at = undecided.copy()
    looked_at[list(controls)] = False
    chances = np.where(plain, np.maximum(scores, threshold.MIN_TOUCHING_SCORE), scores)
    extended = threshold.extend_kept(chances, passed, allowed, np.flatnonzero(looked_at), ties)
    below = {} if lean is Lean.RECALL else _find_below(blocks, scores, extended, likeliest)
    found = frozenset(np.flatnonzero(extended).tolist()).difference(below)
    others = frozenset[int]() if markup is None else found & find_other_stories(blocks, markup.boxes)
    scrambled = frozenset[int]() if markup is None else find_scrambled(blocks, markup.boxes, found)
    if sum(len(blocks[index].text) for index in found - others) < MIN_ARTICLE_CHARS:
        others = frozenset()
    # In a dialogue, "Thank you." is said more than once.
    turns = {index for index in said if len(blocks[index].text) <= _MAX_TURN}
    copies = find_copies(blocks, sorted(found - controls - others - scrambled)) - turns
    return _Decision(
        keep=found - copies - controls - others - scrambled,
        why_kept="scored as the article's text",
        why_dropped="scored as boilerplate",
        scores=measured,
        kept_as=said,
        recognised={
            **dict.fromkeys(copies, _COPY),
            **dict.fromkeys(teasers, (Label.RELATED, "in a list of other stories")),
            **dict.fromkeys(others, (Label.RELATED, "in another article of the page")),
            **dict.fromkeys(scrambled, (Label.PAYWALL, "scrambled: no text of any language")),
            **dict.fromkeys(controls, (Label.OTHER, "written by a reader, script or style sheet")),
        },
        places=below,
    )


def _find_said(blocks: Blocks, scores: NDArray[np.float32]) -> dict[int, str]:
    """The blocks whose short lines read like comments and are the article's, by index, with the reason to keep them."""
    said = dict.fromkeys(find_dialogue(blocks, scores), "what was said, behind the names of who speaks")
    said |= dict.fromkeys(find_interview(blocks, scores), "a question or an answer of an interview")
    said |= dict.fromkeys(find_live_entries(blocks, scores), "an entry of a live blog")
    return said | dict.fromkeys(find_transcript(blocks), "what was said, below names and running times")


def _find_below(
    blocks: Blocks, scores: NDArray[np.float32], kept: NDArray[np.bool_], likeliest: NDArray[np.intp]
) -> dict[int, str]:
    """The ``kept`` blocks that are below the article and not of it, by index, with the place that the reason says.

    ``likeliest`` is the column of each block's likeliest label.
    """
    lengths = np.array([len(block.text) for block in blocks])
    detached = find_detached(scores, kept, lengths)
    rest = kept.copy()
    rest[list(detached)] = False
    labelled = [None if block.verdict is None else block.verdict.label for block in blocks]
    by_rule = np.array([label is Label.COMMENTS for label in labelled])
    by_score = np.array([label is None for label in labelled]) & (likeliest == _COMMENTS) & (scores < MAX_SIGN_SCORE)
    commented = find_below_comments(scores, rest, lengths, by_rule | by_score)
    rest[list(commented)] = False
    commented |= find_thread(blocks, rest, by_rule | (likeliest == _COMMENTS))
    return dict.fromkeys(detached, "far below the article") | dict.fromkeys(commented, "below the readers' comments")


def _find_standfirsts(shares: Shares, keep: Sequence[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` above the body that are most likely the standfirst."""
    likeliest = shares[:, :KEPT].argmax(1)
    return frozenset(takewhile(lambda index: likeliest[index] == _DESCRIPTION, keep))


def _keep_block(block: Block, decision: _Decision, *, is_standfirst: bool) -> Verdict:
    label = Label.DESCRIPTION if is_standfirst else block.role.label
    score = decision.scores[block.index] if decision.scores else None
    return Verdict(label, NAME, decision.kept_as.get(block.index, decision.why_kept), decision.rule, score)


def _drop_block(index: int, label: Label, why: str, decision: _Decision) -> Verdict:
    score = decision.scores[index] if decision.scores else None
    if index in decision.recognised:
        return Verdict(decision.recognised[index][0], NAME, decision.recognised[index][1], score=score)
    where = decision.places.get(index, decision.why_dropped)
    return Verdict(label, NAME, f"{where}: {why}", decision.rule, score)
