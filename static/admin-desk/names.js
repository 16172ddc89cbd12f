// Django's fields that one searches in, and its tables of rows, lack names that a screen reader can say. I give them.

const named = new WeakSet();

// Of many chosen, each has a button that takes it away; one that takes all away would stand inside their list.
for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
  select.dataset.allowClear = "false";
}

const textOf = (label) => label.textContent.trim().replace(/:$/, "");

// A field is named by its label; one in a row by what the server wrote on it.
const nameOf = (select) => {
  const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  return (label && textOf(label)) || select.getAttribute("aria-label") || "";
};

const give = (element, name) => {
  if (!element || !name) return;
  element.removeAttribute("aria-labelledby");
  element.setAttribute("aria-label", name);
};

const nameField = (box) => {
  const select = box.previousElementSibling;
  if (named.has(box) || !(select instanceof HTMLSelectElement)) return;
  named.add(box);
  const name = nameOf(select);
  box.querySelector("[role=combobox]")?.setAttribute("aria-controls", `select2-${select.id}-results`);
  const chosen = box.querySelector(".select2-selection--single .select2-selection__rendered");
  // The box itself says its name and then what is chosen, which stands inside it as plain text.
  if (chosen) {
    const says = () => give(box.querySelector("[role=combobox]"), `${name} ${chosen.title}`.trim());
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    new MutationObserver(says).observe(chosen, { attributes: true, attributeFilter: ["title"] });
    says();
    return;
  }
  give(box.querySelector(".select2-search__field"), name);
  give(box.querySelector("[role=combobox]"), name);
};

const nameList = (list) => {
  const id = list.id.replace(/^select2-/, "").replace(/-results$/, "");
  const select = document.getElementById(id);
  if (!select) return;
  give(list, nameOf(select));
  const opened = list.closest(".select2-container"); // it stands at the end of the page, outside every part of it
  opened?.setAttribute("role", "region");
  give(opened, `Valg: ${nameOf(select)}`);
  give(list.closest(".select2-dropdown")?.querySelector(".select2-search__field"), nameOf(select));
};

const look = () => {
  document.querySelectorAll(".select2-container").forEach(nameField);
  document.querySelectorAll(".select2-results__options[role=listbox]").forEach(nameList);
};

for (const head of document.querySelectorAll(".tabular thead th")) {
  if (head.textContent.trim()) continue;
  const text = document.createElement("span");
  text.className = "visually-hidden";
  text.textContent = head.classList.contains("original") ? "Række" : "Fjern";
  head.append(text);
}

// Rows that one may only read can be wider than a telephone: a keyboard scrolls what it can stand on.
for (const rows of document.querySelectorAll(".inline-group, .inline-group .tabular > fieldset")) {
  if (!rows.querySelector("a[href], button, select, textarea, input:not([type=hidden])")) rows.tabIndex = 0;
}

for (const box of document.querySelectorAll('.tabular input[name$="-DELETE"]')) give(box, "Slet rækken");

new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
