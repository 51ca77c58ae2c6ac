"""Rule files: strict decoding, merging, and lookup by a page's host or a dump's signatures."""

from cleaner.rulebook.guard import RuleMatches, WeighedRules, weigh_rules
from cleaner.rulebook.matchers import Markup, view_page
from cleaner.rulebook.merged import BodySelector, CommonRule, CommonRules, SiteRule, SiteRules
from cleaner.rulebook.rule_files import LoadedFile, builtin_folder, read_rules
from cleaner.rulebook.rule_loader import Rulebook
from cleaner.rulebook.rule_types import Case, CommonDrop, Drop, DroppedLine, Keep, SiteMetadata

__all__ = [
    "BodySelector",
    "Case",
    "CommonDrop",
    "CommonRule",
    "CommonRules",
    "Drop",
    "DroppedLine",
    "Keep",
    "LoadedFile",
    "Markup",
    "RuleMatches",
    "Rulebook",
    "SiteMetadata",
    "SiteRule",
    "SiteRules",
    "WeighedRules",
    "builtin_folder",
    "read_rules",
    "view_page",
    "weigh_rules",
]
