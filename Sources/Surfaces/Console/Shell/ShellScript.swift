extension Assets {
    /// Theme, keys, palette, toasts.
    static let shellScript = #"""
        const root = document.documentElement, byId = id => document.getElementById(id);
        const word = name => document.querySelector(`meta[name=word-${name}]`)?.content ?? '';

        export const toast = (text, tone = '') => {
          const box = document.createElement('p');
          box.className = `toast ${tone}`;
          box.textContent = text;
          byId('toasts')?.append(box);
          setTimeout(() => box.remove(), tone === 'bad' ? 9000 : 4500);
        };
        addEventListener('waybill:toast', event => toast(event.detail.text, event.detail.tone));

        const turn = () => {
          const isDark = root.dataset.theme === 'dark'
            || root.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches;
          root.dataset.theme = isDark ? 'light' : 'dark';
          document.cookie = `waybill_theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
        };

        root.classList.add('script');
        addEventListener('click', async event => {
          const button = event.target.closest('[data-copy]');
          if (!button) return;
          const address = new URL(button.dataset.copy, location.href).href;
          try {
            await navigator.clipboard.writeText(address);
            toast(word('copied'));
          } catch {
            toast(address);
          }
        });

        const palette = byId('palette'), input = byId('palette-q'), list = byId('palette-list'), sheet = byId('sheet');
        let chosen = 0;
        const shown = () => Array.from(list.children);
        const choose = index => {
          const all = shown();
          chosen = all.length ? (index + all.length) % all.length : 0;
          all.forEach((item, at) => item.setAttribute('aria-selected', String(at === chosen)));
          if (all[chosen]) input.setAttribute('aria-activedescendant', all[chosen].id);
          all[chosen]?.scrollIntoView({block: 'nearest'});
        };
        const draw = () => {
          const sought = input.value.trim().toLowerCase();
          const links = Array.from(document.querySelectorAll('#nav li a')).filter(a => a.textContent.toLowerCase().includes(sought));
          list.replaceChildren(...links.map((a, at) => {
            const item = document.createElement('li');
            item.role = 'option';
            item.id = `palette-${at}`;
            item.textContent = a.textContent.trim();
            item.addEventListener('click', () => { location.href = a.href; });
            item.dataset.path = a.href;
            return item;
          }));
          choose(0);
        };
        const openPalette = () => {
          if (!palette || palette.open) return;
          palette.showModal();
          input.value = '';
          draw();
        };
        input?.addEventListener('input', draw);
        input?.addEventListener('keydown', event => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
          } else if (event.key === 'Enter' && shown()[chosen]) {
            event.preventDefault();
            location.href = shown()[chosen].dataset.path;
          }
        });
        palette?.addEventListener('click', event => { if (event.target === palette) palette.close(); });

        const rows = () => Array.from(document.querySelectorAll('main tr.linked'));
        const step = by => {
          const all = rows(), at = all.findIndex(row => row.classList.contains('at'));
          if (!all.length) return;
          const next = Math.max(0, Math.min(all.length - 1, at + by));
          all[at]?.classList.remove('at');
          all[next].classList.add('at');
          all[next].querySelector('a.row').focus({preventScroll: true});
          all[next].scrollIntoView({block: 'nearest'});
        };
        const follow = selector => document.querySelector(selector)?.click();

        let before = '';
        const keys = {
          '?': () => sheet?.showModal(), '/': openPalette, j: () => step(1), k: () => step(-1), n: () => follow('a[rel=next]'),
          p: () => follow('a[rel=prev]'), t: turn, f: () => document.querySelector('.filters input, .filters select')?.focus(),
          h: () => { if (before === 'g') location.href = '/'; },
        };
        addEventListener('keydown', event => {
          if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
            event.preventDefault();
            openPalette();
            return;
          }
          if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog[open]')) return;
          const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
          if (act) { event.preventDefault(); act(); }
          before = event.key;
        });

        for (const [id, act] of [['theme', turn], ['keys', () => sheet.showModal()]]) {
          const button = byId(id);
          if (button) { button.hidden = false; button.addEventListener('click', act); }
        }
        for (const said of document.querySelectorAll('[data-toast]')) setTimeout(() => said.remove(), 6000);
        addEventListener('waybill:failed', () => toast(word('failed'), 'bad'));

        """#
}
