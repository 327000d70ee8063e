"""Chromium without a screen, asked over a pipe: nothing but the standard library, and no port."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections import deque
from contextlib import contextmanager

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe")


def program():
    """The program, by whichever name it has here; empty where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


class Tab:
    """A page that is open: what it is told, what it says, and what has happened in it meanwhile."""

    def __init__(self, reading, writing):
        self.reading, self.writing = reading, writing
        self.number, self.session, self.events = 0, None, deque()

    def tell(self, method, **arguments):
        """Give a command; its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": arguments}
        if self.session:
            message["sessionId"] = self.session
        self.writing.write(json.dumps(message).encode() + b"\0")
        self.writing.flush()
        while (found := self.heard()).get("id") != self.number:
            self.events.append(found)
        assert "error" not in found, found
        return found["result"]

    def heard(self):
        """The next message."""
        parts = bytearray()
        while (char := self.reading.read(1)) != b"\0":
            assert char, "the browser has gone"
            parts += char
        return json.loads(parts)

    def value(self, script):
        """What a script comes to, awaited."""
        found = self.tell("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True,
                          userGesture=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, address, width, height=900, scheme="light"):
        """Open an address at a width, under a colour scheme, and wait until it is there."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.tell("Page.navigate", url=address)
        self.value("new Promise(done => document.readyState === 'complete' && location.href !== 'about:blank' "
                   "? done() : addEventListener('load', () => done()))")

    def press(self, key, code):
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.tell("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                      text="\r" if key == "Enter" and kind == "keyDown" else "")

    def happened(self, name):
        """What has happened under this name so far."""
        self.tell("Runtime.evaluate", expression="0")
        return [event["params"] for event in self.events if event.get("method") == name]

    def picture(self):
        """What is seen, as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot")["data"])


@contextmanager
def tab():
    """A browser with one empty page, ended at the end."""
    (child_in, to_child), (from_child, child_out) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = f'exec "$@" 3<&{child_in} 4>&{child_out}'
        process = subprocess.Popen(["bash", "-c", line, "bash", program(), *FLAGS, f"--user-data-dir={profile}"],
                                   pass_fds=(child_in, child_out), stderr=subprocess.DEVNULL)
        os.close(child_in)
        os.close(child_out)
        try:
            with open(from_child, "rb") as reading, open(to_child, "wb") as writing:
                found = Tab(reading, writing)
                target = found.tell("Target.createTarget", url="about:blank")["targetId"]
                found.session = found.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
                for domain in ("Page", "Runtime", "Network", "Log"):
                    found.tell(f"{domain}.enable")
                yield found
        finally:
            process.kill()
            process.wait()
