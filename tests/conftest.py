"""What all tests share."""

from hypothesis import settings

# A busy machine makes any example slow at times: how long one takes is no property of the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
