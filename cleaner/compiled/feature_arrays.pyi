from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

def average_rows(values: NDArray[np.float64], radius: int) -> NDArray[np.float32]: ...
def fill_distances(flags: NDArray[np.uint8], limit: int, out: NDArray[np.float32]) -> None: ...
def count_copied(
    hashes: NDArray[np.uint32], starts: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def list_missing(rows: list[Sequence[Any]], known: dict[Any, int]) -> list[Any]: ...
def find_highest(
    rows: list[Sequence[Any]],
    places: dict[Any, int],
    table: NDArray[np.float32],
    columns: NDArray[np.intp],
    least: float,
) -> list[int | None]: ...
