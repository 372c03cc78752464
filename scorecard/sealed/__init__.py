"""The sealed archive as a file: one canonical ZIP, and what its manifest says. Nothing here scores."""

from scorecard.sealed.container import Archive, opened, write
from scorecard.sealed.manifest import FORMAT, Item, Manifest, grouped, root_of

__all__ = ["FORMAT", "Archive", "Item", "Manifest", "grouped", "opened", "root_of", "write"]
