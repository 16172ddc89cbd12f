// Lets the list of this browser be read offline. It asks the net first, and stores nothing: what may be read
// offline, the page of the list has put into the cache (`shortlist.js`).

addEventListener("install", () => skipWaiting());

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(`${location.origin}/`)) return;
  event.respondWith(
    fetch(request).catch(
      async () => (await caches.match(request.url, { cacheName: "vejviser-liste", ignoreVary: true })) ?? Response.error(),
    ),
  );
});
