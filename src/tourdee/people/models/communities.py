"""Communities and who belongs to them."""

from django.db import models

from tourdee.core.ids import public_id

from .accounts import User


class Community(models.Model):
    """A community enterprise (วิสาหกิจชุมชน) or village group: its place, its story, its members."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    province = models.PositiveSmallIntegerField(help_text="two-digit DOPA code, e.g. 50 Chiang Mai")
    story_th = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="path below the media folder")

    def __str__(self) -> str:
        return self.name_th


class CommunityMember(models.Model):
    """A person who belongs to a community; leaders may edit its page.

    Whom a leader adds counts as a member only after saying yes: until then the leader sees the address that was
    typed, not whose it is.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="communities")
    is_leader = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=True)
    added_as = models.CharField(max_length=254, blank=True, help_text="the address that the leader typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="a_member_once")]
