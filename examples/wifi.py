"""Joins a network, asks a web server for a page, and talks to an echo service. On a simulated board the network is there:
its router has a name server, a web server and an echo service."""

import network
import socket
import time

wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("tsmp", "micropython")

deadline = time.ticks_add(time.ticks_ms(), 10_000)
while not wlan.isconnected():
    if wlan.status() < 0 or time.ticks_diff(deadline, time.ticks_ms()) <= 0:
        raise RuntimeError("no network: status %d" % wlan.status())
    time.sleep_ms(100)
address, netmask, gateway, dns = wlan.ifconfig()
print("address", address, "gateway", gateway)


def get(host, path):
    """The status and the body of a page."""
    s = socket.socket()
    try:
        s.connect(socket.getaddrinfo(host, 80)[0][-1])
        s.write("GET {} HTTP/1.0\r\nHost: {}\r\n\r\n".format(path, host).encode())
        status = int(s.readline().split()[1])
        while s.readline() != b"\r\n":
            pass
        return status, s.read().decode()
    finally:
        s.close()


for path in ("/", "/missing"):
    status, body = get("router.lan", path)
    print(path, status, body.strip())

# datagrams may get lost: ask again until there is an answer
with_echo = (gateway, 7)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.settimeout(1)
for attempt in range(3):
    u.sendto(b"anybody there?", with_echo)
    try:
        data, sender = u.recvfrom(64)
    except OSError:
        continue
    print("echo from", sender[0], data)
    break
u.close()

try:
    get("no.such.host", "/")
except OSError as e:
    print("lookup failed:", e)

wlan.disconnect()
print("connected:", wlan.isconnected())
