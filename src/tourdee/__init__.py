"""TourDee (ทัวร์ดี): from the first lesson to the first sale."""

__version__ = "0.1.0"
