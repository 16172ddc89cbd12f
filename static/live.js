// A list whose filters act at once. htmx asks and puts the answers in place; this keeps the address of the
// page in step, so that it can be shared, reloaded and gone back to. htmx could do it, but would keep the
// addresses, with what somebody searched for in them, in the browser's storage.

const panel = document.querySelector("[data-live]");
let shown = location.pathname + location.search;

// What is empty in the form does not belong in an address.
panel?.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
  }
});

panel?.addEventListener("htmx:afterSwap", ({ detail }) => {
  const address = detail.pathInfo.finalRequestPath;
  if (address === shown) return;
  shown = address;
  history.pushState(null, "", address);
  // The same search in another language.
  for (const link of document.querySelectorAll("a[data-language]")) link.search = location.search;
});

// What cannot be had in place is had as a page of its own.
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  panel?.addEventListener(fault, () => panel.closest("form").requestSubmit());
}

window.addEventListener("popstate", () => {
  if (panel && location.pathname + location.search !== shown) location.reload();
});
