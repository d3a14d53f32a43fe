"""e-Tax data of a receipt: the XML of ETDA's recommendation ขมธอ. 3-2560 (document context ER3-2560, version 2.0).

Built in the order of its schemas and by the conditions of its Schematron files (github.com/ETDA/XMLValidation). It is
*data*: not signed by a certificate and not handed in to the Revenue Department, which the full e-Tax system asks for.
"""

from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from stdnum.th import pin

from tourdee.core.dates import BANGKOK
from tourdee.core.money import plain_baht, vat_within

from ..models import Receipt
from .receipts import HEAD_OFFICE, tax_ids

ETAX_FILE = "etda-invoice.xml"
URN = "urn:etda:uncefact:data:standard"
REFERENCED = {Receipt.Kind.SHORT_TAX_INVOICE: "T06", Receipt.Kind.TAX_INVOICE: "T03"}
POSTCODE_DIGITS = 5


@dataclass(frozen=True)
class _Form:
    """Which of ETDA's documents a receipt is: the schema's name, type code and name of the document."""

    schema: str
    code: str
    name: str


FORMS = {
    Receipt.Kind.TAX_INVOICE: _Form("TaxInvoice", "T03", "ใบเสร็จรับเงิน/ใบกำกับภาษี"),
    Receipt.Kind.SHORT_TAX_INVOICE: _Form("AbbreviatedTaxInvoice", "T06", "ใบเสร็จรับเงิน/ใบกำกับภาษีอย่างย่อ"),
    Receipt.Kind.CREDIT_NOTE: _Form("DebitCreditNote", "81", "ใบลดหนี้"),
}


class CannotTell(Exception):
    """There is no such data: the seller charges no VAT or has not given the address in parts, which the standard asks
    for (house number, sub-district, postcode), or the buyer's address ends in no Thai postcode."""


def has_etax(receipt: Receipt) -> bool:
    """Whether ``etax_xml`` has something to say."""
    seller = receipt.content["seller"]
    parts = all(seller[part] for part in ("house_number", "subdistrict", "postcode"))
    credits_short = receipt.refers_to is not None and receipt.refers_to.kind == Receipt.Kind.SHORT_TAX_INVOICE
    buyer_known = receipt.kind == Receipt.Kind.SHORT_TAX_INVOICE or bool(_postcode(receipt.buyer_address))
    return receipt.kind in FORMS and parts and buyer_known and not credits_short


def etax_xml(receipt: Receipt) -> bytes:
    """The document as XML. Raises CannotTell. A credit note of an abbreviated invoice has none: the standard's credit
    note refers to full ones only."""
    if not has_etax(receipt):
        raise CannotTell
    return _Document(receipt).xml()


