"""Every installation has a privacy notice from its first day."""

from django.db import migrations

from tourdee.people.shipped_notices import shipped_notices


def publish(apps, schema_editor):
    notices = apps.get_model("people", "PrivacyNotice")
    for notice in shipped_notices():
        notices.objects.get_or_create(
            version=notice.version,
            defaults={"published_at": notice.published_at, "text_th": notice.text_th, "text_en": notice.text_en},
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
