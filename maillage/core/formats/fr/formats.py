"""Formats of French as written in Québec; Django's own « fr_CA » shows 15:05 as « 15 03 05 »."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = r"H\ \h\ i"
DATETIME_FORMAT = r"j F Y, H\ \h\ i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = r"Y-m-d H\ \h\ i"
FIRST_DAY_OF_WEEK = 0
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H h %M", "%Hh%M"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
