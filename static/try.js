// “Prøv”: shows what an address of the API answers below its form. Without this the form opens the answer itself.

// More than anybody reads, and as much as a phone can show.
const MOST = 20_000;

async function ask(form) {
  const response = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  let said = await response.text();
  try {
    said = JSON.stringify(JSON.parse(said), null, 2);
  } catch {
    // A list line by line, or nothing: it is shown as it came.
  }
  return `${response.status} ${response.url}\n\n${said.length > MOST ? `${said.slice(0, MOST)} …` : said}`;
}

for (const form of document.querySelectorAll("[data-try]")) {
  const answer = document.getElementById(form.dataset.try);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.parentElement.hidden = false;
    answer.value = await ask(form).catch(String);
    // Otherwise the cursor, and with it what one sees, is at the end, below the status and the address.
    answer.setSelectionRange(0, 0);
    answer.focus();
    answer.scrollTop = 0;
  });
}
