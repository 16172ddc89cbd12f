// The list of offers in this browser. It lies in localStorage and nowhere else: the server is told the codes
// only when one opens the page of the list, and never a heading or a note. Without this file the list lives in
// the address, and every link and form works. All words stand in the page (`_status.html`).

const KEY = "vejviser-liste"; // in localStorage, and as the name of the cache

const status = document.querySelector("[data-list-status]");
const words = status.dataset;
const said = status.querySelector("[role=status]");
const here = document.querySelector("[data-list-page]");

function read() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // Forbidden or spoilt: there is no list.
  }
  return Array.isArray(kept?.codes) ? { day: words.today, notes: {}, ...kept } : { codes: [], day: words.today, notes: {} };
}

// With the last offer goes everything that was kept for reading offline.
function letGo() {
  globalThis.caches?.delete(KEY);
  navigator.serviceWorker?.getRegistration("/").then((one) => one?.unregister());
}

// Whether it could be stored. The notes of an offer go with it.
function write(list) {
  const known = ["overskrift", ...list.codes];
  list.notes = Object.fromEntries(Object.entries(list.notes).filter(([key]) => known.includes(key)));
  try {
    if (list.codes.length) localStorage.setItem(KEY, JSON.stringify(list));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  if (!list.codes.length) letGo();
  draw();
  return true;
}

function address({ codes, day }) {
  return codes.length ? `${words.url}?tilbud=${codes.map(encodeURIComponent).join("+")}&dato=${day}` : words.url;
}

function say(text) {
  said.textContent = text;
  setTimeout(() => said.textContent === text && (said.textContent = ""), 8000);
}

function draw() {
  const list = read();
  const link = status.querySelector("a");
  link.href = address(list);
  link.querySelector("[data-list-count]").textContent = list.codes.length;
  link.parentElement.hidden = !list.codes.length || Boolean(here && isOwn());
  for (const button of document.querySelectorAll("button[data-list-add]")) {
    const isOn = list.codes.includes(button.dataset.listAdd);
    button.querySelector("span").textContent = isOn ? words.remove : words.add;
  }
}

function toggle({ listAdd: code, title }) {
  const list = read();
  const isOn = list.codes.includes(code);
  const codes = isOn ? list.codes.filter((one) => one !== code) : [...list.codes, code];
  // The page of the list says what to do when there is no room, or nothing can be stored.
  if (codes.length > words.most || !write({ ...list, codes })) return location.assign(address({ ...list, codes }));
  if (isOn) globalThis.caches?.delete(KEY); // the offer may be kept there; the page of the list fills it again
  say((isOn ? words.removed : words.added).replace("{title}", () => title));
}

const onPage = () => here.dataset.codes.split(" ").filter(Boolean);
const isOwn = () => onPage().join() === read().codes.join();
const fields = () => [...here.querySelectorAll("[data-list-note]")];

function note(field) {
  const key = field.dataset.listNote;
  for (const shown of here.querySelectorAll("[data-list-shown]")) {
    if (shown.dataset.listShown === key) shown.textContent = field.value;
  }
}

function noted(list) {
  return { ...list.notes, ...Object.fromEntries(fields().map((field) => [field.dataset.listNote, field.value])) };
}

// Only this page, the offers on it and what they are drawn with are kept for reading offline.
async function keep() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  const drawn = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src^='/'], use");
  const offers = document.querySelectorAll("[data-list-page-of]");
  const pages = here ? [words.url, address(read())] : [location.pathname];
  const wanted = [...pages, ...[...offers, ...drawn].map((one) => one.getAttribute("href") ?? one.src)].map((one) => new URL(one, location).href.split("#")[0]);
  await navigator.serviceWorker.register(words.worker, { scope: "/" });
  const cache = await caches.open(KEY);
  const kept = (await cache.keys()).map(({ url }) => url);
  if (here) await Promise.all(kept.filter((url) => !wanted.includes(url)).map((url) => cache.delete(url)));
  const missing = wanted.filter((url, number) => number < pages.length || !kept.includes(url));
  await Promise.allSettled(missing.map((url) => cache.add(url)));
}

function open() {
  const list = read();
  const own = isOwn();
  if (!onPage().length && list.codes.length && !location.search) return location.replace(address(list));
  for (const field of fields()) {
    field.value = list.notes[field.dataset.listNote] ?? "";
    note(field);
    field.addEventListener("input", () => {
      note(field);
      if (isOwn()) write({ ...read(), notes: noted(read()) });
    });
  }
  for (const button of here.querySelectorAll("[data-list-copy], [data-list-print]")) button.hidden = false;
  here.querySelector("[data-list-stored]").hidden = !list.codes.length;
  const foreign = here.querySelector("[data-list-foreign]");
  if (foreign) foreign.hidden = own;
  if (!list.codes.length) letGo(); // where the press that emptied it was too short for it
  else if (own) keep();
}

const presses = {
  "button[data-list-add]": (button) => toggle(button.dataset),
  // The links work by themselves; what they do to one's own list is done here, too.
  "[data-list-go]": (link) => {
    if (!isOwn()) return;
    const asked = new URL(link.href).searchParams;
    const codes = (asked.get("tilbud") ?? "").split(" ").filter(Boolean);
    const list = read();
    write({ ...list, codes, day: asked.get("dato") ?? list.day, notes: noted(list) });
  },
  "[data-list-keep]": () => {
    const list = read();
    const day = list.codes.length ? [list.day, here.dataset.day || list.day].sort()[0] : here.dataset.day || list.day;
    const codes = [...new Set([...list.codes, ...onPage()])];
    if (codes.length <= words.most) write({ codes, day, notes: noted(list) });
    location.assign(address({ codes, day }));
  },
  "[data-list-copy]": () => {
    const link = here.querySelector("#link");
    link.select();
    Promise.resolve(navigator.clipboard?.writeText(link.value) ?? Promise.reject()).then(
      () => say(words.copied),
      () => say(words.notCopied),
    );
  },
  "[data-list-print]": () => print(),
};

document.addEventListener("click", ({ target }) => {
  for (const [selector, press] of Object.entries(presses)) {
    const pressed = target.closest?.(selector);
    if (pressed) press(pressed);
  }
});

// Also what a filter that acts at once has put in place.
function takeOver() {
  for (const link of document.querySelectorAll("a[data-list-add]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    Object.assign(button.dataset, link.dataset);
    button.append(...link.childNodes);
    link.replaceWith(button);
  }
  draw();
}

addEventListener("storage", draw);
addEventListener("htmx:afterSwap", takeOver);
takeOver();
if (here) open();
else if (read().codes.includes(document.querySelector("[data-list-offer]")?.dataset.listOffer)) keep();
