"""Settings for all tests."""

import os

from hypothesis import settings

# A busy machine is no error, so no example has a deadline. In continuous integration the examples are always the same:
# a new one found by chance should meet the person who can mend it, and not block somebody else's change.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
