"""Addresses of the room."""

from django.urls import path

from .views import checks, papers, partners, rules, tax

urlpatterns = [
    path("", papers.my_papers, name="my_papers"),
    path("business/", papers.my_business, name="my_business"),
    path("tax/", tax.my_tax, name="my_tax"),
    path("vat-rates/", tax.vat_rates, name="vat_rates"),
    path("add/<slug:kind>/", papers.add_paper, name="add_paper"),
    path("checks/", checks.paper_checks, name="paper_checks"),
    path("checks/<slug:public_id>/", checks.paper_check, name="paper_check"),
    path("checks/<slug:public_id>/accept/", checks.accept, name="accept_paper"),
    path("checks/<slug:public_id>/refuse/", checks.refuse, name="refuse_paper"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:rule_id>/", rules.rule, name="rule"),
    path("local-licence/", rules.local_licence, name="local_licence"),
    path("partners/", partners.my_partners, name="my_partners"),
    path("partners/offer/", partners.offer, name="offer_partnership"),
    path("partners/<slug:public_id>/ask/", partners.ask, name="ask_partner"),
    path("agreements/<slug:public_id>/accept/", partners.accept_agreement, name="accept_agreement"),
    path("agreements/<slug:public_id>/refuse/", partners.refuse_agreement, name="refuse_agreement"),
    path("agreements/<slug:public_id>/end/", partners.end_agreement, name="end_agreement"),
    path("<slug:public_id>/picture/", papers.paper_picture, name="paper_picture"),
    path("<slug:public_id>/withdraw/", papers.withdraw_paper, name="withdraw_paper"),
]
