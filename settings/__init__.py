"""A hall's TOML file: read, checked, completed. No Flask, no sockets, no SQL, no opening-hours arithmetic."""

from settings.days import holidays_of, worked_weekends_of
from settings.findings import Finding, HallFileError
from settings.reading import check, load_house
from settings.summary import summary
from settings.traditional import VARIANT, traditional

__all__ = [
    "VARIANT",
    "Finding",
    "HallFileError",
    "check",
    "holidays_of",
    "load_house",
    "summary",
    "traditional",
    "worked_weekends_of",
]
