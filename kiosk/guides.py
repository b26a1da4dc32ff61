"""A service's guide as the kiosk's script reads it: in one language, without what says nothing."""

from __future__ import annotations

from typing import Any

from queueing.guide_records import Material
from queueing.house import House, Service
from web.spoken import said_in

Facts = dict[str, Any]


def guide_of(house: House, service: Service, language: str) -> Facts:
    """Everything that is told, told once; empty parts are left out."""
    guide = service.guide
    told = {
        "things": [_thing(each, language) for each in guide.materials],
        "conditions": [said_in(language, each) for each in guide.conditions],
        "steps": [said_in(language, each) for each in guide.steps],
        "legal_days": guide.legal_days,
        "forms": [{"name": said_in(language, form.name), "file": form.file} for form in guide.forms],
        "basis": [said_in(language, each) for each in guide.basis],
        "phone": guide.phone or _phone_of(house, service.department),
    }
    return {key: value for key, value in told.items() if value}


def _thing(material: Material, language: str) -> Facts:
    told = {
        "name": said_in(language, material.name),
        "original": material.original,
        "copies": material.copies,
        "only_if": said_in(language, material.only_if),
        "note": said_in(language, material.note),
        "sample": material.sample,
    }
    return {key: value for key, value in told.items() if value}


def _phone_of(house: House, department: str) -> str:
    return next((each.phone for each in house.departments if each.id == department), "")
