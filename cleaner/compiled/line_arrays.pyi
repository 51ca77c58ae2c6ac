import numpy as np
from numpy.typing import NDArray

def number_nodes(starts: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]: ...
def add_logs(
    rows: NDArray[np.intp],
    starts: NDArray[np.intp],
    columns: NDArray[np.uint8],
    logs: NDArray[np.float64],
    languages: int,
    unseen: float,
) -> NDArray[np.float64]: ...
