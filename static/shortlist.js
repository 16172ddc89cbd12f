// The list of this browser: its codes, heading and notes lie in localStorage, what is typed on another's list in
// sessionStorage. The server is told only the codes. All words stand in the page (`_status.html`).

const KEY = "vejviser-liste";

const status = document.querySelector("[data-list-status]");
const words = status.dataset;
const said = status.querySelector("[role=status]");
const here = document.querySelector("[data-list-page]");
const split = (text) => (text ?? "").split(" ").filter(Boolean);
let me; // the id of the list on this page, however it is moved about

const OWN = "localStorage";
const DRAFT = "sessionStorage";

function read(where = OWN) {
  let kept;
  try {
    kept = JSON.parse(globalThis[where].getItem(KEY));
  } catch {
    // Forbidden or spoilt.
  }
  return { id: "", codes: [], day: words.today, notes: {}, ...(Array.isArray(kept?.codes) && kept) };
}

function letGo() {
  globalThis.caches?.delete(KEY);
  navigator.serviceWorker?.getRegistration("/").then((one) => one?.unregister());
}

// Whether it could be stored. The notes of an offer of one's own go with it.
function write(list, where = OWN) {
  const { codes, notes } = list;
  list.id ||= `${Math.random()}`;
  if (where === OWN) for (const key in notes) if (key !== "overskrift" && !codes.includes(key)) delete notes[key];
  try {
    if (codes.length) globalThis[where].setItem(KEY, JSON.stringify(list));
    else globalThis[where].removeItem(KEY);
  } catch {
    return false;
  }
  if (!read().codes.length) letGo();
  draw();
  return true;
}

function address({ codes, day }) {
  return codes.length ? `${words.url}?tilbud=${codes.map(encodeURIComponent).join("+")}&dato=${day}` : words.url;
}

