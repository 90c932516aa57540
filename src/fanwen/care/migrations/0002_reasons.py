from django.db import migrations

REASONS = (
    ("侵犯著作权", "Infringes copyright"),
    ("含有个人信息", "Holds personal information"),
    ("内容违法或有害", "Unlawful or harmful"),
    ("内容错误或过时", "Wrong or out of date"),
    ("无法正常阅读", "Can't be read properly"),
    ("其他", "Something else"),
)


def offer(apps, schema_editor):
    reason = apps.get_model("care", "Reason")
    for position, (name, english) in enumerate(REASONS):
        reason.objects.create(name=name, english=english, position=position)


class Migration(migrations.Migration):
    """The reasons that a new library offers; the administrator keeps them."""

    dependencies = [("care", "0001_initial")]

    operations = [migrations.RunPython(offer, migrations.RunPython.noop)]
