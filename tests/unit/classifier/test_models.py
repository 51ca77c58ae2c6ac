import numpy as np
import pytest

from cleaner.classifier import boosted_trees, convolution, dump_features, html_features, smoothing, window, word_hashes
from cleaner.classifier.boosted_trees import BoostedTrees
from cleaner.classifier.convolution import ConvolutionNetwork
from cleaner.model import Lean


def test_trees_answer_by_comparisons():
    forest = BoostedTrees(
        {
            "columns": np.array([[0, 1], [1, 1]]),
            "borders": np.array([[0.5, 10.0], [5.0, np.inf]], dtype=np.float32),
            "leaves": np.array([[0.0, 1.0, 2.0, 3.0], [0.0, -1.0, 7.0, 7.0]]),
            "bias": np.array(0.5),
            "features": np.array(["one", "two"]),
        }
    )
    rows = np.array([[0, 0], [1, 0], [0, 11], [1, 11]], dtype=np.float32)
    logits = np.array([0 + 0, 1 + 0, 2 - 1, 3 - 1]) + 0.5
    assert forest.predict(rows) == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-6)


def tiny_network(*, gap: int) -> ConvolutionNetwork:
    """Two members of one feature, two channels and one convolution that hands on what stands ``gap`` blocks before."""
    kernel = np.zeros((6, 2))
    kernel[0, 0] = 3.0
    one = {
        "embedding": np.zeros((word_hashes.BUCKETS, 1)),
        "in.weight": np.array([[1.0, 0.0], [-1.0, 0.0]]),
        "in.bias": np.zeros(2),
        "conv.0.weight": kernel,
        "conv.0.bias": np.zeros(2),
        "norm.0.weight": np.ones(2),
        "norm.0.bias": np.zeros(2),
        "page.weight": np.zeros((2, 2)),
        "page.bias": np.zeros(2),
        "out.weight": np.array([1.0, 0.0, 0.0, 0.0]),
        "out.bias": np.array(0.0),
    }
    stacked = {name: np.stack([array, array]) for name, array in one.items()}
    return ConvolutionNetwork(
        stacked | {"mean": np.zeros(1), "scale": np.ones(1), "gaps": np.array([gap]), "features": np.array(["x"])}
    )


@pytest.mark.parametrize("gap", [1, 2])
def test_a_convolution_looks_so_far(gap):
    quiet = np.zeros((5, 1), dtype=np.float32)
    loud = quiet.copy()
    loud[0] = 2
    net = tiny_network(gap=gap)
    heard = np.flatnonzero(~np.isclose(net.predict(loud, ["a"] * 5), net.predict(quiet, ["a"] * 5)))
    assert heard.tolist() == [0, gap]


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("html", window.name_columns(html_features.FEATURES)),
        ("html-evidence", window.name_columns((*html_features.FEATURES, html_features.EVIDENCE))),
        ("dump", window.name_columns(dump_features.FEATURES)),
    ],
)
def test_shipped_trees_were_trained_on_the_features_there_are(name, features):
    assert boosted_trees.load_trees(name).features == features


def test_shipped_networks_were_trained_on_the_features_there_are():
    assert convolution.load_network("dump-network").features == dump_features.FEATURES


def test_words_are_told_by_their_letters_only():
    rows = word_hashes.hash_words(["Read MORE 12", "read more 99", "read more 9", ""])
    assert (rows[0] == rows[1]).all()
    assert (rows[0] != rows[2]).sum() == 1
    assert (rows[3] == 0).all()


def test_of_a_long_text_the_beginning_and_the_end_count():
    row = word_hashes.hash_words([" ".join(f"w{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")])[0]
    assert (
        row.tolist()
        == word_hashes.hash_words([" ".join(f"w{letter}" for letter in "abcdefghijklmnopwxyz")])[0].tolist()
    )


def test_a_long_text_that_nearly_passes_is_kept():
    sizes = np.array([600, 200, 200, 900])
    nearly = np.array([0.9, 0.45, 0.4, 0.1], dtype=np.float32)
    assert smoothing.choose_threshold(nearly, sizes, Lean.BALANCED) == pytest.approx(0.35)
    assert smoothing.choose_threshold(nearly, np.array([900, 200, 200, 900]), Lean.BALANCED) == pytest.approx(0.5)


def test_leans_order_the_thresholds():
    chances, sizes = np.linspace(0, 1, 11, dtype=np.float32), np.full(11, 500)
    recall, balanced, precision = (smoothing.choose_threshold(chances, sizes, lean) for lean in Lean)
    assert recall < balanced < precision


def test_a_page_of_which_nothing_would_be_left_gets_a_second_look():
    chances = np.array([0.1, 0.4, 0.3, 0.05], dtype=np.float32)
    assert smoothing.choose_threshold(chances, np.full(4, 500), Lean.BALANCED) == pytest.approx(0.2)


def test_what_is_dropped_already_has_no_say_in_the_second_look():
    chances = np.array([0.9, 0.4], dtype=np.float32)
    assert smoothing.choose_threshold(chances, np.array([0, 500]), Lean.BALANCED) == pytest.approx(0.2)


def test_siblings_share_their_fate():
    chances = np.array([0.9, 0.9, 0.3, 0.9, 0.3], dtype=np.float32)
    found = smoothing.smooth_by_path(chances, ["a/p", "a/p", "a/p", "a/p", "b/p"], np.full(5, 100))
    assert found.tolist() == pytest.approx([0.81, 0.81, 0.57, 0.81, 0.3], abs=1e-3)


def test_certainty_is_weighted_by_characters():
    chances = np.array([1.0, 0.5], dtype=np.float32)
    assert smoothing.measure_certainty(chances, np.array([300, 100])) == pytest.approx(0.75)


def test_two_alike_are_no_series():
    chances = np.array([0.9, 0.3], dtype=np.float32)
    assert smoothing.smooth_by_path(chances, ["a/p", "a/p"], np.full(2, 100)).tolist() == pytest.approx([0.9, 0.3])
