"""What this context announces to higher floors."""

from django.dispatch import Signal

# Two services are one from now on: `kept` and `merged` (`merged.merged_into` is `kept`).
services_merged = Signal()
