// “Forlad siden nu”: a press on the link, or Escape three times, leaves for a neutral site. What was typed
// and read is cleared at once, what the site has stored in the browser is deleted, and the neutral site takes the
// place of this page, so that “back” does not return to it. Without this file it is a plain link, and nothing
// is stored. The browser's history is beyond the reach of any page.

const PRESSES = 3;
const WITHIN = 2000; // milliseconds from the first press to the last
const PATIENCE = 300; // milliseconds that the deleting may take before one leaves anyhow

const link = document.querySelector("[data-quick-exit]");

function clear() {
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.type !== "hidden" && field.type !== "submit") field.value = "";
  }
  document.title = link.hostname;
  document.body.replaceChildren();
}

// The list with its notes, and the pages kept for reading offline. Where storing is forbidden, nothing is there.
async function forget() {
  localStorage.setItem("", ""); // so that other tabs hear of it
  localStorage.clear();
  sessionStorage.clear();
  const kept = globalThis.caches?.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
  const workers = navigator.serviceWorker?.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())));
  await Promise.allSettled([kept, workers]);
}

function leave() {
  const { href } = link;
  clear();
  const forgotten = forget().catch(() => {});
  const waited = new Promise((done) => setTimeout(done, PATIENCE));
  Promise.race([forgotten, waited]).then(() => location.replace(href));
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  // While the event goes down, so that nothing on the page can keep it to itself.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat || event.isComposing) return;
      const recent = presses.filter((moment) => event.timeStamp - moment <= WITHIN);
      presses = event.key === "Escape" ? [...recent, event.timeStamp] : [];
      if (presses.length >= PRESSES) leave();
    },
    true,
  );
}

for (const button of document.querySelectorAll("[data-forget]")) {
  button.addEventListener("click", () => forget().finally(() => location.replace(button.dataset.forget)));
}
