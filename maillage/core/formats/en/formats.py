"""English as read in Canada: ISO dates in tables, day first nowhere."""

SHORT_DATE_FORMAT = "Y-m-d"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
