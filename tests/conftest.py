"""What holds for all tests: properties try the same examples in every run; looking for new ones is done on purpose."""

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.load_profile("same")
