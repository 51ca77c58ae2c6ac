from cleaner.page.boxes import Box
from cleaner.page.dom import Element

def read_element(walker: object, element: Element, box: Box, *, linked: bool) -> None: ...
