"""The whole way, at 360 px: from the application to the verified certificate and the income on the dashboard."""

import pytest

from .steps import course, selling, shop

LEARNER = "journey@example.org"


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> list[str]:
    """Pictures as a phone would send them."""
    from tourdee.home.illustrations import as_jpeg, draw

    folder = tmp_path_factory.mktemp("photos")
    scenes = ("cooking_class", "guide_portrait_woman", "herbal_balm", "dried_banana")
    for scene in scenes:
        (folder / f"{scene}.jpg").write_bytes(as_jpeg(draw(scene, width=900, height=675)))
    return [str(folder / f"{scene}.jpg") for scene in scenes]


def test_from_the_application_to_the_first_sale(person, photos):
    learner, officer, instructor, buyer = person(), person(), person(), person()
    officer.sign_in_as("วิภา ศรีสุข")
    instructor.sign_in_as("มานะ รุ่งเรือง")

    cohort = course.apply(learner, LEARNER)
    course.give_seat(officer, cohort, course.NAME)
    course.see_seat(learner)
    course.attend(learner, officer, cohort)
    course.learn(learner)

    shop.open_shop(learner, photos)
    shop.hand_in_paper(learner, "commercial_registration", shop.REGISTRATION, photos[0])
    shop.check_paper(officer)
    shop.send_missions(learner)
    shop.accept_missions(instructor)
    tour = shop.write_tour(learner, photos)
    shop.meet_the_gate(learner, tour)
    shop.hand_in_paper(learner, "tour_licence", shop.LICENCE, photos[0], expires_on="2028-11-25")
    shop.check_paper(officer)
    public = shop.publish_tour(learner, tour)
    shop.publish_product(learner, photos)

    order = selling.book_and_pay(buyer, public, photos[1])
    selling.confirm_money(learner)
    selling.see_ticket(buyer, order)

    course.pass_and_certify(officer, cohort)
    certificate = course.fetch_certificate(learner)
    course.verify(person(width=1280, height=900, language="en"), certificate)
    selling.see_income(officer, cohort)
