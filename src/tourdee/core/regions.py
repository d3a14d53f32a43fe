"""The regions of Thailand as groups of provinces: six by the usual reading, Bangkok and its neighbours taken out of the
central one, because carriers price them apart."""

from django.utils.translation import gettext_lazy as _

REGIONS: dict[str, tuple[int, ...]] = {
    "bangkok": (10, 11, 12, 13, 73, 74),
    "central": (14, 15, 16, 17, 18, 19, 70, 71, 72, 75, 76, 77),
    "east": (20, 21, 22, 23, 24, 25, 26, 27),
    "north": (50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 67),
    "northeast": (30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49),
    "south": (80, 81, 82, 83, 84, 85, 86, 90, 91, 92, 93, 94, 95, 96),
}
REGION_NAMES = {
    "bangkok": _("Bangkok and its neighbours"),
    "central": _("Central and West"),
    "east": _("East"),
    "north": _("North"),
    "northeast": _("Northeast (Isan)"),
    "south": _("South"),
}
