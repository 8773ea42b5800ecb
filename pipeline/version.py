"""The version of the pipeline, written into every article and into the manifest."""

__version__ = "0.1.0"
