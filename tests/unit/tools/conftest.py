import sys
from pathlib import Path

# tools/ is no installed package; it is imported from the checkout, and its scripts find the package training in their folder.
ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
