from django.db import migrations, models
from django.db.models import Sum


def add_up(apps, _editor) -> None:
    """What returns have given back so far."""
    returns, orders = apps.get_model("shop", "Return"), apps.get_model("shop", "Order")
    received = returns.objects.filter(status="received").order_by()
    for order, satang in received.values_list("order").annotate(Sum("refund_satang")):
        orders.objects.filter(pk=order).update(returned_satang=satang)


class Migration(migrations.Migration):
    dependencies = [("shop", "0028_who_owes_is_looked_up")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="returned_satang",
            field=models.PositiveBigIntegerField(
                default=0, help_text="owed or paid back for goods that came back: the price less this is what stands"
            ),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
