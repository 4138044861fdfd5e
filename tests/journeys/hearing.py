"""A device on which can be seen what is heard: recordings by the end of their address, a voice by what it says."""

import json

from playwright.sync_api import Page

# `heard` is all that began, in order; `sounds` what is heard now; `together` what began meanwhile. What is `forever`
# (true: all) does not end by itself; `trouble` is what a player meets: "refused" before it begins, "broken" half-way.
LISTENING = """
Object.assign(window, { heard: [], together: [], sounds: "", forever: false, trouble: "" });
const begins = (name) => { heard.push(name); if (sounds) together.push([sounds, name]); sounds = name; };
const ends = (name) => { if (sounds === name) sounds = ""; };
const lasts = (name) => forever === true || forever === name;
const nameOf = ({ src }) => src.split("/nl/")[1];
const { play, pause } = HTMLMediaElement.prototype;
HTMLMediaElement.prototype.play = function () {
  const name = nameOf(this);
  begins(name);
  this.loop = lasts(name);
  this.addEventListener("ended", () => ends(name), { once: true, capture: true });
  this.addEventListener("error", () => ends(name), { once: true, capture: true });
  if (trouble === "refused") { ends(name); return Promise.reject(new DOMException("tap first", "NotAllowedError")); }
  if (trouble === "broken") setTimeout(() => this.dispatchEvent(new Event("error")), 50);
  return play.call(this);
};
HTMLMediaElement.prototype.pause = function () { ends(nameOf(this)); pause.call(this); };
const voices = %s.map((lang) => ({ lang, localService: true, name: lang }));
const queue = [];
const utter = () => {
  const [words] = queue;
  if (!words) return;
  begins(words.text);
  if (!lasts(words.text)) setTimeout(() => {
    if (queue[0] !== words) return;
    queue.shift();
    ends(words.text);
    words.onend();
    utter();
  });
};
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, addEventListener() {},
  speak: (words) => { queue.push(words); if (queue.length === 1) utter(); },
  cancel: () => { for (const words of queue.splice(0)) { ends(words.text); words.onerror(); } },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def listening(voices: str) -> str:
    """A script for the page: a device with these voices, as "nl-NL ar-EG"."""
    return LISTENING % json.dumps(voices.split())


def hears(page: Page, *wanted: str) -> None:
    """Wait until just this was heard, in this order, and never two things at once."""
    page.wait_for_function("(number) => heard.length >= number", arg=len(wanted))
    assert page.evaluate("heard") == list(wanted)
    assert page.evaluate("together") == []


def speaker(page: Page, of: str) -> None:
    page.locator(f".now {of} .speak").click()
