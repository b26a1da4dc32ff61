// Wakes up when the hall has something to say to a ticket's page that is closed. It keeps nothing.

self.addEventListener("push", (event) => {
  const said = event.data.json();
  event.waitUntil(self.registration.showNotification(said.title, {
    body: said.body, tag: "turn", renotify: true, requireInteraction: said.called, icon: "/static/shared/icon.svg",
    vibrate: [400, 150, 400, 150, 700],
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showPage());
});

/** The scope is the ticket's own page. */
async function showPage() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const mine = pages.find((page) => page.url.startsWith(self.registration.scope));
  return mine ? mine.focus() : self.clients.openWindow(self.registration.scope);
}
