"""Common phrases are told wherever they are all that a short block says, and nowhere else."""

from pathlib import Path

import pytest

from cleaner.article import Metadata
from cleaner.judges import common_rules
from cleaner.labels import Label
from cleaner.model import Block, Role, Verdict
from cleaner.page.decode import read_page
from cleaner.rulebook import CommonDrop, CommonRule, CommonRules, Rulebook
from cleaner.rulebook.validate import MAX_COMMON_CHARS

BOOK = Rulebook.load()
PAGE = read_page("Old pier")


def judge(*blocks, title=None):
    return common_rules.judge_by_common_rules(PAGE, blocks, BOOK, Metadata(title=title))


PHRASES = """
share          Share this article | Follow us: | SHARE ON FACEBOOK | Auf Facebook teilen | Compartir en Twitter | シェアする
share          12.4K shares | facebook-white sharing button | Partager sur WhatsApp | 分享到： | تابعونا على
ticker         Breaking news | Eilmeldung | Última hora
paywall        Sign in | Subscribe now | Jetzt abonnieren | Déjà abonné ? Connectez-vous | この記事は有料会員限定です
paywall        Subscribe to continue reading this article | Already a subscriber? Log in here
newsletter     Newsletter abonnieren | Sign up for our weekly newsletter | Get the top stories delivered to your inbox
donation       Support our journalism | Jetzt spenden | Faire un don
related        Also read: A harbour town counts its boats | ALSO READ-Rain ends the match | Lesen Sie auch: Ein neuer Deich
related        Recent Posts | Das könnte Sie auch interessieren | 相关阅读 | Czytaj także: Nowy most na rzece | Leia também
related        Leggi anche: Il ponte riapre | À lire aussi : Le pont rouvre | Lee también: Reabre el puente | 関連記事：橋が再開
comments       Leave a Reply | 14 comments | Comments (3) | Responses (14) | Réactions (2) | Schreibe einen Kommentar | 发表评论 | Reacties
consent        Accept all cookies | This website uses cookies to improve your experience. | Alle akzeptieren
advertisement  Advertisement | - ADVERTISEMENT - | [Advertisement] | Anzeige | Publicité | Reklama | 広告
navigation     Skip to content | Back to top | Nach oben | Volver arriba | 返回顶部 | ページトップへ
legal          © 2024 Example Media Ltd. All rights reserved. | Impressum | Copyright 2019 Example | Mentions légales
"""
EACH = [
    (label, text.strip())
    for label, _, texts in (line.partition(" ") for line in PHRASES.strip().splitlines())
    for text in texts.split(" | ")
]


def test_item_of_a_list_is_known_with_its_number():
    item = Block(index=0, text="3. Skip to content", role=Role.LIST_ITEM)
    assert judge(item)[0].label is Label.NAVIGATION
    assert not judge(Block(index=0, text="3. Skip to content"))


@pytest.mark.parametrize(("label", "text"), EACH)
def test_phrase_is_told(label, text):
    verdict = judge(Block(index=7, text=text))[7]
    assert (verdict.label, verdict.judge) == (Label(label), "common_rules")
    assert verdict.rule.startswith("everywhere:drop[")
    assert verdict.why


@pytest.mark.parametrize(
    "text",
    [
        "He asked readers to share this article with their friends, and many did.",
        "Advertisement spending fell by a tenth last year.",
        "Copyright law protects the authors of software.",
        "The comments drew 40 replies within an hour.",
        "Subscribe to the view that rivers change slowly, and you will wait long.",
        "Watch: a small device worn at the wrist.",
        "READ-ONLY memory keeps its content without power.",
        "World",
        "Contact",
        "How it works",
        "The council said the site uses cookies made of oats for its bake sale.",
        "Also read: " + "word " * 40,
        "",
        "|",
    ],
)
def test_text_that_only_holds_a_phrase_is_left_alone(text):
    assert judge(Block(index=0, text=text)) == {}


def test_judged_blocks_and_code_are_left_alone():
    kept = Verdict(Label.HEADING, "site_rules", "kept by its site")
    assert judge(Block(index=0, text="Share", verdict=kept), Block(index=1, text="Share", role=Role.CODE)) == {}


def test_the_headline_is_left_alone_whatever_it_begins_with():
    pointer = Block(index=0, text="WATCH: A harbour town counts its boats")
    assert judge(pointer)
    assert judge(pointer, title="Watch: A harbour town counts its boats") == {}


def test_blocks_over_the_limit_are_not_looked_at():
    entry = CommonDrop(label=Label.OTHER, why="test", regex="a+")
    rules = CommonRules((CommonRule("everywhere:drop[0]", entry),))
    assert rules.find("a" * MAX_COMMON_CHARS).entry is entry
    assert rules.find("a" * (MAX_COMMON_CHARS + 1)) is None


def test_every_phrase_of_the_file_finds_an_entry_of_its_label():
    phrases = [(rule, text) for rule in BOOK.common.rules for text in rule.entry.phrases]
    assert len(phrases) > 1000
    assert [text for rule, text in phrases if BOOK.common.find(text).entry.label is not rule.entry.label] == []


SHAPES = Path(__file__).parents[2] / "cases" / "line_shapes"
COMMON = Rulebook.load().common


def read_lines(name):
    lines = (SHAPES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("line", read_lines("dropped.txt"))
def test_line_that_addresses_the_reader_is_dropped_in_any_article(line):
    label, _, text = line.partition(" | ")
    found = COMMON.find(text)
    assert found is not None
    assert found.entry.label == label


@pytest.mark.parametrize("text", read_lines("kept.txt"))
def test_line_of_a_story_is_not_of_these_shapes(text):
    assert COMMON.find(text) is None
