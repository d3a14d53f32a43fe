"""Fields for what people in Thailand type. Each refusal says in the page's language what to do instead."""

from .days import ThaiDateField
from .numbers import BahtField, QuantityField, WholeNumberField
from .people import CitizenIdField, PhoneField, PromptPayField, TaxIdField
from .places import ProvinceField
from .regions import ProvincesField
from .uploads import PictureField, PicturesField
from .words import LineField, TextField

__all__ = [
    "BahtField",
    "CitizenIdField",
    "LineField",
    "PhoneField",
    "PictureField",
    "PicturesField",
    "PromptPayField",
    "ProvinceField",
    "ProvincesField",
    "QuantityField",
    "TaxIdField",
    "TextField",
    "ThaiDateField",
    "WholeNumberField",
]
