"""Names of people out of bylines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cleaner.metadata import dates, titles

BREAK = "\u2016"
"""Stands in a byline where one element of the page ends and the next begins."""

_CREDITED = (
    r"(?:written|posted|published|reported|reviewed|edited|authored|submitted|created|words|story|article|report|"
    r"contributed)"
)
_VON = (
    r"(?:(?:erstellt|verfasst|veröffentlicht|geschrieben|text|interview|ein (?:gast)?beitrag|blog ?beitrag|autor)\s+von|"
    r"(?:écrit|publié|rédigé)\s+par|(?:escrito|publicado|redactado)\s+por|(?:scritto|pubblicato)\s+da|geschreven\s+door)"
)
_BY = (
    rf"(?:(?:this post was |medically |fact )?{_CREDITED}\s+by|{_VON}|(?:guest\s+post\s+)?by|"
    r"authors?(?:\(s\))?|contributors?|text(?:\s+(?:und|&)\s+interview)?|interview|autore?n?s?|auteurs?|autor(?:in(?:nen)?|es)?|"
    r"作者|文|记者|記者|撰文)"
)
_ABROAD = rf"(?:von|vom|par|por|door|di|av|af|przez|oleh)(?:\s*{BREAK}\s*|:\s*|\s+(?=(?-i:[A-ZÀ-Þ])\w+\s+\w))"
LEAD = re.compile(
    rf"^[\s\W]*(?:{_BY}(?:\s*[:：/]\s*|\s+|(?=[{BREAK}])|$|(?<=[Bb]y)(?=(?-i:[A-Z][a-z])))|{_ABROAD}|(?:von|vom|par|por)(?:$|\s+(?=(?-i:[A-ZÀ-Þ])\w+$)))+",
    re.IGNORECASE,
)
"""What a byline starts with: "By", "Written by:", "Von", "作者："."""
EDITED = re.compile(
    r"\W*(?:(?:medically |clinically |expert |legally )?reviewed|edited|fact[- ]?checked|checked|translated|photo\w*|illustrat\w+|"
    r"image|video|foto|bild|bearbeitet|übersetz\w+|redigiert|lektoriert|sponsored|recommended|researched|categor\w+|tags?)\b",
    re.IGNORECASE,
)
"""What a line starts with that names a reviewer, an editor or a photographer, not the author."""
_SEGMENT = re.compile(rf"\s*[|·•{BREAK}\n]\s*|\s+[-–—]\s+")
_JOINED = re.compile(rf"\s*{BREAK}?\s*(,|;|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*{BREAK}?\s*", re.IGNORECASE)
_MONTH_DAY = re.compile(
    r"(?:\b[Oo]n\s+)?(?:[A-Z][a-z]+day,?\s+)?[A-Z][a-z]{2,8}\.?\s?\d{1,2}\b|\b[Oo]n\s+[A-Z][a-z]+day\b|\d+\s?(?:min|hour|day|comment)\w*(?:\s+read)?",
    re.ASCII,
)
_CUT = re.compile(
    r"\s*(?:(?-i:(?<=[a-z])(?:Published|Updated|Posted|Last|Senior|Contributor|Writer))|(?-i:\s(?:on|in|am|um|le|[Vv]om)$)|\bfor\s+(?:the\s+)?[A-Z]|\b(?:last )?(?:updated|published|posted|modified|reviewed|sponsored)\b|"
    r"\b(?:is|was)\s+(?:a|an|the)\b|\bon behalf\b|\bat\s+[A-Z]|\b(?:twitter|linkedin|facebook)\b|\d{1,2}:\d{2}).*$",
    re.IGNORECASE | re.DOTALL,
)
_AND = r"(?:and|und|et|y|e|en|och|og|i|ve|и|with|mit)"
_SPLIT = re.compile(rf"\s*(?:[,;]\s*{_AND}\s|[,;/&、；]|\s{_AND}\s)\s*", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"[A-Z]{2,6}(?:-[A-Z]{1,4})?(?:[- ]?\d{1,3})?|(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?[AS]\.?c?\.?|B\.?[AS]\.?c?\.?|"
    r"Ed\.?D\.?|J\.?D\.?|Esq\.?|[JS]r\.?|R\.?N\.?|R\.?D\.?N?\.?|Psy\.?D\.?|Dipl\.?.*|CFP®)(?:\s.*)?"
)
_JOB = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|journalists?|writers?|contributors?|staff|columnists?|producers?|"
    r"managers?|directors?|redakt\w*|administrator|webmaster|author|head|chief|officer|analyst|founder|ceo|president|"
    r"specialist|consultant|expert|professor|desk|team|bureau|agenc(?:y|ies|ia)|newsroom|press|media|development|"
    r"representative|engineer|attorney)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+\.\S+|\([^)]*\)|\[[^\]]*\]|@\w+(?!\.\w)|[\"“”]|[+]\s?Follow\b|\bFollow\b"
)
_NOT_A_NAME = re.compile(
    r"(?:none|null|by|written by|undefined|n/?a|unknown|anonymous|admin\w*|user\w*|root|name|(?:follow|share|more|view|see|read|all posts"
    r"|about)\b.*|\W*|\d*\s*min(?:ute)?s?\.?\s+read|page\..*|.*[<>{}=→].*|\d+|.*\d{5,}.*)",
    re.IGNORECASE,
)
_NAME_WORDS = range(2, 6)
_UNSPACED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_UNSPACED_NAME = range(2, 9)
"""Characters of a name in Chinese, Japanese or Korean, transcribed foreign ones included."""
_MAX_NAME = 60
_MAX_WORDS = 6
"""Characters and words of the longest names of desks and organizations that sign articles."""
_GLUED = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
"""Where words of several links stand together; two of them in a line are no "McNally"."""
_MAX_SIGNATURE = 4
"""Words of a signature that is no person's name; measured: longer ones are mostly the start of a sentence."""
_PARTICLES = frozenset(
    "de da do dos das del della di du der den des la le van von vom zu zum ten ter te el al bin ben ibn y e af av".split()
)
_PAGE_WORDS = frozenset(
    """
    a about academy account accept all also and application apply article articles best blog buy by categories chart check click comment comments comparison consent contact
    content contents cookie cookies demo department disclosure download editorial edit email end events faq features find first free frequently get guide guides gallery help hire home
    how image images in indoor info join jobs key latest learn list log logo menu more navigation new news newsletter next now of on
    online open or outdoor our page photo photos plants policy popular post posts points portal preview previous pricing privacy products questions quick
    recipes related resources review reviews search see services share show sign signup site sponsored stories story
    subscribe support tags takeaways tax terms the tips to toolbar top topics trending up use video videos view watch we website what
    why with you your
""".split()
)
"""Words of buttons and headings; a line that holds one is no name."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆"
    "农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蔣蘇魏呂盧鍾譚陸範賈韋鄒閻龍陶賀顧龔邵錢嚴戴溫"
)
_HAN = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,3}}"
_SURNAMED = re.compile(
    rf"{_HAN}|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구][\uac00-\ud7af]{{1,2}}"
)
_ANY_HAN = r"[\w·\u4e00-\u9fff]{2,10}"
_CHINESE = {
    "author": re.compile(rf"(?:^|[\s|）)])(?:作\s*者|撰文|执笔人?|文)\s*[:：]\s*({_ANY_HAN}(?:[ 、]{_HAN}\b)*)"),
    "reporter": re.compile(
        rf"(?:记者|記者|通讯员)[:：\s]*({_HAN}?(?:[\s、]+{_HAN}?)*)(?=[\s)）/／】\]]*(?:$|[)）】\]/／]|报道|報道|发自|摄|文|\s))"
    ),
    "signed": re.compile(rf"[（(]({_HAN}?)(?:\s*(?:文|\w{{2,4}}报道))?[)）]\s*$"),
    "editor": re.compile(rf"(?:责任编辑|責任編輯|责编|编辑|編輯)\s*[:：]\s*({_HAN})"),
}
"""Who signs a Chinese article, the surest first."""
_POSTED = re.compile(
    r"^\W*(?:posted|published|updated|submitted|veröffentlicht|geschrieben|erstellt|publié|publicado)\b(?:\s+(?:on|am|le|el))?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms)\.?\s+", re.IGNORECASE)


def split(byline: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """The names in a byline, without "By", jobs, credentials, addresses and dates, in order and once each.

    ``own`` are the names of the site as :func:`titles.key` writes them; they are no authors.

    >>> split("By Ann Lee, Tom Fox, MD and Bo Ek | Updated May 3, 2024")
    ('Ann Lee', 'Tom Fox', 'Bo Ek')
    """
    line = _without_dates(_NOISE.sub(" ", byline))
    line = LEAD.sub("", _JOINED.sub(r" \1 ", line))
    best: tuple[str, ...] = ()
    for segment in _SEGMENT.split(line):
        found = _in_segment(segment, own)
        if people := tuple(filter(is_person, found)):
            return people
        best = best or found
    return best


def is_person(text: str) -> bool:
    """Whether ``text`` reads as a person's full name: two to five capitalised words that name no job or page part."""
    words = text.split()
    if _is_unspaced(text):
        return len(text) in _UNSPACED_NAME
    if len(words) not in _NAME_WORDS or any(c.isdigit() or c in "?!:…/|>" for c in text):
        return False
    if _JOB.search(text) or any(word.casefold().strip(",") in _PAGE_WORDS for word in words):
        return False
    plain = [word for word in words if word.casefold() not in _PARTICLES]
    return len(plain) > 1 and all(word[0].isupper() or word[1:2] in ("'", "’") for word in plain)


