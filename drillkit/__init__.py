"""drillkit runs tabletop emergency drills in terminals."""

__version__ = "0.1.0"
