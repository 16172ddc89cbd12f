// I show how far an import is, and open the page anew when its step is over. Without me there is a link.
const WAIT = 1500; // milliseconds

const part = document.querySelector("[data-import-progress]");

const look = async () => {
  try {
    const answer = await fetch(part.dataset.importProgress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { state, done, total } = await answer.json();
      if (state !== part.dataset.importState) return location.reload();
      part.querySelector("progress").value = Math.min(done, total);
      part.querySelector("[data-import-count]").textContent = done;
    }
  } catch {
    // The line is down: I ask again.
  }
  return setTimeout(look, WAIT);
};

if (part) setTimeout(look, WAIT);