def credit(line: str) -> str | None:
    """The part of ``line`` that says "By …", be it behind a date; None where it does not."""
    if LEAD.match(line):
        return line
    if " by " not in line.lower() and " von " not in line and " par " not in line and " por " not in line:
        return None
    parts = [part for part in _SEGMENT.split(_POSTED.sub("", _without_dates(line))) if part]
    return next((part for part in parts if LEAD.match(part)), None)


def is_lone(text: str) -> bool:
    """Whether ``text`` reads as a person's name though nothing around it says that it is one."""
    if _is_unspaced(text):
        return _SURNAMED.fullmatch(text.strip()) is not None
    if is_glued(text):
        return False
    shouted = [word for word in text.split() if len(word) > 1 and word.isupper() and "." not in word]
    return is_person(text) and (not shouted or text.isupper())


def is_glued(text: str) -> bool:
    """Whether words run into each other in several places, as the entries of a menu do."""
    return len(_GLUED.findall(text)) > 1


def is_signature(text: str) -> bool:
    """Whether ``text`` may sign an article though it is no person's full name: a user, a first name, a desk."""
    words = LEAD.sub("", text).removeprefix("the ").removeprefix("The ").split()
    if text.endswith((".", "!", "?", ":")) or any(word.casefold() in _PAGE_WORDS for word in words):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) == 1 or (1 < len(words) <= _MAX_SIGNATURE and 2 * capitals >= len(words))


