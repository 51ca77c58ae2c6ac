from cleaner.model import Role
from cleaner.page.dom import Element

class Box:
    element: Element
    parent: Box | None
    number: int
    end: int
    role: Role
    hidden: bool
    depth: int

    def __init__(self, element: Element, parent: Box | None, number: int, role: Role, *, hidden: bool) -> None: ...
    @property
    def path(self) -> str: ...
