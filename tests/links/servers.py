"""Web servers on this machine that answer well, badly, late, or not at all."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Handler(BaseHTTPRequestHandler):
    """Notes each request, and answers as the path says."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
        self.server.routes.get(self.path.partition("?")[0], ok)(self)

    do_HEAD = do_GET  # noqa: N815 (the name is http.server's)

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in {"Content_Length": "0", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


def ok(handler):
    handler.answer(200)


def status(number, **headers):
    return lambda handler: handler.answer(number, **headers)


def to(location, number=301):
    return status(number, Location=location)


def only_get(handler):
    handler.answer(405 if handler.command == "HEAD" else 200)


def huge(handler):
    """Announce more than anybody would read, and send until nobody takes it."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()
    if handler.command == "GET":
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            handler.server.broken_off.set()


def huge_only_get(handler):
    handler.answer(501) if handler.command == "HEAD" else huge(handler)


def silent(handler):
    """Answer nothing until the test is over."""
    handler.server.over.wait(30)


def late(handler):
    handler.server.over.wait(0.5)
    handler.answer(200)


def dripping(handler):
    """Send a line of the head now and then, for ever."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.server.over.wait(0.1):
            handler.wfile.write(b"X-A: b\r\n")
    except OSError:
        handler.server.broken_off.set()


def gibberish(handler):
    handler.wfile.write(b"\x00\xff nothing like HTTP\r\n\r\n")


def hang_up(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


class Server(ThreadingHTTPServer):
    """A server that waits for nobody when it ends, and complains of nobody."""

    daemon_threads, block_on_close = True, False

    def handle_error(self, *args):
        """Whoever hangs up may."""


@contextmanager
def site(routes=None, certificate=None):
    """Serve `routes` (path → what answers) in the block; everything else answers 200."""
    server = Server(("127.0.0.1", 0), Handler)
    server.routes, server.asked = dict(routes or {}), []
    server.over, server.broken_off = threading.Event(), threading.Event()
    server.port = server.server_address[1]
    server.at = f"http://127.0.0.1:{server.port}"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(path, host):
    """Write a certificate for `host` with its key, signed by itself, and return its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(pem))
    return path
