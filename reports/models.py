from reports.records.models import AccessPack, Certificate, Disposal, Hold

__all__ = ["AccessPack", "Certificate", "Disposal", "Hold"]
