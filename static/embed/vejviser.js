// Stands on another site, by <script src="…/indlejr/vejviser.js" data-path="…" data-title="…" defer>, and puts a
// frame of ours after itself that is as high as what is in it. It keeps nothing, and asks nobody anything.

for (const script of document.querySelectorAll("script[src$='/indlejr/vejviser.js'][data-path]:not([data-done])")) {
  const { origin } = new URL(script.src);
  const frame = document.createElement("iframe");
  script.dataset.done = "";
  frame.title = script.dataset.title;
  frame.src = new URL(script.dataset.path, origin);
  frame.width = "100%";
  frame.height = script.dataset.height;
  frame.loading = "lazy";
  frame.style.border = "0";
  addEventListener("message", ({ data, origin: from, source }) => {
    // Others on the page may send messages, too: only our own frame says how high it is, and never too much.
    if (from === origin && source === frame.contentWindow && data?.vejviser > 0) {
      frame.height = Math.min(Math.ceil(data.vejviser), 5000);
    }
  });
  script.after(frame);
}
