"""What was learned is judged on sites that it has not seen."""

from training.folds import judge_by_folds

PAGES = [(f"{site}.example", number) for site in "abcdefgh" for number in range(3)]


def test_each_example_is_judged_once_by_weights_of_other_sites():
    def judge(seen, unseen):
        assert unseen
        yield from ("seen" if host in {other for other, _ in seen} else f"{host} {number}" for host, number in unseen)

    counts = judge_by_folds(PAGES, 2, lambda page: page[0], tuple, judge)
    assert counts == {f"{host} {number}": 1 for host, number in PAGES}
