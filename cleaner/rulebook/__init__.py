"""Rule files: read strictly, merged, and looked up by a page's host or a dump's signatures."""

from cleaner.rulebook.load import Rulebook, builtin_folder
from cleaner.rulebook.match import Markup, view
from cleaner.rulebook.schema import Case, CommonDrop, Drop, Keep, SiteMetadata
from cleaner.rulebook.site import CommonRule, CommonRules, SiteRule, SiteRules

__all__ = [
    "Case",
    "CommonDrop",
    "CommonRule",
    "CommonRules",
    "Drop",
    "Keep",
    "Markup",
    "Rulebook",
    "SiteMetadata",
    "SiteRule",
    "SiteRules",
    "builtin_folder",
    "view",
]
