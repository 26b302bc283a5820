"""kfly (科赋楼宇) keeps one government action plan honest."""

__version__ = "0.2.0"