class _Document:
    """Writes the tree; every element in the schema's order."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.form = FORMS[Receipt.Kind(receipt.kind)]
        self.rsm = f"{URN}:{self.form.schema}_CrossIndustryInvoice:2"
        self.ram = f"{URN}:{self.form.schema}_ReusableAggregateBusinessInformationEntity:2"
        self.ids = tax_ids(receipt)
        self.nets = self._nets()
        self.allowance = -sum(net for _line, net in self.nets if net < 0)  # vouchers, without tax

    def xml(self) -> bytes:
        ElementTree.register_namespace("rsm", self.rsm)
        ElementTree.register_namespace("ram", self.ram)
        root = ElementTree.Element(f"{{{self.rsm}}}{self.form.schema}_CrossIndustryInvoice")
        context = ElementTree.SubElement(root, f"{{{self.rsm}}}ExchangedDocumentContext")
        guideline = self._in(context, "GuidelineSpecifiedDocumentContextParameter")
        self._in(guideline, "ID", "ER3-2560", schemeAgencyID="ETDA", schemeVersionID="v2.0")
        self._head(ElementTree.SubElement(root, f"{{{self.rsm}}}ExchangedDocument"))
        trade = ElementTree.SubElement(root, f"{{{self.rsm}}}SupplyChainTradeTransaction")
        self._agreement(self._in(trade, "ApplicableHeaderTradeAgreement"))
        self._in(trade, "ApplicableHeaderTradeDelivery")
        self._settlement(self._in(trade, "ApplicableHeaderTradeSettlement"))
        sold = [(line, net) for line, net in self.nets if net >= 0]
        for place, (line, net) in enumerate(sold, start=1):
            self._line(self._in(trade, "IncludedSupplyChainTradeLineItem"), place, line, net)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _in(self, parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, f"{{{self.ram}}}{name}", attributes)
        child.text = text or None
        return child

    def _head(self, document: ElementTree.Element) -> None:
        receipt = self.receipt
        self._in(document, "ID", receipt.code)
        self._in(document, "Name", self.form.name)
        self._in(document, "TypeCode", self.form.code)
        self._in(document, "IssueDateTime", _moment(receipt.at))
        purpose, code = self._purpose()
        if purpose:
            self._in(document, "Purpose", purpose)
            self._in(document, "PurposeCode", code)
        self._in(document, "CreationDateTime", _moment(receipt.at))

    def _purpose(self) -> tuple[str, str]:
        """Why a note takes something back, or an invoice was written again: other reasons, in words (…99)."""
        if self.receipt.kind == Receipt.Kind.CREDIT_NOTE:
            return self.receipt.content["reason_th"], "CDNS99"
        if self._replaces_full():
            return "แก้ไขชื่อหรือที่อยู่ผู้ซื้อ", "TIVC99"
        return "", ""

    def _replaces_full(self) -> bool:
        replaced = self.receipt.replaces
        return replaced is not None and replaced.kind == Receipt.Kind.TAX_INVOICE

    def _agreement(self, agreement: ElementTree.Element) -> None:
        self._seller(self._in(agreement, "SellerTradeParty"))
        if self.form.schema != "AbbreviatedTaxInvoice":
            self._buyer(self._in(agreement, "BuyerTradeParty"))
        refers = self.receipt.refers_to or (self.receipt.replaces if self._replaces_full() else None)
        if refers is not None:
            reference = self._in(agreement, "AdditionalReferencedDocument")
            self._in(reference, "IssuerAssignedID", refers.code)
            self._in(reference, "IssueDateTime", _moment(refers.at))
            self._in(reference, "ReferenceTypeCode", REFERENCED[Receipt.Kind(refers.kind)])

    def _seller(self, party: ElementTree.Element) -> None:
        seller = self.receipt.content["seller"]
        if self.form.schema == "AbbreviatedTaxInvoice":  # its conditions ask for an ID beside the name
            self._in(party, "ID", self.ids["seller"])
        self._in(party, "Name", seller["name"])
        self._registration(party, self.ids["seller"], seller["branch"] or HEAD_OFFICE)
        address = self._in(party, "PostalTradeAddress")
        self._in(address, "PostcodeCode", seller["postcode"])
        self._in(address, "CityName", seller["subdistrict"][:4])
        self._in(address, "CitySubDivisionName", seller["subdistrict"])
        self._in(address, "CountryID", "TH", schemeID="3166-1 alpha-2")
        self._in(address, "CountrySubDivisionID", seller["subdistrict"][:2])
        self._in(address, "BuildingNumber", seller["house_number"])

    def _buyer(self, party: ElementTree.Element) -> None:
        receipt = self.receipt
        self._in(party, "Name", receipt.buyer_name)
        self._registration(party, self.ids["buyer"], receipt.buyer_branch)
        address = self._in(party, "PostalTradeAddress")
        self._in(address, "PostcodeCode", _postcode(receipt.buyer_address))
        self._in(address, "LineOne", " ".join(receipt.buyer_address.split())[:256])
        self._in(address, "CountryID", "TH", schemeID="3166-1 alpha-2")

    def _registration(self, party: ElementTree.Element, tax_id: str, branch: str) -> None:
        """A company by tax id and branch (18 digits), a person by citizen id, nobody as ``N/A``."""
        scheme, value = ("OTHR", "N/A")
        if tax_id and (branch or not pin.is_valid(tax_id)):
            scheme, value = "TXID", tax_id + (branch or HEAD_OFFICE)
        elif tax_id:
            scheme, value = "NIDN", tax_id
        self._in(self._in(party, "SpecifiedTaxRegistration"), "ID", value, schemeID=scheme)

    def _settlement(self, settlement: ElementTree.Element) -> None:
        receipt = self.receipt
        self._in(settlement, "InvoiceCurrencyCode", "THB", listID="ISO 4217 3A")
        self._tax(settlement, receipt.net_satang, receipt.vat_satang)
        if self.allowance:
            allowance = self._in(settlement, "SpecifiedTradeAllowanceCharge")
            self._in(allowance, "ChargeIndicator", "false")
            self._in(allowance, "ActualAmount", plain_baht(self.allowance))
        sums = self._in(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
        if receipt.refers_to is not None:
            original = receipt.refers_to.net_satang
            self._in(sums, "OriginalInformationAmount", plain_baht(original))
            self._in(sums, "LineTotalAmount", plain_baht(original - receipt.net_satang))
            self._in(sums, "DifferenceInformationAmount", plain_baht(receipt.net_satang))
        else:
            self._in(sums, "LineTotalAmount", plain_baht(receipt.net_satang + self.allowance))
        self._in(sums, "AllowanceTotalAmount", plain_baht(self.allowance))
        self._in(sums, "TaxBasisTotalAmount", plain_baht(receipt.net_satang))
        self._in(sums, "TaxTotalAmount", plain_baht(receipt.vat_satang))
        self._in(sums, "GrandTotalAmount", plain_baht(receipt.satang))

    def _tax(self, parent: ElementTree.Element, net: int, vat: int) -> None:
        tax = self._in(parent, "ApplicableTradeTax")
        self._in(tax, "TypeCode", "VAT")
        self._in(tax, "CalculatedRate", f"{self.receipt.vat_percent.normalize():f}")
        self._in(tax, "BasisAmount", plain_baht(net))
        self._in(tax, "CalculatedAmount", plain_baht(vat))

    def _nets(self) -> list[tuple[dict, int]]:
        """Each line with its value without tax. The dearest takes what rounding left over, so that the lines add up to
        the document."""
        lines = self.receipt.content["lines"]
        nets = [line["satang"] - _signed_vat(line["satang"], self.receipt) for line in lines]
        nets[nets.index(max(nets))] += self.receipt.net_satang - sum(nets)
        return list(zip(lines, nets, strict=True))

    def _line(self, item: ElementTree.Element, place: int, line: dict, net: int) -> None:
        self._in(self._in(item, "AssociatedDocumentLineDocument"), "LineID", str(place))
        self._in(self._in(item, "SpecifiedTradeProduct"), "Name", line["name_th"][:256])
        price = self._in(self._in(item, "SpecifiedLineTradeAgreement"), "GrossPriceProductTradePrice")
        unit = line["unit_satang"]
        self._in(price, "ChargeAmount", plain_baht(unit - vat_within(unit, self.receipt.vat_percent)))
        self._in(self._in(item, "SpecifiedLineTradeDelivery"), "BilledQuantity", str(line["quantity"]), unitCode="C62")
        settlement = self._in(item, "SpecifiedLineTradeSettlement")
        self._tax(settlement, net, line["satang"] - net)
        sums = self._in(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
        self._in(sums, "TaxTotalAmount", plain_baht(line["satang"] - net))
        self._in(sums, "NetLineTotalAmount", plain_baht(net), currencyID="THB")
        self._in(sums, "NetIncludingTaxesLineTotalAmount", plain_baht(line["satang"]), currencyID="THB")


def _signed_vat(satang: int, receipt: Receipt) -> int:
    vat = vat_within(abs(satang), receipt.vat_percent)
    return -vat if satang < 0 else vat


def _moment(at: datetime) -> str:
    return at.astimezone(BANGKOK).strftime("%Y-%m-%dT%H:%M:%S.0")


def _postcode(address: str) -> str:
    """The last five digits that stand alone in a Thai address."""
    numbers = [word for word in address.replace(",", " ").split() if word.isdigit() and len(word) == POSTCODE_DIGITS]
    return numbers[-1] if numbers else ""
