"""What the host site may listen to; both are sent after commit, and a receiver that fails stops nobody else.

``points_granted``: ``learner_id`` (key of the learner's profile), ``entries`` (tuple of ``EntryFact``, XP and points).
``level_reached``: ``learner_id``, ``level`` (its number), ``total_xp``.
"""

from django.dispatch import Signal

points_granted = Signal()
level_reached = Signal()
