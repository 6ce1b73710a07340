"""What this context announces to the apps above it."""

from django.dispatch import Signal

# A coordinator raised a need for a group to take up. Receives `need` (a `RaisedNeed`) and `actor`, in the transaction of
# the write: a group of a higher floor may put it on its board with `answer_need`.
need_raised = Signal()
# What became of a raised need was said. Receives `need` (a `RaisedNeed` in its new state) and `actor`, in the transaction
# of the write: the group that took it up hears what the coordination says.
need_answered = Signal()
