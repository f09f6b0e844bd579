from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_who_sees_what")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("soon", "Due in two working days"),
                    ("today", "Due today"),
                    ("overdue", "Overdue"),
                    ("digest", "Daily summary"),
                    ("letter", "A letter has come"),
                    ("dispute", "A dispute needs you"),
                    ("referral", "A referral needs you"),
                    ("emergency", "A case was opened in an emergency"),
                    ("cover", "You stand in for a colleague"),
                    ("disposal", "A disposal was carried out"),
                    ("pack", "A record is ready to be given out"),
                    ("export", "A large export"),
                ],
                max_length=10,
            ),
        ),
    ]
