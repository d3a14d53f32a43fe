"""Letters."""

import pytest
from django.core import mail as outbox
from django.template import engines
from django.utils.translation import gettext_lazy

from tourdee.core import mail


@pytest.fixture
def letter(tmp_path, settings):
    """A template of a letter, in a folder of its own."""
    folder = tmp_path / "templates" / "test"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text(
        "{% autoescape off %}{% get_current_language as code %}"
        "{{ code }} {{ name }} {{ site_url }}/o/1{% endautoescape %}\n\n"
    )
    changed = {**settings.TEMPLATES[0], "DIRS": [str(tmp_path / "templates")]}
    settings.TEMPLATES = [changed]
    engines._engines = {}
    yield "test/letter"
    engines._engines = {}


def test_a_letter_is_written_in_the_readers_language_with_full_links(letter):
    mail.send(
        to="a@example.org", subject=gettext_lazy("Market"), template=letter, context={"name": "A & B"}, language="en"
    )
    [sent] = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "Market", "en A & B http://testserver/o/1\n")


def test_a_line_break_in_the_subject_adds_no_header(letter):
    mail.send(to="a@example.org", subject="ทัวร์\r\nBcc: all@example.org", template=letter, context={}, language="th")
    assert outbox.outbox[0].subject == "ทัวร์ Bcc: all@example.org"
    assert outbox.outbox[0].message()["Bcc"] is None


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nX: y"])
def test_a_line_break_in_the_address_is_refused(letter, address):
    with pytest.raises(ValueError, match="newline"):
        mail.send(to=address, subject="x", template=letter, context={}, language="th")
    assert outbox.outbox == []
