// While somebody types a new row, I say which rows look like it. Without me the import and the list still tell.
(() => {
  const PAUSE = 500; // milliseconds after the last key
  const SHORTEST = 3;

  const value = (name) => document.querySelector(`[name="${name}"]`)?.value.trim() ?? "";

  // Only telephone numbers of the contacts are compared, so I look at the kind that stands in the same row.
  const phones = () =>
    [...document.querySelectorAll('[name^="contact_points-"][name$="-value"]')]
      .filter((field) => value(field.name.replace(/-value$/, "-kind")) === "telefon")
      .map((field) => field.value.trim())
      .filter(Boolean);

  const asked = () => {
    const query = new URLSearchParams();
    const said = {
      name: value("title") || value("name"),
      url: value("url"),
      cvr: value("cvr"),
      address: value("street") && `${value("street")} ${value("postcode")}`,
    };
    for (const [name, text] of Object.entries(said)) if (text.length >= SHORTEST) query.set(name, text);
    for (const phone of phones()) query.append("phone", phone);
    return query.toString();
  };

  const show = (place, rows) => {
    place.replaceChildren();
    place.hidden = !rows.length;
    if (!rows.length) return;
    const list = document.createElement("ul");
    for (const { name, same, url } of rows) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = url;
      link.textContent = name;
      item.append(link, `: ${same} er ens.`);
      list.append(item);
    }
    place.append("Det ligner noget, der er her i forvejen. Se efter, før du gemmer.", list);
  };

  const start = () => {
    const form = document.querySelector("form[id$='_form']");
    const added = location.pathname.match(/^(.*)\/add\/$/);
    if (!form || !added) return;
    const place = document.createElement("div");
    place.className = "lab-note";
    place.hidden = true;
    const heard = document.createElement("div");
    heard.setAttribute("role", "status");
    heard.append(place);
    form.prepend(heard);
    let timer = 0;
    let last = "";
    const look = async () => {
      const query = asked();
      if (query === last) return;
      last = query;
      try {
        const answer = await fetch(`${added[1]}/tabel/ligner/?${query}`);
        // Who types on is answered about what she typed last.
        if (answer.ok && query === last) show(place, (await answer.json()).rows);
      } catch {
        // The line is down; the row can be saved all the same.
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    });
    look();
  };

  document.addEventListener("DOMContentLoaded", start);
})();
