"""What people type about themselves, others and their communities."""

from .communities import AddMemberForm, CommunityForm, CommunitySearchForm
from .host import DeclineForm, DirectoryForm, InviteForm, RoleForm
from .organisations import OrganisationForm
from .profile import EmailForm, PhoneForm, ProfileForm, WelcomeForm
from .second_factor import (
    ActivateAppForm,
    AddPasskeyForm,
    PasskeySecondStepForm,
    PasskeySignInForm,
    ProveByPasskeyForm,
    ProveBySecondFactorForm,
    RenamePasskeyForm,
    SecondFactorForm,
)
from .sign_in import AddressField, AddressForm, CodeForm

__all__ = [
    "ActivateAppForm",
    "AddMemberForm",
    "AddPasskeyForm",
    "AddressField",
    "AddressForm",
    "CodeForm",
    "CommunityForm",
    "CommunitySearchForm",
    "DeclineForm",
    "DirectoryForm",
    "EmailForm",
    "InviteForm",
    "OrganisationForm",
    "PasskeySecondStepForm",
    "PasskeySignInForm",
    "PhoneForm",
    "ProfileForm",
    "ProveByPasskeyForm",
    "ProveBySecondFactorForm",
    "RenamePasskeyForm",
    "RoleForm",
    "SecondFactorForm",
    "WelcomeForm",
]
