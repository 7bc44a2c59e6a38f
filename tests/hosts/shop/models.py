from django.db import models


class Voucher(models.Model):
    """A model of a host whose app's label is the name of one of our packages."""

    code = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.code
