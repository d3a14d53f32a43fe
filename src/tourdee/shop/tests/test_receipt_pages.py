"""Receipts as documents and pages: what is printed, the e-Tax data inside, who may have them, what the tax forms get."""

import re
import zlib
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tourdee.legal.actions import TaxDetails, set_tax_details

from ..actions.money import record_manual_payment
from ..actions.orders import cancel_order
from ..actions.receipts import ReceiptBuyer, exchange_receipt
from ..models import Order, Receipt
from ..queries.etax import CannotTell, etax_xml
from ..queries.receipt_paper import paper_data, receipt_pdf
from .factories import a_departure, a_shop, a_tour, an_order, in_days, seats

pytestmark = pytest.mark.django_db
TAX_ID, BUYER_ID, CITIZEN_ID = "0105555000005", "0107544000108", "1234567890121"
COMPANY = ReceiptBuyer(name="บริษัท ผู้ซื้อ จำกัด", address="1 ถ.สีลม กรุงเทพฯ 10500", tax_id=BUYER_ID, branch="00002")
RAM = "{urn:etda:uncefact:data:standard:%s_ReusableAggregateBusinessInformationEntity:2}"
# The order of elements in ETDA's schemas (version 2.0), of those that we write.
ORDER = {
    "ExchangedDocument": ["ID", "Name", "TypeCode", "IssueDateTime", "Purpose", "PurposeCode", "CreationDateTime"],
    "SupplyChainTradeTransaction": [
        "ApplicableHeaderTradeAgreement", "ApplicableHeaderTradeDelivery", "ApplicableHeaderTradeSettlement",
        "IncludedSupplyChainTradeLineItem",
    ],
    "ApplicableHeaderTradeAgreement": ["SellerTradeParty", "BuyerTradeParty", "AdditionalReferencedDocument"],
    "SellerTradeParty": ["ID", "Name", "SpecifiedTaxRegistration", "PostalTradeAddress"],
    "BuyerTradeParty": ["Name", "SpecifiedTaxRegistration", "PostalTradeAddress"],
    "AdditionalReferencedDocument": ["IssuerAssignedID", "IssueDateTime", "ReferenceTypeCode"],
    "PostalTradeAddress": [
        "PostcodeCode", "LineOne", "CityName", "CitySubDivisionName", "CountryID", "CountrySubDivisionID",
        "BuildingNumber",
    ],
    "ApplicableHeaderTradeSettlement": [
        "InvoiceCurrencyCode", "ApplicableTradeTax", "SpecifiedTradeAllowanceCharge",
        "SpecifiedTradeSettlementHeaderMonetarySummation",
    ],
    "ApplicableTradeTax": ["TypeCode", "CalculatedRate", "BasisAmount", "CalculatedAmount"],
    "SpecifiedTradeSettlementHeaderMonetarySummation": [
        "OriginalInformationAmount", "LineTotalAmount", "DifferenceInformationAmount", "AllowanceTotalAmount",
        "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount",
    ],
    "IncludedSupplyChainTradeLineItem": [
        "AssociatedDocumentLineDocument", "SpecifiedTradeProduct", "SpecifiedLineTradeAgreement",
        "SpecifiedLineTradeDelivery", "SpecifiedLineTradeSettlement",
    ],
    "SpecifiedLineTradeSettlement": ["ApplicableTradeTax", "SpecifiedTradeSettlementLineMonetarySummation"],
    "SpecifiedTradeSettlementLineMonetarySummation": [
        "TaxTotalAmount", "NetLineTotalAmount", "NetIncludingTaxesLineTotalAmount",
    ],
}  # fmt: skip


@pytest.fixture
def shop(owner):
    return a_shop(owner)


@pytest.fixture
def vat(shop, owner, at):
    details = TaxDetails(tax_id=TAX_ID, vat_from=at.date(), house_number="99", subdistrict="500108", postcode="50200")
    set_tax_details(business=shop.business, details=details, by=owner, at=at)


@pytest.fixture
def order(shop, at):
    placed = an_order(shop, seats(a_departure(a_tour(shop), starts_at=in_days(at, 2)), 2), at=at)
    record_manual_payment(order=placed, by=shop.owner, satang=240000, reference="1", at=at)
    return Order.objects.get(pk=placed.pk)


@pytest.fixture
def invoice(vat, order, at):
    """A full tax invoice of ฿2,400 to a company's second branch."""
    return exchange_receipt(receipt=order.receipts.get(), buyer=COMPANY, at=at)


