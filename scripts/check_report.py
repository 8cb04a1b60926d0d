#!/usr/bin/env python3
"""Opens the pages of a report in headless Chromium from disk and says what a reader would stumble over.

    scripts/check_report.py output/report [--shots FOLDER] [--chromium PROGRAM]

For each kind of page: no message on the console, nothing asked for that is no file, loaded within a second, less than
1 MB. On a document: a click marks the section in the source. In the search: a title of the list is found.
Exit 0 = all well, 1 = something is not. Needs only Chromium and Python: it speaks through a pipe (CDP).
"""
import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

MOST_BYTES = 1 << 20
MOST_SECONDS = 1.0
SIZES = {"desktop": (1360, 860, False), "phone": (390, 844, True)}


class Browser:
    """Chromium behind a pipe: commands go in, answers and events come out, each ended by a NUL."""

    def __init__(self, program, profile):
        to_read, self.out = os.pipe()
        self.inp, to_write = os.pipe()

        def wire():
            # Moved out of the way first: the ends may be 3 and 4 themselves, in the wrong order.
            read, write = os.dup(to_read), os.dup(to_write)
            os.dup2(read, 3)
            os.dup2(write, 4)
            for fd in (3, 4):
                os.set_inheritable(fd, True)

        command = [program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--lang=zh-CN",
                   "--hide-scrollbars", "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}",
                   "about:blank"]
        self.process = subprocess.Popen(command, preexec_fn=wire, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.last, self.events, self.session = b"", 0, [], None

    def message(self):
        while b"\0" not in self.buffer:
            more = os.read(self.inp, 1 << 16)
            if not more:
                raise SystemExit("chromium went away")
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def send(self, method, **params):
        self.last += 1
        message = {"id": self.last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        return self.last

    def call(self, method, **params):
        asked = self.send(method, **params)
        while True:
            message = self.message()
            if message.get("id") == asked:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, name):
        while True:
            found = next((event for event in self.events if event.get("method") == name), None)
            if found:
                return found
            self.events.append(self.message())

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def close(self):
        self.process.terminate()
        self.process.wait()


def complaints(events):
    """What the console said, and what was asked for that is no file."""
    said = []
    for event in events:
        params = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                said.append(params["exceptionDetails"].get("text", "") + str(params["exceptionDetails"].get("exception", {}).get("description")))
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning"):
                said.append(str(params["args"]))
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                said.append(params["entry"]["text"])
            case "Network.requestWillBeSent" if not params["request"]["url"].startswith("file:"):
                said.append("asked for " + params["request"]["url"])
            case "Network.loadingFailed":
                said.append("could not load: " + params.get("errorText", ""))
    return said


class Check:
    def __init__(self, browser, site, shots):
        self.browser, self.site, self.shots, self.bad = browser, site, shots, 0

    def fail(self, page, what):
        self.bad += 1
        print(f"BAD {page}: {what}")

    def open(self, page, query=""):
        browser = self.browser
        browser.events.clear()
        started = time.monotonic()
        browser.call("Page.navigate", url=(self.site / page).resolve().as_uri() + query)
        browser.wait("Page.loadEventFired")
        return time.monotonic() - started

    def page(self, page):
        for name in SIZES:
            self.size(name)
            seconds = self.open(page)
            size = (self.site / page).stat().st_size + sum(file.stat().st_size for file in (self.site / "assets").iterdir())
            wide = self.browser.value("document.documentElement.scrollWidth - innerWidth")
            for what in complaints(self.browser.events):
                self.fail(page, what)
            if seconds > MOST_SECONDS:
                self.fail(page, f"loaded in {seconds:.2f} s")
            if size > MOST_BYTES:
                self.fail(page, f"{size} bytes")
            if wide > 0:
                self.fail(page, f"{wide} pixels wider than the window at {name} width")
            print(f"ok  {name:8} {seconds:5.2f} s {size / 1024:7.0f} KB  {page}")
            self.shot(f"{name}-{pathlib.Path(page).stem}")

    def shot(self, name):
        if self.shots:
            data = self.browser.call("Page.captureScreenshot", format="png")["data"]
            (self.shots / f"{name}.png").write_bytes(base64.b64decode(data))

    def size(self, name):
        width, height, mobile = SIZES[name]
        self.browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def document(self, page):
        """A click on a section marks its text, and so does the key that goes on to the next."""
        self.size("desktop")
        self.open(page)
        value = self.browser.value
        marked = "document.querySelectorAll('.source .on').length"
        rows = value("[...document.querySelectorAll('.tree li')].filter((row) => document.querySelector(`.source [data-s=\"${row.dataset.s}\"]`)).length")
        if not rows:
            return self.fail(page, "no section is marked in the source")
        value("{ const row = [...document.querySelectorAll('.tree li')].find((row) => document.querySelector(`.source [data-s=\"${row.dataset.s}\"]`)); row.querySelector('.go').click(); }")
        if not value(marked):
            self.fail(page, "a click on a section marks nothing")
        before = value("document.querySelector('.tree .on').dataset.s")
        value("document.querySelector('.tree .on .go').focus()")
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key="ArrowDown", code="ArrowDown")
        if rows > 1 and value("document.querySelector('.tree .on').dataset.s") == before:
            self.fail(page, "the arrow keys do not lead to the next section")
        self.shot("desktop-chosen")
        self.done(page)

    def search(self, text):
        """A title of the list is found by its first letters."""
        self.open("search.html")
        started = time.monotonic()
        found = self.browser.value(f"""new Promise((done) => {{
            const query = document.getElementById("query");
            query.value = {json.dumps(text)};
            query.dispatchEvent(new Event("input"));
            const look = () => document.querySelector("#results li") ? done(true) : setTimeout(look, 20);
            setTimeout(() => done(false), 20000);
            look();
        }})""")
        seconds = time.monotonic() - started
        print(f"ok  first result after {seconds:.2f} s" if found else "")
        if not found:
            self.fail("search.html", f"`{text}` is not found")
        time.sleep(0.5)
        self.shot("desktop-found")
        self.done("search.html")

    def languages(self):
        for lang, other in (("zh", "en"), ("en", "zh")):
            self.open("index.html", f"?lang={lang}")
            shown = self.browser.value(f"[...document.querySelectorAll('.{other}')].filter((node) => node.offsetParent).length")
            if shown:
                self.fail("index.html", f"{shown} labels of {other} are shown with {lang}")
            self.shot(f"desktop-index-{lang}")

    def done(self, page):
        for what in complaints(self.browser.events):
            self.fail(page, what)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"))
    args = parser.parse_args()
    if not args.chromium:
        raise SystemExit("no chromium: install it, or name it with --chromium")
    if args.shots:
        args.shots.mkdir(parents=True, exist_ok=True)
    documents = sorted((args.site / "documents").glob("*/*.html"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(args.chromium, profile)
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            browser.call(f"{domain}.enable")
        check = Check(browser, args.site, args.shots)
        check.open("index.html")  # the first page of a browser waits for the browser
        for page in sorted(args.site.glob("*.html"), key=lambda page: (page.name != "index.html", page.name)):
            # Of a row of pages the first and the second speak for all.
            if not page.stem.split("-")[-1].isdigit() or page.stem.endswith("-2") or page.stem.startswith("coverage"):
                check.page(page.name)
        largest = max(documents, key=lambda page: page.stat().st_size)
        for page in {documents[0], documents[-1], largest}:
            name = str(page.relative_to(args.site))
            check.page(name)
            check.document(name)
        check.open("documents.html")
        check.search(browser.value("document.querySelector('.title a').textContent.slice(0, 6)"))
        check.languages()
        browser.close()
    print(f"{check.bad} complaints" if check.bad else "all well")
    sys.exit(bool(check.bad))


if __name__ == "__main__":
    main()
