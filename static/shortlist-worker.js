// Lets the list of this browser be read offline. It asks the net first, and stores nothing: `shortlist.js` does.
// Whatever list is asked for, the kept one is given, and every page from the cache says so.

const find = (url) => caches.match(url, { cacheName: "vejviser-liste", ignoreVary: true });

async function offline({ url, mode }) {
  const { pathname } = new URL(url);
  const kept = (await find(pathname)) ?? (await find(pathname.replace(/\/liste\/.*/, "/liste/")));
  if (!kept || mode !== "navigate") return kept ?? Response.error();
  return new Response((await kept.text()).replace("data-kept hidden", "data-kept"), { headers: kept.headers });
}

addEventListener("install", () => skipWaiting());

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(`${location.origin}/`)) return;
  event.respondWith(fetch(request).catch(() => offline(request)));
});
