// The search box as a combobox that suggests while one writes: WAI-ARIA 1.2, list autocomplete with
// manual selection. htmx asks and fills the list; this opens it, moves in it and follows what is chosen.
// The focus stays in the box, nothing is stored, and without this file the box searches all the same.

const SHORTEST = 2;
// Six digits with nothing but signs between may become a CPR number; what may is not sent before one asks.
const MAYBE_A_PERSON = /(?:\p{Nd}[^\p{L}\p{N}]*){6}/u;

function suggestIn(box) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const status = box.querySelector("[role=status]");
  let options = [];
  let active = -1;
  let wanted = false; // one writes, and has not put the list away since
  let waiting = false; // what one wrote last is not answered yet

  const isOpen = () => !list.hidden;
  const worthAsking = () => input.value.trim().length >= SHORTEST && !MAYBE_A_PERSON.test(input.value);

  function activate(number) {
    options[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(open) {
    activate(-1);
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
  }

  function empty() {
    list.replaceChildren();
    options = [];
    status.textContent = "";
  }

  function putAway() {
    wanted = false;
    show(false);
    if (waiting) {
      input.dispatchEvent(new CustomEvent("htmx:abort", { bubbles: true, detail: {} }));
      empty();
    }
    waiting = false;
  }

  function follow(option, event) {
    if (!option.dataset.words || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    input.value = option.dataset.words;
    putAway();
    input.form.requestSubmit(); // with whatever else the form says
  }

  function move(step) {
    if (!isOpen()) {
      wanted = true;
      show(true);
    }
    const from = active < 0 && step < 0 ? 0 : active;
    activate((from + step + options.length) % options.length);
  }

  const keys = {
    ArrowDown: () => options.length > 0 && (move(1), true),
    ArrowUp: () => options.length > 0 && (move(-1), true),
    Enter: () => {
      const option = isOpen() && options[active];
      if (option) option.click();
      else putAway(); // and the form is sent
      return Boolean(option);
    },
    // Neither stopped nor prevented: who presses Escape again may mean to leave the site.
    Escape: putAway,
    Tab: putAway,
    ArrowLeft: () => activate(-1),
    ArrowRight: () => activate(-1),
    Home: () => activate(-1),
    End: () => activate(-1),
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (keys[event.key]?.() === true) event.preventDefault();
  });
  input.addEventListener("input", () => {
    wanted = true;
    waiting = true;
    activate(-1);
    if (!worthAsking()) {
      putAway();
      empty();
    }
  });
  input.addEventListener("htmx:beforeRequest", (event) => {
    if (!wanted || !worthAsking()) event.preventDefault();
  });
  for (const fault of ["htmx:responseError", "htmx:sendError"]) {
    input.addEventListener(fault, () => {
      show(false);
      empty();
    });
  }
  list.addEventListener("htmx:afterSwap", () => {
    waiting = false;
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, number) => (option.id = `${list.id}-${number + 1}`));
    show(wanted && options.length > 0);
  });
  // A press on the list must not take the focus from the box, or the list is gone before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) follow(option, event);
  });
  input.addEventListener("blur", putAway);
  // Who comes back to the page finds no open list.
  window.addEventListener("pagehide", () => {
    putAway();
    empty();
  });

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
}

// htmx notes the address of the page for a history that we do not use; there may be search words in it.
try {
  sessionStorage.removeItem("htmx-current-path-for-history");
} catch {
  // Where storing is forbidden, nothing was stored.
}

document.querySelectorAll("[data-suggest]").forEach(suggestIn);

// A list whose filters act at once. htmx asks and puts the answers in place; this keeps the address of the
// page in step, so that it can be shared, reloaded and gone back to. htmx could do it, but would keep the
// addresses, with what somebody searched for in them, in the browser's storage.

const panel = document.querySelector("[data-live]");
let shown = location.pathname + location.search;

// What is empty, or as it is when nobody chooses, does not belong in an address.
function tidy(form) {
  const data = new FormData(form);
  for (const { name, value, selectedIndex } of form.elements) {
    if (value === "" || selectedIndex === 0) data.delete(name);
  }
  return data;
}

panel?.addEventListener("htmx:configRequest", ({ detail }) => {
  const kept = tidy(form);
  for (const name of new Set(detail.formData.keys())) if (!kept.has(name)) detail.formData.delete(name);
});

panel?.addEventListener("htmx:afterSwap", ({ detail }) => {
  const address = detail.pathInfo.finalRequestPath;
  if (address === shown) return;
  shown = address;
  history.pushState(null, "", address);
  // The same search in another language.
  for (const link of document.querySelectorAll("a[data-language]")) link.search = location.search;
});

// Who goes from a field straight to the button, or presses Enter in it, asks once, and goes back with one step.
const form = panel?.closest("form");
let sending = false;
form?.addEventListener("pointerdown", ({ target }) => (sending = Boolean(target.closest("[type=submit]"))));
form?.addEventListener("keydown", ({ key }) => (sending = key === "Enter"));
panel?.addEventListener("htmx:beforeRequest", (event) => sending && event.preventDefault());
form?.addEventListener("submit", (event) => {
  const query = new URLSearchParams(tidy(form)).toString();
  event.preventDefault();
  location.assign(form.getAttribute("action") + (query && `?${query}`));
});

// What cannot be had in place is had as a page of its own.
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  panel?.addEventListener(fault, () => form.requestSubmit());
}

window.addEventListener("popstate", () => {
  if (panel && location.pathname + location.search !== shown) location.reload();
});
