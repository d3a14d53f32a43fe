"""Tours are found by their description and pick-up points, too: all entries are written anew as the server starts."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("shop", "SearchEntry").objects.filter(tour__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("shop", "0030_one_order")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
