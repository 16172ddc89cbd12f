// Access keys need a browser that knows them: only then do I show what leads to one.
for (const form of document.querySelectorAll("[data-key]")) {
  form.hidden = !window.PublicKeyCredential;
}

// allauth tells of a key that failed by an event, and else writes to the console, which nobody reads.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const fault of document.querySelectorAll("[data-key-fault]")) {
    fault.hidden = false;
  }
});