function say(text) {
  said.textContent = text;
  document.activeElement.scrollIntoView({ block: "nearest" }); // not under the words
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

function toggle(button) {
  const { listAdd: code, title } = button.dataset;
  const list = read();
  const isOn = list.codes.includes(code);
  const codes = isOn ? list.codes.filter((one) => one !== code) : [...list.codes, code];
  if (codes.length > words.most) return say(words.full);
  // The page of the list says what to do when nothing can be stored.
  if (!write({ ...list, codes })) return location.assign(address({ ...list, codes }));
  keep(isOn && (button.closest(".card")?.querySelector("a") ?? location).pathname).catch(() => {});
  say((isOn ? words.removed : words.added).replace("{title}", () => title));
}

const onPage = split(here?.dataset.codes);
const fields = here?.querySelectorAll("[data-list-note]");
const isOwn = () => me === read().id;
const store = () => (isOwn() ? OWN : DRAFT);

// In whatever order, and without the codes that the page leaves out.
function isHere({ codes }) {
  const unknown = split(here.dataset.unknown);
  const known = codes.filter((one) => !unknown.includes(one));
  return known.length === onPage.length && known.every((one) => onPage.includes(one));
}

function show(field, isStored) {
  const key = field.dataset.listNote;
  for (const shown of here.querySelectorAll("[data-list-shown]")) {
    if (shown.dataset.listShown === key) shown.textContent = field.value;
  }
  field.parentElement.classList.add("screen-only");
  field.parentElement.querySelector("[data-list-loose]").hidden = isStored || !field.value;
}

// Only this field is stored: other tabs may have stored more.
function note(field) {
  const key = field.dataset.listNote;
  const kept = read(store());
  const list = kept.id === me ? kept : { ...kept, id: me, codes: onPage, notes: {} };
  list.notes[key] = field.value;
  show(field, write(list, store()) && isOwn() && key in list.notes);
}

function fill() {
  const list = read(store());
  for (const field of fields) {
    if (field !== document.activeElement) field.value = (list.id === me && list.notes[field.dataset.listNote]) || "";
    show(field, isOwn());
  }
  for (const choice of here.querySelectorAll("[data-list-foreign]")) {
    choice.hidden = isOwn() || !choice.dataset.listForeign === Boolean(read().codes.length);
  }
}

// For reading offline: the list, its offers and what they are drawn with, anew when the list changes or opens.
// What the net does not give stays as it was.
async function keep(gone) {
  if (!navigator.serviceWorker || !globalThis.caches || !read().codes.length) return;
  const cache = await caches.open(KEY);
  if (gone) await cache.delete(gone);
  if (!navigator.onLine) return;
  await navigator.serviceWorker.register(words.worker, { scope: "/" });
  const asked = address(read());
  const answer = await fetch(asked);
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  if (!read().codes.length) return letGo();
  if (!answer.ok || asked !== address(read())) return;
  await cache.put(words.url, answer);
  const drawn = page.querySelectorAll("[data-list-page-of], [rel=stylesheet], [rel=icon], [src^='/'], use");
  const wanted = [...drawn].map((one) => (one.getAttribute("href") ?? one.getAttribute("src")).split("#")[0]);
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  for (const one of kept) if (![words.url, ...wanted].includes(one)) cache.delete(one);
  await Promise.allSettled(wanted.filter((one) => here || !kept.includes(one)).map((one) => cache.add(one)));
}

function open() {
  const list = read();
  if (!onPage.length && list.codes.length && !location.search) return location.replace(address(list));
  const isKept = !status.querySelector("[data-kept]").hidden; // from the cache, as it was
  if (isHere(list)) write({ ...list, codes: list.codes.filter((one) => onPage.includes(one)) });
  if (isKept || isHere(list)) me = read().id;
  else me = history.state?.list ?? (isHere(read(DRAFT)) ? read(DRAFT).id : `${Math.random()}`);
  history.replaceState({ list: me }, "");
  fill();
  here.addEventListener("input", ({ target }) => target.dataset.listNote && note(target));
  for (const button of here.querySelectorAll("[data-list-copy], [data-list-print]")) button.hidden = false;
  here.querySelector("[data-list-stored]").hidden = !list.codes.length;
  draw();
  if (isOwn()) keep().catch(() => {});
}

const presses = {
  "button[data-list-add]": toggle,
  // What the link does is stored; what another tab has put on the list stays on it.
  "[data-list-go]": (link, event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      return say(words.offline);
    }
    const list = read(store());
    if (list.id !== me) return;
    const asked = new URL(link.href).searchParams;
    list.codes = [...new Set([...split(asked.get("tilbud")), ...list.codes.filter((one) => !onPage.includes(one))])];
    list.day = asked.get("dato") ?? list.day;
    link.href = address(list) + link.hash;
    write(list, store());
  },
  "[data-list-keep]": (button) => {
    const day = here.dataset.day || words.today;
    const list = { id: me, codes: [], day, notes: {}, ...(button.dataset.listKeep && read()) };
    list.codes = [...new Set([...list.codes, ...onPage])];
    list.day = [list.day, day].sort()[0];
    for (const { dataset, value } of fields) {
      list.notes[dataset.listNote] = [list.notes[dataset.listNote], value].filter(Boolean).join(" – ");
    }
    if (list.codes.length > words.most || !write(list)) return say(words.full);
    sessionStorage.removeItem(KEY);
    location.assign(address(list));
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

document.addEventListener("click", (event) => {
  for (const [selector, press] of Object.entries(presses)) {
    const pressed = event.target.closest?.(selector);
    if (pressed) press(pressed, event);
  }
});

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

// When another tab has deleted everything, nothing of the list may be read here.
addEventListener("storage", ({ key }) => {
  draw();
  if (key === null) sessionStorage.clear();
  if (!here) return;
  if (key !== null) return fill();
  here.remove();
  location.replace(words.url);
});
addEventListener("pageshow", ({ persisted }) => persisted && here && location.reload());
addEventListener("htmx:afterSwap", takeOver);
takeOver();
if (here) open();
