"""Rule files: read strictly, merged, and looked up by a page's host or a dump's signatures."""

from cleaner.rulebook.load import File, Rulebook, builtin_folder, read
from cleaner.rulebook.match import Markup, view
from cleaner.rulebook.schema import Case, CommonDrop, Drop, Dropped, Keep, SiteMetadata
from cleaner.rulebook.site import CommonRule, CommonRules, SiteRule, SiteRules

__all__ = [
    "Case",
    "CommonDrop",
    "CommonRule",
    "CommonRules",
    "Drop",
    "Dropped",
    "File",
    "Keep",
    "Markup",
    "Rulebook",
    "SiteMetadata",
    "SiteRule",
    "SiteRules",
    "builtin_folder",
    "read",
    "view",
]
