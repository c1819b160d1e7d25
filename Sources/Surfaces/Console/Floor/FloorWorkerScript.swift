extension Assets {
    /// Keeps each page of the floor as it was last seen, with its files, and shows it while there is no connection. What is scanned
    /// is kept by the page itself.
    static let floorWorkerScript = #"""
        const kept = () => caches.open('waybill.floor');
        const put = async (path, answer) => {
          if (answer.ok && !answer.redirected) await (await kept()).put(path, answer);
        };

        addEventListener('install', () => skipWaiting());
        addEventListener('activate', event => event.waitUntil(clients.claim()));
        addEventListener('message', event => event.waitUntil(
          Promise.all(event.data.map(async path => put(path, await fetch(path))))));

        const page = async path => {
          try {
            const answer = await fetch(path, {redirect: 'manual', credentials: 'same-origin'});
            await put(path, answer.clone());
            return answer;
          } catch (lost) {
            const last = await (await kept()).match(path);
            if (last) return last;
            throw lost;
          }
        };

        const file = async path => {
          const last = await (await kept()).match(path);
          if (last) return last;
          const answer = await fetch(path);
          await put(path, answer.clone());
          return answer;
        };

        addEventListener('fetch', event => {
          const {method, mode, url} = event.request, {origin, pathname, search} = new URL(url);
          if (method !== 'GET' || origin !== location.origin) return;
          if (pathname.startsWith('/assets/')) event.respondWith(file(pathname));
          else if (mode === 'navigate' && /^\/[a-z]+(\/[a-z]+)?$/.test(pathname) && !search) event.respondWith(page(pathname));
        });

        """#
}
