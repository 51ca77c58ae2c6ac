import cleaner

PARAGRAPH = (
    "<p>The old pier will open again in spring, two winters after the storm broke it, the council said on Monday.</p>"
)
ARTICLE = (
    f'<article><h1>Old pier to open again</h1><p class="byline">By Ann Lee, May 3, 2024</p>{PARAGRAPH * 6}</article>'
)
PRODUCT = """<div class="product"><h1>Oak stool, 45 cm</h1><span class="price">€ 89.00</span><button>Add to cart</button>
<p>Solid oak, oiled by hand. Carries 120 kg.</p><ul><li>Height: 45 cm</li><li>Weight: 4 kg</li></ul></div>
<div class="related-products"><h2>You may also like</h2>{}</div>""".format(
    "".join(
        f'<div class="product-card"><a href="/p/{n}">Oak bench {n}</a><span class="price">€ {n}9.00</span></div>'
        for n in range(1, 9)
    )
)
LISTING = "".join(
    f'<div class="card"><h3><a href="/news/{n}">Harbour story number {n}</a></h3><p>A line about it.</p></div>'
    for n in range(30)
)
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/shop'>Shop</a></li><li><a href='/about'>About</a></li></ul></nav>"


def type_of(body: str, url: str | None = None) -> str:
    return cleaner.clean(f"<html><head><title>Harbour</title></head><body>{MENU}{body}</body></html>", url).page_type


def test_an_article_is_told_from_other_pages():
    url = "https://harbour.example/x/some-page"
    assert type_of(ARTICLE, url) == "article"
    assert type_of(PRODUCT, url) in ("product", "listing")
    assert type_of(LISTING, url) in ("listing", "service")


def test_a_list_at_the_root_of_a_site_is_its_home():
    assert type_of(LISTING, "https://harbour.example/") == "home"


def test_a_page_of_nothing_but_a_table_is_data():
    rows = "".join(f"<tr><td>{year}</td><td>{year * 3}</td></tr>" for year in range(1900, 1990))
    assert cleaner.clean(f"<html><body><table>{rows}</table></body></html>").page_type == "data"


def test_a_message_in_place_of_a_page_is_an_error():
    body = "<h1>404</h1><p>Sorry, something went wrong. Please enable JavaScript in your browser to continue.</p>"
    assert cleaner.clean(f"<html><body>{body}</body></html>").page_type == "error"


def test_a_dump_has_a_type_too():
    told = (
        "Old pier to open again\n\nBy Ann Lee\n\nThe old pier will open again in spring, two winters after the storm broke it, the "
        "council said on Monday.\n\nDivers had to look at each of its forty legs first. “Nine of them were hollow,” said the engineer.\n\n"
        "The ferry company, which left for the harbour of the fishermen in the first winter, has not said whether it will come back."
    )
    assert cleaner.clean(told).page_type == "article"
