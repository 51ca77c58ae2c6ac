"""The language comes from the text, always the same way."""

import pytest

from cleaner.language import detect

TEXTS = {
    "en": "The old bridge over the harbour was closed last week because the wind had torn away a part of its railing.",
    "de": "Die alte Brücke über den Hafen wurde letzte Woche gesperrt, weil der Wind einen Teil des Geländers losriss.",
    "fr": "Le vieux pont du port a été fermé la semaine dernière parce que le vent avait arraché une partie du garde-corps.",
    "ru": "Старый мост через гавань закрыли на прошлой неделе, потому что ветер сорвал часть ограждения.",
    "zh": "由于大风吹走了部分栏杆，港口的旧桥上周被关闭。市政府表示，维修工作将持续到下个月底，期间车辆需要绕行。",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_language_is_told(code, text):
    detected = detect.detect_language(text)
    assert detected is not None
    assert detected[0] == code
    assert 0.5 < detected[1] <= 1


CLAIMED = [
    (
        "Старая мост",
        "Ескі көпір өткен аптада жабылды, себебі жел оның қоршауының бір бөлігін жұлып әкетті деді әкім.",
        "kk",
        "kk",
    ),
    (
        "no claim",
        "Ескі көпір өткен аптада жабылды, себебі жел оның қоршауының бір бөлігін жұлып әкетті деді әкім.",
        None,
        None,
    ),
    (
        "Serbian",
        "Stari most u luci zatvoren je prošle nedelje jer je vetar odneo deo ograde, rekao je gradonačelnik.",
        "sr-Latn",
        "sr",
    ),
    ("a wrong claim", TEXTS["en"] * 4, "ga", "en"),
    ("a claim of another script", TEXTS["ru"], "en-US", "ru"),
    ("Traditional Chinese", "港口舊橋因強風吹走部分欄杆而於上週封閉，市政府表示維修將持續至下月底。" * 2, None, "zh"),
    (
        "Japanese",
        "強風で欄干の一部が飛ばされたため、港の古い橋は先週閉鎖された。修理は来月末まで続く見込みだ。",
        None,
        "ja",
    ),
    ("capitals", TEXTS["en"].upper(), None, "en"),
    ("German capitals", TEXTS["de"].upper(), None, "de"),
    (
        "Kurdish in Arabic letters",
        "پردە کۆنەکەی بەندەرەکە هەفتەی ڕابردوو داخرا چونکە با بەشێکی لێ دابڕی، سەرۆکی شارەوانی وتی.",
        "ckb",
        "ckb",
    ),
    ("Georgian", "ნავსადგურის ძველი ხიდი გასულ კვირას დაიკეტა, რადგან ქარმა მოაჯირის ნაწილი მოგლიჯა.", None, "ka"),
]


@pytest.mark.parametrize(("text", "claimed", "code"), [row[1:] for row in CLAIMED], ids=[row[0] for row in CLAIMED])
def test_script_and_claim_are_evidence(text, claimed, code):
    detected = detect.detect_language(text, claimed)
    assert (detected and detected[0]) == code


def test_a_language_that_others_are_taken_for_is_never_certain():
    serbian = CLAIMED[2][1]
    detected = detect.detect_language(serbian)
    assert detected is not None
    assert detected[1] < 0.9


@pytest.mark.parametrize(
    "text", ["", "12 34 56", "Read more", "https://example.org/a-long-address/with-many-words", "!!! " * 50]
)
def test_too_little_text_has_no_language(text):
    assert detect.detect_language(text) is None


def test_the_same_text_gives_the_same_answer():
    mixed = TEXTS["en"] + TEXTS["de"]
    assert len({detect.detect_language(mixed) for _ in range(5)}) == 1


def test_a_foreign_paragraph_at_the_start_does_not_decide():
    detected = detect.detect_language(TEXTS["de"] * 5 + TEXTS["en"] * 40)
    assert detected is not None
    assert detected[0] == "en"


def test_latin_words_do_not_decide_where_most_letters_are_of_another_script():
    named = (
        "港务局说，旧桥 Old Bridge 的维修工作将持续到下个月底，期间车辆需要绕行。工程师 Ann Lee 和 Tom Fox 周一说，"
        "风吹走了部分栏杆，Reuters 和 Harbour Post 也报道了此事。居民们希望它早日重新开放，孩子们也能步行上学，"
        "渡轮每天早上六点运行。"
    )
    detected = detect.detect_language(named)
    assert detected is not None
    assert detected[0] == "zh"
