import pytest
from django.test import Client

from tourdee.people import actions, queries
from tourdee.people.models import User

from .conftest import last_code


@pytest.fixture
def demo_owner(db):
    return User.objects.create_user("somying@demo.tourdee.example", name="สมหญิง ใจดี")


@pytest.fixture
def demo_officer(office, at):
    user = User.objects.create_user("wipa@demo.tourdee.example", name="วิภา ตั้งใจ")
    actions.add_member(user=user, organisation=office, role="officer", at=at)
    return user


def test_demo_people_are_known_by_their_address_and_shown_by_role(demo_officer, demo_owner, owner):
    User.objects.create_user("gone@demo.tourdee.example", is_active=False)
    assert [(person.user, person.role) for person in queries.demo_people()] == [
        (demo_owner, "learner"), (demo_officer, "officer"),
    ]  # fmt: skip


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_two_queries(db, people, django_assert_num_queries):
    for number in range(people):
        User.objects.create_user(f"{number}@demo.tourdee.example", name=str(number))
    with django_assert_num_queries(2):
        assert len(queries.demo_people()) == people


def test_a_demonstration_says_so_and_lets_one_in_by_a_button(in_demo, demo_officer):
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert "นี่คือระบบสาธิต" in page
    assert "วิภา ตั้งใจ · เจ้าหน้าที่" in page
    answer = client.post("/account/login/demo/", {"person": demo_officer.public_id, "next": "/communities/"})
    assert answer["Location"] == "/communities/"
    assert client.get("/account/profile/").context["request"].user == demo_officer


def test_a_demonstration_shows_the_code(in_demo, clock, demo_owner):
    client = Client()
    client.post("/account/login/", {"address": "new@example.org"})
    page = client.get("/account/login/code/")
    assert page.context["demo_code"] == last_code()
    assert f"data-demo-code>{last_code()}<" in page.content.decode()


def test_outside_a_demonstration_there_is_neither_button_nor_code(clock, demo_owner):
    client = Client()
    assert "สมหญิง" not in client.get("/account/login/").content.decode()
    assert client.post("/account/login/demo/", {"person": demo_owner.public_id}).status_code == 404
    client.post("/account/login/", {"address": "new@example.org"})
    assert last_code() not in client.get("/account/login/code/").content.decode()
    assert "code" not in client.session["sign_in"]


def test_a_code_asked_for_in_a_demonstration_is_not_shown_after_it(in_demo, clock, settings, demo_owner):
    client = Client()
    client.post("/account/login/", {"address": "new@example.org"})
    settings.DEMO = False
    assert last_code() not in client.get("/account/login/code/").content.decode()


@pytest.mark.parametrize("person", ["", "nobody", "x" * 5000])
def test_nobody_else_can_be_chosen(in_demo, owner, person):
    assert Client().post("/account/login/demo/", {"person": person}).status_code == 404
    assert Client().post("/account/login/demo/", {"person": owner.public_id}).status_code == 404
    assert Client().get("/account/login/demo/").status_code == 405
