from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0006_change_due_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='mended',
            field=models.JSONField(blank=True, default=dict, help_text='Lukemisessa korjatut rivit: määrä ja ensimmäisten paikat.'),
        ),
    ]
