"""A passkey made of software, for tests: it registers and signs as a telephone would."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

SITE, ORIGIN = "testserver", "https://testserver"
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class SoftPasskey:
    """One key pair for this site, unlocked by the person's finger."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle = ""

    def register(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        """What the browser posts to add the passkey."""
        self.handle = options["publicKey"]["user"]["id"]
        cose = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, cose)
        data = AuthenticatorData.create(_site_hash(), PRESENT | VERIFIED | HAS_KEY, 0, credential)
        answer = {"attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {})))}
        return self._posted("webauthn.create", options, origin, answer, {"credProps": {"rk": True}})

    def sign(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        """What the browser posts to sign in."""
        data = bytes(AuthenticatorData.create(_site_hash(), PRESENT | VERIFIED, 1))
        client_data = _client_data("webauthn.get", options, origin)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return self._posted("webauthn.get", options, origin, answer, {})

    def _posted(self, kind: str, options: dict, origin: str, answer: dict, extensions: dict) -> str:
        name = websafe_encode(self.id)
        response = {"clientDataJSON": websafe_encode(_client_data(kind, options, origin)), **answer}
        shown = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**shown, "clientExtensionResults": extensions})


def _client_data(kind: str, options: dict[str, Any], origin: str) -> bytes:
    challenge = options["publicKey"]["challenge"]
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()


def _site_hash() -> bytes:
    return hashlib.sha256(SITE.encode()).digest()
