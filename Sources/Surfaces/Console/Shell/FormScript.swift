extension Assets {
    /// Forms post in place: what is refused is said at its field; else the page that follows takes this one's place.
    static let formScript = #"""
        const main = () => document.getElementById('main');
        const tell = (text, tone) => dispatchEvent(new CustomEvent('waybill:toast', {detail: {text, tone}}));

        const clear = form => {
          for (const box of form.querySelectorAll('.error, .refusal')) { box.hidden = true; box.textContent = ''; }
          for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
        };

        const refuse = (form, problem) => {
          const field = problem.field ? form.elements[problem.field] : null;
          const box = field && field.id ? document.getElementById(`${field.id}-error`) : form.querySelector('.refusal');
          if (field) { field.setAttribute('aria-invalid', 'true'); field.focus(); }
          if (!box) { tell(problem.detail, 'bad'); return; }
          box.textContent = problem.detail;
          box.hidden = false;
        };

        const swap = async answer => {
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const fresh = page.getElementById('main');
          if (!fresh || page.body.className !== document.body.className) { location.href = answer.url; return; }
          main().replaceWith(fresh);
          document.getElementById('nav')?.replaceWith(page.getElementById('nav'));
          document.title = page.title;
          if (answer.redirected && answer.url !== location.href) history.pushState({}, '', answer.url);
          const said = fresh.querySelector('[data-toast]');
          if (said) { tell(said.textContent); said.remove(); }
          fresh.focus({preventScroll: true});
          dispatchEvent(new CustomEvent('waybill:swapped'));
        };

        addEventListener('submit', async event => {
          const form = event.target;
          if (!form.matches('form[data-form]')) return;
          event.preventDefault();
          if (form.classList.contains('busy')) return;
          form.classList.add('busy');
          clear(form);
          try {
            const answer = await fetch(form.action, {
              method: 'POST', body: new URLSearchParams(new FormData(form, event.submitter)), headers: {'X-Waybill-Form': '1'},
            });
            const isProblem = (answer.headers.get('Content-Type') ?? '').includes('problem+json');
            if (isProblem && answer.status === 401 && !form.elements.password) location.href = '/sign-in';
            else if (isProblem) refuse(form, await answer.json());
            else await swap(answer);
          } catch {
            dispatchEvent(new CustomEvent('waybill:failed'));
          } finally {
            form.classList.remove('busy');
          }
        });

        addEventListener('change', event => {
          const form = event.target.closest('form[data-filters]');
          if (form) form.requestSubmit();
        });
        addEventListener('popstate', () => location.reload());

        """#

    /// Regions with `data-live` and an id are put in anew when the server says that something happened.
    static let liveScript = #"""
        const lamp = document.getElementById('pulse'), least = 1500;
        const word = name => document.querySelector(`meta[name=word-${name}]`)?.content ?? '';
        const say = state => {
          if (!lamp || lamp.dataset.state === state) return;
          lamp.dataset.state = state;
          lamp.querySelector('span').textContent = state === 'still' ? '' : word(state);
        };
        const regions = () => Array.from(document.querySelectorAll('[data-live][id]'));
        let isAsking = false, isDue = false, last = 0;

        const mark = element => {
          element.classList.remove('changed');
          void element.offsetWidth;
          element.classList.add('changed');
        };

        const put = (old, fresh) => {
          if (old.innerHTML === fresh.innerHTML || old.contains(document.activeElement) && document.activeElement !== old) return;
          const keys = new Set(Array.from(old.querySelectorAll('[data-key]'), item => item.dataset.key));
          old.innerHTML = fresh.innerHTML;
          if (old.childElementCount === 0) mark(old);
          for (const item of old.querySelectorAll('[data-key]')) if (keys.size && !keys.has(item.dataset.key)) mark(item);
        };

        const ask = async () => {
          if (isAsking || document.hidden) { isDue = true; return; }
          const wait = last + least - Date.now();
          if (wait > 0) { if (!isDue) { isDue = true; setTimeout(ask, wait); } return; }
          isAsking = true;
          isDue = false;
          last = Date.now();
          try {
            const answer = await fetch(location.href, {cache: 'no-store', signal: AbortSignal.timeout(8000)});
            if (answer.redirected && new URL(answer.url).pathname === '/sign-in') { location.href = answer.url; return; }
            if (!answer.ok) throw new Error(String(answer.status));
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            for (const old of regions()) {
              const fresh = page.getElementById(old.id);
              if (fresh) put(old, fresh);
            }
            say('live');
          } catch { say('lost'); }
          isAsking = false;
          if (isDue) ask();
        };

        let stream = null;
        const open = () => {
          if (stream || !regions().length) return;
          stream = new EventSource('/live');
          stream.addEventListener('open', () => { say('live'); ask(); });
          stream.addEventListener('news', ask);
          stream.addEventListener('error', () => {
            say('lost');
            if (stream.readyState === EventSource.CLOSED) { stream = null; setTimeout(open, 5000); }
          });
        };
        const close = () => { stream?.close(); stream = null; };
        document.addEventListener('visibilitychange', () => { if (!document.hidden && regions().length) ask(); });
        addEventListener('waybill:swapped', () => { if (regions().length) open(); else { close(); say('still'); } });
        addEventListener('pagehide', close);
        open();

        """#
}
