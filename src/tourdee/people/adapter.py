"""How allauth asks TourDee about people: phone numbers, codes, who may join accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail or phone, without passwords."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts by LINE and Facebook Login."""
