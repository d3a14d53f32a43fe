"""{% picture %}: the browser chooses the width."""

from django.template import engines


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


LARGE = "tours/" + "0" * 32 + "-1600x1200"


def test_a_picture_offers_its_widths_and_keeps_its_place_on_the_page():
    assert drawn("{% picture path alt='ตลาดน้ำ' %}", path=LARGE) == (
        f'<img class="pic" src="/media/{LARGE}-800.webp" '
        f'srcset="/media/{LARGE}-400.webp 400w, /media/{LARGE}-800.webp 800w, /media/{LARGE}-1600.webp 1600w" '
        'sizes="(min-width: 48rem) 50vw, 100vw" alt="ตลาดน้ำ" width="1600" height="1200" '
        'loading="lazy" decoding="async">'
    )


def test_the_first_picture_of_a_page_is_fetched_at_once():
    shown = drawn("{% picture path alt='' css='pic-cover' sizes='100vw' eager=True %}", path=LARGE)
    assert 'fetchpriority="high"' in shown
    assert 'loading="lazy"' not in shown
    assert 'class="pic-cover"' in shown


def test_a_small_picture_promises_no_more_than_it_has():
    path = "tours/" + "0" * 32 + "-600x300"
    assert f'srcset="/media/{path}-400.webp 400w, /media/{path}-800.webp 600w"' in drawn(
        "{% picture path %}", path=path
    )


def test_a_name_from_elsewhere_is_drawn_without_a_size_and_escaped():
    shown = drawn("{% picture path alt=alt %}", path='"><script>', alt='"><script>')
    assert "<script>" not in shown
    assert "width=" not in shown.replace("min-width", "")
