// “Læs højt”: the browser reads the page aloud. The button shows only where there is a Danish voice that lives
// on the machine itself: other voices send the text to a company, and which help one reads is nobody's business.

const button = document.querySelector("[data-read-aloud]");
const speech = window.speechSynthesis;
const voice = () => speech.getVoices().find(({ lang, localService }) => localService && /^da\b/i.test(lang));

function show() {
  button.hidden = !voice();
}

function mark(isReading) {
  button.textContent = isReading ? button.dataset.stop : button.dataset.start;
}

function stop() {
  speech.cancel();
  mark(false);
}

function read() {
  // A line at a time: some browsers fall silent in the middle of a long text.
  const lines = [...document.querySelectorAll("[data-read]")].flatMap((part) => part.innerText.split("\n"));
  const said = lines.filter((line) => line.trim()).map((line) => new SpeechSynthesisUtterance(line));
  for (const one of said) {
    one.voice = voice();
    one.lang = one.voice.lang;
    speech.speak(one);
  }
  said.at(-1).onend = () => mark(false);
  mark(true);
}

if (button && speech) {
  button.addEventListener("click", () => (speech.speaking || speech.pending ? stop() : read()));
  // Nothing may go on talking when one has left.
  addEventListener("pagehide", stop);
  speech.addEventListener?.("voiceschanged", show);
  stop();
  show();
}
