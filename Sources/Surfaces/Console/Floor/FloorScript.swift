extension Assets {
    /// The scanner is the keyboard. Scans are kept with their keys until the server has answered them, and sent in order.
    static let floorScript = #"""
        const page = document.querySelector('.floor[data-who]'), form = document.getElementById('scan');
        const place = process => `waybill.floor.${page.dataset.who}.${process}`;
        const read = process => {
          try { return JSON.parse(localStorage.getItem(place(process))) ?? {}; } catch { return {}; }
        };

        if (page && !form) {
          for (const job of page.querySelectorAll('[data-process]')) {
            const count = read(job.dataset.process).scans?.length ?? 0, mark = job.querySelector('em');
            mark.hidden = !count;
            mark.textContent = `${count} ${page.dataset.waiting}`;
          }
        }

        if (page && form) start();
        if (page) stay();

        // So that a page loads anew without a connection: later loads pass the worker, this one is told to it.
        async function stay() {
          if (!navigator.serviceWorker) return;
          const scope = `/${location.pathname.split('/')[1]}`;
          try {
            await navigator.serviceWorker.register('/floor-worker.js', {scope});
            if (navigator.serviceWorker.controller) return;
            const worker = await navigator.serviceWorker.ready;
            const files = performance.getEntriesByType('resource').map(file => new URL(file.name).pathname);
            worker.active.postMessage([location.pathname, ...new Set(files.filter(path => path.startsWith('/assets/')))]);
          } catch { return; }
        }

        function start() {
          const process = page.dataset.process, input = form.elements.code, line = document.getElementById('line');
          const queue = document.getElementById('queue');
          const refused = document.getElementById('refused'), gone = document.getElementById('gone');
          const kept = read(process);
          let scans = kept.scans ?? [], state = kept.state ?? form.elements.state.value, isSending = false, isLost = false;
          const word = name => document.querySelector(`meta[name=word-${name}]`)?.content ?? '';
          const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
          const keep = () => localStorage.setItem(place(process), JSON.stringify({scans, state}));

          let sound = null;
          const beep = (tones, shape = 'sine') => {
            try {
              sound ??= new AudioContext();
              tones.forEach(([hertz, from, long]) => {
                const voice = sound.createOscillator(), volume = sound.createGain();
                voice.type = shape;
                voice.frequency.value = hertz;
                volume.gain.setValueAtTime(0.25, sound.currentTime + from);
                volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + from + long);
                voice.connect(volume).connect(sound.destination);
                voice.start(sound.currentTime + from);
                voice.stop(sound.currentTime + from + long);
              });
            } catch { return; }
          };
          const sounds = {
            right: () => beep([[880, 0, 0.12], [1320, 0.08, 0.16]]),
            warn: () => beep([[660, 0, 0.15], [660, 0.2, 0.15]]),
            wrong: () => { beep([[170, 0, 0.25], [140, 0.28, 0.35]], 'square'); navigator.vibrate?.([120, 60, 120]); },
            pull: () => { beep([[220, 0, 0.2], [330, 0.22, 0.2], [220, 0.44, 0.3]], 'square'); navigator.vibrate?.([300, 80, 300]); },
            kept: () => beep([[520, 0, 0.06]]),
          };

          const hand = localStorage.getItem('waybill.floor.keyboard');
          let hasKeys = hand ? hand === 'on' : !matchMedia('(pointer: coarse)').matches;
          const toggle = document.getElementById('keyboard');
          const suit = () => {
            const digits = 'digits' in document.getElementById('screen').dataset;
            input.inputMode = digits ? 'numeric' : hasKeys ? 'text' : 'none';
          };
          toggle.hidden = false;
          toggle.addEventListener('click', () => {
            hasKeys = !hasKeys;
            localStorage.setItem('waybill.floor.keyboard', hasKeys ? 'on' : 'off');
            suit();
            input.blur();
            input.focus();
          });

          const show = () => {
            queue.hidden = !isLost;
            queue.querySelector('ul').replaceChildren(...scans.map(scan => {
              const item = document.createElement('li');
              item.textContent = scan.code;
              return item;
            }));
            line.dataset.state = isLost ? 'lost' : 'live';
            line.textContent = scans.length ? `${scans.length} ↑` : isLost ? word('lost') : '';
          };

          const refuse = (scan, why) => {
            const item = document.createElement('li');
            item.textContent = `${scan.code}: ${why}`;
            refused.querySelector('ul').append(item);
            refused.hidden = false;
          };
          refused.querySelector('button').addEventListener('click', () => {
            refused.querySelector('ul').replaceChildren();
            refused.hidden = true;
            input.focus();
          });

          const put = (scan, fresh) => {
            document.getElementById('screen').replaceWith(fresh);
            state = fresh.querySelector('[name=state]').value;
            const tone = fresh.dataset.tone, told = fresh.querySelector('.told');
            told.classList.add('fresh');
            if (tone && sounds[tone]) sounds[tone]();
            if (scan.wasKept && (tone === 'wrong' || tone === 'pull')) refuse(scan, told.innerText.replace(/^\S+\s/, ''));
            suit();
          };

          const post = scan => fetch(form.action, {
            method: 'POST', headers: {'X-Waybill-Form': '1'}, signal: AbortSignal.timeout(20000),
            body: new URLSearchParams({
              csrf: form.elements.csrf.value, state, key: scan.key, code: scan.code,
              late: String(scan.wasKept ? Math.max(0, Date.now() - scan.at) : 0),
            }),
          });

          const lose = () => {
            isLost = true;
            for (const scan of scans) scan.wasKept = true;
            keep();
            show();
          };

          const send = async () => {
            if (isSending) return;
            isSending = true;
            while (scans.length) {
              const scan = scans[0];
              let answer;
              try { answer = await post(scan); } catch { lose(); break; }
              if (answer.status === 401) { gone.hidden = false; lose(); break; }
              if (answer.status >= 500) { lose(); break; }
              const text = await answer.text();
              const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('screen');
              isLost = false;
              scans.shift();
              if (fresh) put(scan, document.adoptNode(fresh));
              else {
                sounds.wrong();
                refuse(scan, String(answer.status));
              }
              keep();
              show();
            }
            isSending = false;
          };

          const take = code => {
            scans.push({code, key: key(), at: Date.now(), wasKept: isLost});
            keep();
            if (isLost) sounds.kept();
            show();
            send();
          };

          form.addEventListener('submit', event => {
            event.preventDefault();
            const act = event.submitter?.name === 'act' ? event.submitter.value : '', code = act || input.value.trim();
            if (!act) input.value = '';
            if (code) take(code);
            input.focus();
          });
          addEventListener('keydown', event => {
            if (event.target === input || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key.length === 1) input.focus();
          }, true);
          document.addEventListener('click', event => { if (!event.target.closest('a, button, input')) input.focus(); });
          addEventListener('online', send);
          addEventListener('pageshow', () => input.focus());
          setInterval(() => {
            if (scans.length) { send(); return; }
            const wait = document.getElementById('screen').dataset.wait;
            if (wait && !document.hidden && !isSending) take(wait);
          }, 2500);
          suit();
          show();
          if (scans.length) lose();
          if (scans.length) send(); else if (state && state !== form.elements.state.value) take('*look');
        }

        """#
}
