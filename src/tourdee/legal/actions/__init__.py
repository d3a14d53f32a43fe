"""Acts on businesses, papers and partner agreements."""

from .businesses import BusinessDetails, CannotSave, save_business, set_payee
from .checks import AlreadyEnded, CannotCheckOwn, NeedsReason, PaperChanged, accept_paper, refuse_paper
from .papers import (
    BadNumber,
    CannotWithdraw,
    PaperDetails,
    PaperEnded,
    submit_paper,
    warn_of_papers_that_end,
    withdraw_paper,
)
from .partners import (
    AgreementHasMoved,
    CannotAsk,
    NeedsJobOrder,
    NoTourLicence,
    accept_agreement,
    ask_partner,
    end_agreement,
    offer_partnership,
    refuse_agreement,
)
from .vat import RateExists, TaxDetails, set_tax_details, set_vat_rate

__all__ = [
    "AgreementHasMoved",
    "AlreadyEnded",
    "BadNumber",
    "BusinessDetails",
    "CannotAsk",
    "CannotCheckOwn",
    "CannotSave",
    "CannotWithdraw",
    "NeedsJobOrder",
    "NeedsReason",
    "NoTourLicence",
    "PaperChanged",
    "PaperDetails",
    "PaperEnded",
    "RateExists",
    "TaxDetails",
    "accept_agreement",
    "accept_paper",
    "ask_partner",
    "end_agreement",
    "offer_partnership",
    "refuse_agreement",
    "refuse_paper",
    "save_business",
    "set_payee",
    "set_tax_details",
    "set_vat_rate",
    "submit_paper",
    "warn_of_papers_that_end",
    "withdraw_paper",
]
