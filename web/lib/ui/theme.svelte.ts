export const themes = ['auto', 'light', 'dark'] as const;
/** `auto` follows the system. */
export type Theme = (typeof themes)[number];

const STORED = 'aime.theme';
const grounds: Record<Exclude<Theme, 'auto'>, string> = { light: '#f2f0ec', dark: '#16120f' };

let current = $state<Theme>(readTheme());

function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return themes.find((theme) => theme === chosen) ?? 'auto';
}

/** The theme chosen on this device, light or dark mode; setting it repaints and remembers. */
export const theme = {
  get current(): Theme {
    return current;
  },
  set current(next: Theme) {
    current = next;
    applyTheme();
    try {
      if (next === 'auto') localStorage.removeItem(STORED);
      else localStorage.setItem(STORED, next);
    } catch {
      // A private window may refuse storage: the choice then lasts as long as the page.
    }
  },
};

/** Paints the page, and the window's own bars, as chosen. */
export function applyTheme(): void {
  const root = document.documentElement;
  if (current === 'auto') delete root.dataset.theme;
  else root.dataset.theme = current;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? grounds.dark : grounds.light;
    meta.content = current === 'auto' ? own : grounds[current];
  }
}
