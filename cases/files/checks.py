"""What `check --deploy` says about files."""

from django.core.checks import Info, Tags, register

from cases.files.scanner import scanner


@register(Tags.security, deploy=True)
def somebody_scans(app_configs, **kwargs):
    if not scanner().called:
        yield Info(
            "NOTHING IS SCANNED FOR MALWARE: no scanner is set up. Files are looked at for what they are and what they "
            "hold, and scanned by nobody.",
            hint="Set CLAMAV_ADDRESS, for example tcp://clamav:3310 or unix:///run/clamav/clamd.ctl.",
            id="cases.I001",
        )
