extension Templates {
    /// Asks for the board every two seconds and puts in what has changed. Where the server is away it asks more and
    /// more rarely, up to every fifteen seconds, says so, and goes on by itself when it is back.
    static let script = #"""

        (() => {
          'use strict';
          const every = 2000, rarely = 15000, patience = 6000;
          const state = document.getElementById('state'), word = document.getElementById('state-text');
          const pause = document.getElementById('pause');
          const shown = new Map();
          let paused = false, wait = every, timer = 0;

          const say = (name, text) => {
            if (state.dataset.state !== name) { state.dataset.state = name; word.textContent = text; }
          };

          // The server writes UTC; people read their own clock.
          const localise = root => {
            for (const time of root.querySelectorAll('time[datetime]')) {
              const at = new Date(time.dateTime);
              if (!isNaN(at)) time.textContent = at.toLocaleTimeString([], {hour12: false});
            }
          };

          const mark = element => {
            element.classList.remove('changed');
            void element.offsetWidth;
            element.classList.add('changed');
          };

          const put = (old, fresh) => {
            const keys = new Set(Array.from(old.querySelectorAll('[data-key]'), item => item.dataset.key));
            old.innerHTML = fresh.innerHTML;
            localise(old);
            if (old.childElementCount === 0) mark(old);
            for (const item of old.querySelectorAll('[data-key]')) {
              if (keys.size > 0 && !keys.has(item.dataset.key)) mark(item);
            }
          };

          const draw = text => {
            const page = new DOMParser().parseFromString(text, 'text/html');
            for (const fresh of page.querySelectorAll('[data-live]')) {
              const old = document.getElementById(fresh.id);
              if (old && shown.get(fresh.id) !== fresh.innerHTML) {
                shown.set(fresh.id, fresh.innerHTML);
                put(old, fresh);
              }
            }
          };

          const ask = async () => {
            clearTimeout(timer);
            if (paused) return;
            try {
              const answer = await fetch('live', {cache: 'no-store', signal: AbortSignal.timeout(patience)});
              if (!answer.ok) throw new Error('status ' + answer.status);
              const text = await answer.text();
              if (paused) return;
              draw(text);
              wait = every;
              say('live', 'Live');
            } catch (error) {
              wait = Math.min(wait * 2, rarely);
              if (!paused) say('lost', 'No connection; trying again');
            }
            clearTimeout(timer);
            timer = setTimeout(ask, wait);
          };

          const toggle = () => {
            paused = !paused;
            pause.setAttribute('aria-pressed', String(paused));
            pause.textContent = paused ? 'Go on' : 'Pause';
            say(paused ? 'paused' : 'live', paused ? 'Paused' : 'Live');
            ask();
          };

          pause.hidden = false;
          pause.addEventListener('click', toggle);
          document.addEventListener('keydown', event => {
            if (event.key === 'p' && !event.ctrlKey && !event.metaKey && !event.altKey) toggle();
          });
          document.addEventListener('visibilitychange', () => { if (!document.hidden) ask(); });
          addEventListener('online', ask);
          for (const element of document.querySelectorAll('[data-live]')) shown.set(element.id, element.innerHTML);
          localise(document);
          timer = setTimeout(ask, every);
        })();

        """#
}