def attached(pdf):
    """The XML files inside a PDF."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    plain = []
    for stream in streams:
        try:
            plain.append(zlib.decompress(stream))
        except zlib.error:
            plain.append(stream)
    return [text for text in plain if b"CrossIndustryInvoice" in text]


def tree(receipt):
    return ElementTree.fromstring(etax_xml(receipt))


def name(element):
    return element.tag.rsplit("}", 1)[-1]


def out_of_order(root):
    wrong = []
    for element in root.iter():
        places = [ORDER[name(element)].index(name(child)) for child in element] if name(element) in ORDER else []
        if places != sorted(places):
            wrong.append(name(element))
    return wrong


def text(root, path):
    """The texts at a path of names, whatever their namespace."""
    return [one.text for one in root.findall("/".join(f"{{*}}{part}" for part in path.split("/")))]


TRADE = "SupplyChainTradeTransaction/ApplicableHeaderTrade"


def test_a_receipt_without_vat_is_an_archive_document_and_carries_no_data(order):
    receipt = order.receipts.get()
    pdf = receipt_pdf(receipt)
    assert b"pdfaid:part>2<" in pdf
    assert attached(pdf) == []
    data = paper_data(receipt)
    assert (data["title"], data["words"], data["vat"], data["included"]) == (
        "ใบเสร็จรับเงิน", "สองพันสี่ร้อยบาทถ้วน", None, False,
    )  # fmt: skip


def test_a_full_tax_invoice_says_what_section_86_4_asks(invoice):
    data = paper_data(invoice)
    assert data["title"] == "ใบเสร็จรับเงิน/ใบกำกับภาษี"
    assert (data["seller"]["tax_id"], data["seller"]["branch"]) == (TAX_ID, "สำนักงานใหญ่")
    assert (data["buyer"]["name"], data["buyer"]["tax_id"], data["buyer"]["branch"]) == (
        COMPANY.name,
        BUYER_ID,
        "สาขาที่ 00002",
    )
    assert data["buyer"]["address"] == COMPANY.address
    assert (data["code"], data["day"]) == ("TX2569-000001", "23 พ.ย. 2569 / 23 Nov 2026")
    assert data["vat"] == {"net": 224299, "vat": 15701, "percent": "7"}
    assert [(line["quantity"], line["amount"]) for line in data["lines"]] == [(2, 240000)]


def test_an_abbreviated_one_says_that_the_tax_is_inside(vat, order):
    data = paper_data(order.receipts.get())
    assert (data["title"], data["vat"], data["included"]) == ("ใบเสร็จรับเงิน/ใบกำกับภาษีอย่างย่อ", None, True)


def test_a_credit_note_says_what_section_86_10_asks(invoice, order, at):
    cancel_order(order=order, by="buyer", at=at)
    data = paper_data(order.receipts.last())
    assert data["original"] == {
        "code": "TX2569-000001", "day": "23 พ.ย. 2569 / 23 Nov 2026", "value": 224299, "right": 112149,
        "reason": "ยกเลิกคำสั่งซื้อ / Order cancelled",
    }  # fmt: skip
    assert (data["total"], data["vat"]["vat"]) == (120000, 7850)


def test_a_replaced_paper_says_by_which(invoice):
    assert paper_data(Receipt.objects.get(kind="short_tax"))["void"] == (
        "ยกเลิก ใช้ใบใหม่เลขที่ TX2569-000001 แทน / Cancelled, replaced by TX2569-000001"
    )


def test_the_data_comes_out_of_the_document_as_it_went_in(invoice):
    pdf = receipt_pdf(invoice)
    assert b"pdfaid:part>3<" in pdf
    assert attached(pdf) == [etax_xml(invoice)]


def test_the_data_of_a_tax_invoice_follows_the_standard(invoice):
    root = tree(invoice)
    assert (
        root.tag == "{urn:etda:uncefact:data:standard:TaxInvoice_CrossIndustryInvoice:2}TaxInvoice_CrossIndustryInvoice"
    )
    assert out_of_order(root) == []
    assert text(root, "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID") == ["ER3-2560"]
    assert text(root, "ExchangedDocument/ID") == ["TX2569-000001"]
    assert text(root, "ExchangedDocument/TypeCode") == ["T03"]
    assert text(root, "ExchangedDocument/IssueDateTime") == ["2026-11-23T12:00:00.0"]
    assert text(root, f"{TRADE}Agreement/SellerTradeParty/SpecifiedTaxRegistration/ID") == [f"{TAX_ID}00000"]
    assert text(root, f"{TRADE}Agreement/BuyerTradeParty/SpecifiedTaxRegistration/ID") == [f"{BUYER_ID}00002"]
    address = f"{TRADE}Agreement/SellerTradeParty/PostalTradeAddress"
    parts = ("PostcodeCode", "CityName", "CitySubDivisionName", "CountryID", "CountrySubDivisionID", "BuildingNumber")
    assert [text(root, f"{address}/{part}")[0] for part in parts] == ["50200", "5001", "500108", "TH", "50", "99"]
    sums = f"{TRADE}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
    assert [text(root, f"{sums}/{part}")[0] for part in ("LineTotalAmount", "TaxTotalAmount", "GrandTotalAmount")] == [
        "2242.99", "157.01", "2400.00",
    ]  # fmt: skip


def test_the_lines_of_the_data_add_up_to_the_document(invoice):
    invoice.content["lines"] = [
        {"name_th": "ก", "name_en": "a", "quantity": 3, "unit_satang": 33333, "satang": 99999},
        {"name_th": "ข", "name_en": "b", "quantity": 1, "unit_satang": 150001, "satang": 150001},
        {"name_th": "ส่วนลด", "name_en": "Discount", "quantity": 1, "unit_satang": -10000, "satang": -10000},
    ]
    root = tree(invoice)
    nets = text(root, "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/SpecifiedLineTradeSettlement/"
                "SpecifiedTradeSettlementLineMonetarySummation/NetLineTotalAmount")  # fmt: skip
    sums = f"{TRADE}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
    total, allowance, basis = (float(text(root, f"{sums}/{part}")[0]) for part in (
        "LineTotalAmount", "AllowanceTotalAmount", "TaxBasisTotalAmount",
    ))  # fmt: skip
    assert (len(nets), round(sum(map(float, nets)), 2)) == (2, total)
    assert (round(total - allowance, 2), basis) == (2242.99, 2242.99)


def test_a_person_is_named_by_citizen_id_and_who_gives_none_as_nobody(vat, order, at):
    person = ReceiptBuyer(name="นาย ก", address="1 ถ.สีลม กรุงเทพฯ 10500", tax_id=CITIZEN_ID)
    first = exchange_receipt(receipt=order.receipts.get(), buyer=person, at=at)
    registration = tree(first).find(".//{*}BuyerTradeParty/{*}SpecifiedTaxRegistration/{*}ID")
    assert (registration.get("schemeID"), registration.text) == ("NIDN", CITIZEN_ID)
    nobody = exchange_receipt(receipt=first, buyer=ReceiptBuyer(name="นาย ก", address=person.address), at=at)
    registration = tree(nobody).find(".//{*}BuyerTradeParty/{*}SpecifiedTaxRegistration/{*}ID")
    assert (registration.get("schemeID"), registration.text) == ("OTHR", "N/A")
    assert text(tree(nobody), f"{TRADE}Agreement/AdditionalReferencedDocument/ReferenceTypeCode") == ["T03"]
    assert text(tree(nobody), "ExchangedDocument/PurposeCode") == ["TIVC99"]


def test_the_data_of_a_credit_note_names_its_invoice(invoice, order, at):
    cancel_order(order=order, by="buyer", at=at)
    root = tree(order.receipts.last())
    assert out_of_order(root) == []
    assert text(root, "ExchangedDocument/TypeCode") == ["81"]
    assert text(root, "ExchangedDocument/PurposeCode") == ["CDNS99"]
    reference = f"{TRADE}Agreement/AdditionalReferencedDocument"
    assert text(root, f"{reference}/IssuerAssignedID") == ["TX2569-000001"]
    assert text(root, f"{reference}/ReferenceTypeCode") == ["T03"]
    sums = f"{TRADE}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
    parts = ("OriginalInformationAmount", "LineTotalAmount", "DifferenceInformationAmount", "TaxTotalAmount")
    assert [text(root, f"{sums}/{part}")[0] for part in parts] == ["2242.99", "1121.49", "1121.50", "78.50"]


def test_an_abbreviated_invoice_has_data_of_its_own(vat, order):
    root = tree(order.receipts.get())
    assert out_of_order(root) == []
    assert (name(root), text(root, "ExchangedDocument/TypeCode")) == (
        "AbbreviatedTaxInvoice_CrossIndustryInvoice",
        ["T06"],
    )
    assert root.find(".//{*}BuyerTradeParty") is None


def test_without_the_address_in_parts_there_is_a_paper_and_no_data(shop, owner, order, at):
    set_tax_details(business=shop.business, details=TaxDetails(tax_id=TAX_ID, vat_from=at.date()), by=owner, at=at)
    later = an_order(shop, seats(order.lines.get().departure, 1), at=at)
    record_manual_payment(order=later, by=owner, satang=120000, reference="2", at=at)
    receipt = later.receipts.get()
    with pytest.raises(CannotTell):
        etax_xml(receipt)
    assert attached(receipt_pdf(receipt)) == []


# ------------------------------------------------------------------ pages
def test_the_buyer_finds_the_receipt_on_the_orders_page_and_takes_it(order, client):
    receipt = order.receipts.get()
    page = client.get(reverse("order_status", args=[order.secret]))
    assert page.context["receipts"] == [(receipt, True)]
    answer = client.get(reverse("order_receipt", args=[order.secret, receipt.public_id]))
    assert answer["Content-Disposition"] == 'attachment; filename="RC2569-000001.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_receipt_opens_only_with_its_own_orders_link(order, shop, at, client):
    other = an_order(shop, seats(order.lines.get().departure, 1), at=at)
    receipt = order.receipts.get()
    for view in ("order_receipt", "exchange_receipt"):
        assert client.get(reverse(view, args=[other.secret, receipt.public_id])).status_code == 404


def test_a_company_gets_its_receipt_and_the_old_one_says_so(order, client, clock):
    old = order.receipts.get()
    address = reverse("exchange_receipt", args=[order.secret, old.public_id])
    typed = {"name": "บริษัท ก จำกัด", "address": "1 ถ.สีลม กรุงเทพฯ 10500", "tax_id": BUYER_ID, "branch": ""}
    assert client.get(address).status_code == 200
    assert client.post(address, typed).url.endswith("#receipts")
    new = order.receipts.get(replaces=old)
    assert (new.code, new.buyer_branch) == ("RC2569-000002", "00000")
    assert client.post(address, typed).status_code == 302  # the second press of the button
    assert order.receipts.count() == 2


def test_what_was_typed_wrong_stays_and_is_explained(vat, order, client, clock):
    address = reverse("exchange_receipt", args=[order.secret, order.receipts.get().public_id])
    typed = {"name": "ก", "address": "ถนนสีลม กรุงเทพมหานคร", "tax_id": "0107544000109", "branch": "1"}
    form = client.post(address, typed).context["form"]
    assert set(form.errors) == {"name", "address", "tax_id", "branch"}
    assert form["tax_id"].value() == "0107544000109"
    assert order.receipts.count() == 1


def test_the_seller_lists_and_takes_the_own_receipts_only(invoice, order, owner, stranger, client_of, clock):
    a_shop(stranger)
    mine, theirs = client_of(owner), client_of(stranger)
    rows = mine.get(reverse("my_receipts")).context["rows"]
    assert [(receipt.code, xml) for receipt, xml in rows] == [("TX2569-000001", True), ("AB2569-000001", True)]
    assert theirs.get(reverse("my_receipts")).context["rows"] == []
    for view in ("receipt_file", "receipt_xml"):
        assert mine.get(reverse(view, args=[invoice.public_id])).status_code == 200
        assert theirs.get(reverse(view, args=[invoice.public_id])).status_code == 404


def test_the_year_by_month_and_the_tables_for_the_tax_forms(invoice, order, owner, client_of, clock, at):
    cancel_order(order=order, by="buyer", at=at)
    browser = client_of(owner)
    page = browser.get(reverse("my_taxes")).context
    [(first, line)] = page["lines"]
    assert (first.year, first.month) == (2026, 11)
    assert (line.received, line.taken_back, line.vat, line.income) == (240000, 120000, 7851, 112149)
    assert (page["half"], page["whole"]) == (0, 112149)
    income = browser.get(reverse("income_file", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2::1][-3:] for row in income[1:]] == [
        ["2400.00", "157.01", "2242.99"],
        ["-1200.00", "-78.50", "-1121.50"],
    ]
    assert len(browser.get(reverse("income_file", args=["csv"]), {"half": "1"}).content.decode().splitlines()) == 1
    sales = browser.get(reverse("vat_file", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert (
        sales[1]
        == f"1,2026-11-23,TX2569-000001,ใบเสร็จรับเงิน/ใบกำกับภาษี,{COMPANY.name},{BUYER_ID},สาขาที่ 00002,2242.99,157.01"
    )


def test_who_takes_more_than_the_limit_is_told_to_register(order, owner, client_of, clock):
    browser = client_of(owner)
    for satang, must, nearly in ((149_999_999, False, False), (150_000_000, False, True), (180_000_001, True, False)):
        Receipt.objects.update(satang=satang)
        page = browser.get(reverse("my_taxes")).context
        assert (page["must_register"], page["nearly"]) == (must, nearly)
