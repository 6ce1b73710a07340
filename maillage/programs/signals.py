"""What this context announces to the apps above it, and asks of them."""

from django.dispatch import Signal

# Asked before a programme's period changes. Receives `program` (as stored), `start`, `end`. A receiver answers a
# sentence in French when it objects (entries outside the new period), or None.
period_asked = Signal()
