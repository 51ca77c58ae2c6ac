from cleaner.classifier.copies import find_copies
from cleaner.labels import Label
from cleaner.model import Block, Verdict

PIER = "The old pier will open again in spring, two winters after the storm broke it."
FERRY = "“Boats will land here again,” the harbour master said on Monday, and bells rang."
FISH = "Fishermen had waited for the repair since autumn, and sold their catch from vans meanwhile."
COAST = "Engineers drove forty new piles into the bed of the harbour, each of them longer than a bus, before the winter set in."


def find(*rows: tuple[str, str]) -> list[int]:
    blocks = tuple(Block(index=index, path=path, text=text) for index, (path, text) in enumerate(rows))
    return sorted(find_copies(blocks, range(len(blocks))))


def test_a_copy_may_differ_in_quotes_and_case():
    copy = FERRY.upper().replace("“", '"').replace("”", '"')
    assert find(("a/p", PIER), ("a/p", FERRY), ("print/p", copy)) == [2]


def test_what_an_article_repeats_at_one_path_is_intended():
    assert find(("a/p", PIER), ("a/p", FERRY), ("a/p", PIER)) == []


def test_short_texts_may_appear_twice():
    assert find(("a/p", "The pier is old."), ("b/p", "The pier is old.")) == []


def test_a_pull_quote_repeats_its_paragraph_wherever_it_is():
    paragraph = f"{FERRY} {FISH}"
    assert find(("a/p", paragraph), ("a/blockquote", FERRY)) == [1]
    assert find(("a/blockquote", FERRY), ("a/p", paragraph)) == [0]


def test_the_whole_text_for_print_repeats_all_paragraphs():
    texts = (PIER, FERRY, FISH, COAST)
    rows = [("a/p", text) for text in texts]
    assert find(*rows, ("print/div", " ".join(texts))) == [4]


def test_paragraphs_on_one_subject_are_no_copies():
    other = PIER.replace("in spring", "in the spring of next year").replace("broke it", "tore its planks away")
    assert find(("a/p", PIER), ("b/p", other)) == []


def test_the_headline_is_no_text():
    title = Block(index=0, path="h1", text="Old pier to open", verdict=Verdict(Label.TITLE, "front_matter", "h1"))
    copy = Block(index=1, path="a/p", text="Old pier to open!")
    assert find_copies((title, copy), [0, 1]) == {1}