def chinese(texts: Iterable[str]) -> tuple[str, ...]:
    """The author, else the reporter, else the editor that a Chinese page names in a line of its own or in brackets."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        if "\u4e00" <= max(text, default="") <= "\uffff":
            for role, pattern in _CHINESE.items():
                if role not in found and (match := pattern.search(text)):
                    found[role] = unique(re.split(r"[\s、，,]+", match[1].strip()))
    return next((found[role] for role in _CHINESE if role in found), ())


def without_jobs(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` without jobs and desks, unless nothing else is left."""
    found = tuple(found)
    return tuple(name for name in found if not _JOB.search(name)) or found


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` in order, each once, whatever its case."""
    return tuple({name.casefold(): name for name in reversed(list(found))}.values())[::-1]


def _is_unspaced(text: str) -> bool:
    return not text.isascii() and _UNSPACED.search(text) is not None


def _without_dates(line: str) -> str:
    for found in reversed(dates.find(line)):
        line = f"{line[: found.start]} | {line[found.end :]}"
    return _MONTH_DAY.sub(" | ", line)


def _in_segment(segment: str, own: Collection[str]) -> tuple[str, ...]:
    parts = [" ".join(part.split()).strip(" .,:;-–—*") for part in _SPLIT.split(_CUT.sub("", LEAD.sub("", segment)))]
    named = (_TITLE.sub("", part) for at, part in enumerate(parts) if not (at and _CREDENTIAL.fullmatch(part)))
    return unique(name for name in named if _is_name(name, own))


def _is_name(text: str, own: Collection[str]) -> bool:
    short = 1 < len(text) <= _MAX_NAME and len(text.split()) <= _MAX_WORDS
    return short and not _NOT_A_NAME.fullmatch(text) and titles.key(text) not in own
