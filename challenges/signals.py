"""What a host site may listen to; sent after commit, a failing receiver disturbs nobody."""

from django.dispatch import Signal

challenge_completed = Signal()  # challenge_id, learner_id, xp, bonus, now
