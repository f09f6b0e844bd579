"""A security key made of software: it answers as a real one does, over the same bytes."""

import hashlib
import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT_AND_VERIFIED = 0x05
HOLDS_A_CREDENTIAL = 0x40


def letters(some):
    return urlsafe_b64encode(some).decode().rstrip("=")


class SecurityKey:
    def __init__(self, name=b"a key of software"):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.name = name

    def creates(self, options, origin):
        options = options["publicKey"]
        said = self._said("webauthn.create", options["challenge"], origin)
        held = AttestedCredentialData.create(
            b"\0" * 16, self.name, ES256.from_cryptography_key(self.secret.public_key())
        )
        data = AuthenticatorData.create(
            _hash(options["rp"]["id"]), PRESENT_AND_VERIFIED | HOLDS_A_CREDENTIAL, 0, held
        )
        attested = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=said, attestationObject=bytes(attested))

    def answers(self, options, origin):
        options = options["publicKey"]
        said = self._said("webauthn.get", options["challenge"], origin)
        data = AuthenticatorData.create(_hash(options["rpId"]), PRESENT_AND_VERIFIED, 1)
        signed = bytes(data) + hashlib.sha256(said).digest()
        signature = self.secret.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=bytes(data), signature=signature)

    def _said(self, what, challenge, origin):
        return json.dumps({"type": what, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, **parts):
        return json.dumps(
            {
                "id": letters(self.name),
                "rawId": letters(self.name),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {part: letters(value) for part, value in parts.items()},
            }
        )


def _hash(place):
    return hashlib.sha256(place.encode()).digest()
