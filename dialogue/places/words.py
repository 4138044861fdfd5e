"""What settings are called on screen."""

from flask_babel import lazy_gettext as _l

SETTING_WORDS = {
    "school": _l("school"),
    "special_education": _l("buitengewoon onderwijs"),
    "childcare": _l("kinderopvang"),
    "youth_centre": _l("jeugdhuis"),
    "youth_club": _l("jeugdvereniging"),
    "sports_club": _l("sportclub"),
    "library": _l("bibliotheek"),
    "street": _l("straat of plein"),
    "social_service": _l("sociale dienst"),
    "online": _l("online"),
    "other": _l("iets anders"),
}
