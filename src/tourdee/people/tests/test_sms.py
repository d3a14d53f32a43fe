import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tourdee.people.sms import CannotSendSms, send_sms


class Gateway(BaseHTTPRequestHandler):
    """A gateway on this machine that remembers what it was told and answers as it is told."""

    status, location, seen = 200, "", []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers["Authorization"], self.headers["Content-Type"], json.loads(body)))
        self.send_response(self.status)
        if self.location:
            self.send_header("Location", self.location)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_GET(self):
        self.seen.append((self.path, self.headers["Authorization"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def gateway(settings, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Gateway, "seen", [])
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_SENDER = "tourdee.people.sms.http.HttpSms"
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/send", "canary-token"
    yield Gateway
    server.shutdown()
    server.server_close()


def test_a_message_goes_out_as_json_with_the_token(gateway):
    send_sms(to="+66812345678", text="รหัส 123456")
    body = {"to": "+66812345678", "text": "รหัส 123456", "from": "TourDee"}
    assert gateway.seen == [("/send", "Bearer canary-token", "application/json", body)]


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_a_refusal_of_the_gateway_is_said(gateway, monkeypatch, status):
    monkeypatch.setattr(gateway, "status", status)
    with pytest.raises(CannotSendSms) as refused:
        send_sms(to="+66812345678", text="x")
    assert "canary-token" not in str(refused.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_token_follows_no_redirect(gateway, monkeypatch, settings, status):
    monkeypatch.setattr(gateway, "status", status)
    monkeypatch.setattr(gateway, "location", settings.SMS_URL + "/elsewhere")
    with pytest.raises(CannotSendSms):
        send_sms(to="+66812345678", text="x")
    assert [path for path, *_ in gateway.seen] == ["/send"]


def test_a_dead_gateway_is_said(gateway, settings):
    settings.SMS_URL = "http://127.0.0.1:1/"
    with pytest.raises(CannotSendSms):
        send_sms(to="+66812345678", text="x")


@pytest.mark.parametrize("url", ["", "http://sms.example/send", "file:///etc/passwd", "ftp://sms.example/"])
def test_messages_never_go_out_unencrypted_or_to_a_file(gateway, settings, url):
    settings.SMS_URL = url
    with pytest.raises(CannotSendSms):
        send_sms(to="+66812345678", text="x")


def test_without_a_gateway_messages_are_written_to_the_log(settings, caplog):
    caplog.set_level("INFO", "tourdee.people.sms")
    send_sms(to="+66812345678", text="สวัสดี")
    assert [record.message for record in caplog.records] == ["SMS to +66812345678: สวัสดี"]
