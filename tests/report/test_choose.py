from cleaner.analysis.report.selection import (
    MAX_PER_REASON,
    MAX_SHOWN_WHOLE,
    DocumentOutline,
    SelectionReason,
    list_further,
    select_documents,
)


def outlines(count, **odd):
    """Return this number of equal documents, except for those at the positions in ``odd``."""
    usual = DocumentOutline(0, "", 0.5, 0.9, (), 0)
    return [usual._replace(number=number, **odd.get(f"at_{number}", {})) for number in range(count)]


def test_a_small_run_is_shown_whole_those_worth_a_look_first():
    chosen = select_documents(outlines(10, at_7={"score": 0.1}, at_3={"flags": ("truncated",)}))
    assert sorted(chosen) == list(range(10))
    assert chosen[7] == [SelectionReason.UNSURE]
    assert chosen[3] == [SelectionReason.TRUNCATED]
    assert list(chosen)[-1] not in {3, 7}
    assert [] in chosen.values()


def test_of_a_large_run_those_worth_a_look_and_a_sample():
    chosen = select_documents(
        outlines(1000, at_500={"kept_share": 0.01}, at_501={"flags": ("no_title", "not_an_article")})
    )
    assert SelectionReason.DROPPED in chosen[500]
    assert {SelectionReason.UNTITLED, SelectionReason.NOT_ARTICLE} <= set(chosen[501])
    assert len(chosen) <= MAX_PER_REASON * len(SelectionReason)
    assert sum(SelectionReason.SAMPLE in reasons for reasons in chosen.values()) == MAX_PER_REASON
    assert max(number for number, reasons in chosen.items() if SelectionReason.SAMPLE in reasons) >= 900


def test_no_reason_is_given_where_there_is_none():
    perfect = [DocumentOutline(number, "", 1.0, None, (), 0) for number in range(MAX_SHOWN_WHOLE)]
    assert not any(select_documents(perfect).values())


def test_the_most_changed_come_first():
    chosen = select_documents(outlines(200, at_20={"change": 5}, at_30={"change": 900}))
    changed = [number for number, reasons in chosen.items() if SelectionReason.CHANGED in reasons]
    assert changed == [30, 20]


def test_reasons_take_turns():
    many = {f"at_{number}": {"flags": ("truncated",)} for number in range(100, 300)}
    first = list(select_documents(outlines(400, at_399={"change": 3}, **many)).values())[:5]
    assert len({tuple(reasons) for reasons in first}) == 5


def test_an_empty_run():
    assert select_documents([]) == {}


def test_further_documents_are_changed_ones_then_flagged_ones_then_the_least_sure():
    odd = {"at_4": {"change": 3}, "at_5": {"change": 90}, "at_6": {"flags": ("mended",)}, "at_7": {"score": 0.2}}
    assert list_further(outlines(20, **odd), {0: [], 1: []}, 6) == [5, 4, 6, 7, 2, 3]
    assert list_further(outlines(3), {}, 0) == []
