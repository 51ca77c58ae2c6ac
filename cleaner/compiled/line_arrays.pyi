import numpy as np
from numpy.typing import NDArray

def run_unit(
    given: NDArray[np.float64], table: NDArray[np.float64], bias: NDArray[np.float64], state: NDArray[np.float64]
) -> NDArray[np.float64]: ...
def add_logs(
    rows: NDArray[np.intp],
    starts: NDArray[np.intp],
    columns: NDArray[np.uint8],
    logs: NDArray[np.float64],
    languages: int,
    unseen: float,
) -> NDArray[np.float64]: ...
