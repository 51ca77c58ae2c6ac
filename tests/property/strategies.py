"""Pages as they might come: composed of everything that has ever confused a cleaner."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    "the a Monday said he and however ministers agreed Share Advertisement 12:30 © € | • Read more Related "
    "größer 記事 новости الخبر \u200b \u00ad &amp; &nbsp; <b>bold</b> <br> <!-- note --> &lt;script&gt;".split(" ")
)
_TEXT = st.one_of(st.lists(_WORDS, max_size=30).map(" ".join), st.text(max_size=60))
_TAG = st.sampled_from(
    "p div span a h1 h2 ul li ol table tr td th blockquote pre figure figcaption nav footer aside article main form "
    "button noscript script style br img b i em section header dl dt dd option select template svg".split()
)
_ATTRIBUTES = st.sampled_from(
    ["", ' class="share"', ' id="comments"', ' style="display: none"', " hidden", ' href="/x"', ' class="article-body"']
)


@st.composite
def _element(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    tag, attributes = draw(_TAG), draw(_ATTRIBUTES)
    content = "".join(draw(st.lists(inside, max_size=4)))
    closing = draw(st.sampled_from([f"</{tag}>", "", f"</{tag}>\n"]))
    return f"<{tag}{attributes}>{content}{closing}"


_MARKUP = st.recursive(_TEXT, _element, max_leaves=20)

html = st.lists(_MARKUP, max_size=6).map(lambda parts: f"<html><body>{''.join(parts)}</body></html>")
dumps = st.lists(
    st.one_of(
        _TEXT,
        st.just(""),
        st.sampled_from(
            ["  • Home", "  1. Data", "1. Boil the water.", "Follow us:", "ALSO READ", "Recent Posts", "# Head"]
        ),
    ),
    min_size=1,
    max_size=40,
).map("\n".join)
pages = st.one_of(html, dumps)

_FIGURES = st.sampled_from("0 1 3 05 9 12 13 24 25 31 60 61 99 1970 2024 9999 ٣ ٢٠٢٤ 9999999999 9999999999999".split())
_CLOCK = st.tuples(_FIGURES, _FIGURES, _FIGURES).map(":".join)
_DATE_WORD = st.sampled_from(
    "Fri May mayo января يناير 年 月 日 GMT UTC EST IST Z +99:99 -14:01 PM a.m. Uhr of de at T Published Updated".split()
)
_BYLINE_WORD = st.sampled_from("By Von Par 記者 Ann Lee, and | @ann Editor ( ) · - /".split())
_MARKUP_PIECE = st.sampled_from(
    ["<!--", "-->", "<?xml", "?>", "<time datetime='", "'>", "<meta name='date' content='", "<p>"]
)
_PIECES = st.one_of(_FIGURES, _CLOCK, _DATE_WORD, _BYLINE_WORD, _MARKUP_PIECE, _WORDS)
_LINE = st.lists(_PIECES, max_size=9).map(" ".join) | st.builds(
    "{} {} {} {} {} {}".format, _DATE_WORD, _DATE_WORD, _FIGURES, _CLOCK, _DATE_WORD, _FIGURES
)
_LINES = st.lists(_LINE, min_size=1, max_size=8)
dated = st.one_of(
    _LINES.map("\n\n".join),
    _LINES.map(lambda lines: "<html><body><h1>Tea</h1>" + "".join(f"<p>{line}</p>" for line in lines)),
    _LINES.map(lambda lines: "".join(f"<meta name='date' content='{line}'><time>{line}</time>" for line in lines)),
).map(lambda page: page.encode("utf-8"))
"""Bytes of pages of lines that look like dates, bylines and markup."""
