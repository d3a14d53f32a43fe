"""The rulebook as data, and the pages that explain it."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from tourdee.legal import queries, rulebook
from tourdee.legal.models import Business, Paper

WANTED = {f"TOUR-{number:03}" for number in range(1, 10)} | {"REG-001", "REG-002", "PRICE-001", "CPA-001", "PDPA-001"}


def test_the_rules_that_the_pages_name_are_all_there():
    assert WANTED - set(rulebook.rules()) == set()


def test_every_rule_has_both_languages_and_sources():
    for rule in rulebook.rules().values():
        texts = [rule.title, rule.asks, rule.authority, rule.law, *rule.steps, *rule.unconfirmed]
        assert all(text.th and text.en for text in texts), rule.id
        assert rule.sources, rule.id


def test_a_penalty_is_shown_only_where_its_source_was_read():
    shown = {rule.id for rule in rulebook.rules().values() if rule.shown_penalty}
    assert shown == {"TOUR-001", "TOUR-004", "TOUR-006", "TOUR-007", "PRICE-001", "PRICE-002"}


def test_a_rule_with_a_penalty_from_hearsay_is_refused():
    raw = rulebook._read("tourism.yaml")[0]
    with pytest.raises(rulebook.BadRulebook, match="penalty without a source"):
        rulebook._rule("tourism", {**raw, "penalty_basis": "knowledge"})


@pytest.mark.parametrize("fault", [{"confidence": "sure"}, {"level": "maybe"}, {"id": "TOUR1"}, {"colour": "red"}])
def test_a_rule_with_a_fault_is_refused(fault):
    raw = rulebook._read("tourism.yaml")[0]
    with pytest.raises(rulebook.BadRulebook):
        rulebook._rule("tourism", {**raw, **fault})


def test_no_paper_is_required_by_a_rule_of_low_confidence():
    for kind in Business.Kind:
        for ask in queries.papers_asked(Business(kind=kind, is_guide=True)):
            assert not (ask.required and not rulebook.rules()[ask.rule].may_block), (kind, ask)


def test_every_kind_of_paper_has_a_number_format():
    assert set(rulebook.formats()) == set(Paper.Kind.values)


def test_no_format_of_low_confidence_blocks():
    blocking = {kind for kind, form in rulebook.formats().items() if form.blocks}
    assert blocking == {"tour_licence", "commercial_registration", "company_registration"}


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("tour_licence", "11/07440", True),
        ("tour_licence", "11/7440", False),
        ("tour_licence", "11/074400", False),
        ("tour_licence", "๑๑/๐๗๔๔๐", True),  # \d knows Thai digits; the form writes them as Arabic ones
        ("commercial_registration", "1234567890121", True),
        ("commercial_registration", "1234567890122", False),
        ("company_registration", "0105555000005", True),
        ("company_registration", "1234567890121", False),
        ("guide_licence", "ABC", False),
    ],
)
def test_numbers_are_known_by_their_form(kind, number, right):
    assert queries.number_looks_right(kind, number) is right


@pytest.mark.parametrize(
    "text",
    [
        "สอบถามราคาในแชท",
        "ราคาทักแชทค่ะ",
        "ราคา inbox",
        "ทักอินบ็อกซ์เพื่อสอบถามราคา",
        "แจ้งราคาทางไลน์",
        "Price on request",
        "DM us for prices",
    ],
)
def test_inbox_for_the_price_is_found(text):
    assert [found.rule for found in queries.forbidden_words(text)] == ["PRICE-001"]


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ต้องทักถามราคา ราคาชัดเจนบนหน้านี้",
        "สอบถามเส้นทางได้ทางไลน์",
        "ราคา 1,200 บาทต่อคน",
        "ทักแชทบอกวันเดินทาง",
        "No need to ask for the price",
        "The price includes lunch",
    ],
)
def test_honest_words_are_left_alone(text):
    assert queries.forbidden_words(text) == []


def test_no_refunds_in_any_case_is_found():
    assert [found.rule for found in queries.forbidden_words("ไม่คืนเงินทุกกรณี")] == ["CPA-003"]


@pytest.mark.django_db
@pytest.mark.parametrize("rule_id", sorted(rulebook.rules()))
def test_every_rule_has_a_page_in_both_languages(client, rule_id):
    rule = rulebook.rules()[rule_id]
    url = reverse("rule", args=[rule_id])
    for address, title in ((url, rule.title.th), (f"/en{url}", rule.title.en)):
        page = client.get(address)
        assert page.status_code == 200
        assert escape(title) in page.content.decode()


@pytest.mark.django_db
def test_an_unsourced_penalty_sends_people_to_the_authority(client):
    page = client.get(reverse("rule", args=["TOUR-005"])).content.decode()
    assert "ตรวจสอบกับหน่วยงาน" in page


@pytest.mark.django_db
def test_an_unknown_rule_is_not_found(client):
    assert client.get(reverse("rule", args=["TOUR-999"])).status_code == 404


@pytest.mark.django_db
def test_the_way_to_a_local_licence_marks_unconfirmed_amounts(client):
    page = client.get("/en" + reverse("local_licence")).content.decode()
    assert page.count("please ask the authority for today") == 2


@pytest.mark.django_db
def test_the_list_of_rules_names_each(client):
    page = client.get(reverse("rules")).content.decode()
    assert [rule_id for rule_id in rulebook.rules() if rule_id not in page] == []
