"""Who said the examples that are customers' phrases; those of themes merged before this are looked for in the theme's comments."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def found_before(apps: Any, schema_editor: Any) -> None:
    from kapula.text.topics.phrases import still_said

    phrases, mentions, themes, merged = (
        apps.get_model("texts", name)
        for name in ("CustomerPhrase", "PhraseMention", "CodebookTheme", "DiscoveredTheme")
    )
    for found in merged.objects.filter(state="merged"):
        theme = themes.objects.filter(codebook__organisation=found.organisation_id, code=found.code).first()
        if theme is None:
            continue
        taken = [phrase for phrase in found.phrases if phrase["text"] in theme.examples]
        made = {phrase["text"]: phrases.objects.create(theme=theme, text=phrase["text"]) for phrase in taken}
        said = found.mentions.values_list("comment", "comment__text", "comment__analysis__language")
        for comment, text, language in said.iterator():
            for phrase in still_said(taken, [(text, language or "fi")]):
                if phrase["text"] in made:
                    mentions.objects.create(phrase=made[phrase["text"]], comment_id=comment)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_import_mended"),
        ("texts", "0003_checked_by_chance"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                (
                    "theme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="customer_phrases",
                        to="texts.codebooktheme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PhraseMention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phrase_mentions",
                        to="ledger.comment",
                    ),
                ),
                (
                    "phrase",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="texts.customerphrase",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="customerphrase",
            constraint=models.UniqueConstraint(fields=("theme", "text"), name="customer_phrase_once"),
        ),
        migrations.AddConstraint(
            model_name="phrasemention",
            constraint=models.UniqueConstraint(fields=("phrase", "comment"), name="phrase_mention_once"),
        ),
        migrations.RunPython(found_before, migrations.RunPython.noop),
    ]
