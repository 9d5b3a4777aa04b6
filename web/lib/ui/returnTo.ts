/** What a row of a long list is called: it may be drawn anew meanwhile. */
const NAMES = ['data-listen', 'data-album'] as const;

/**
 * Remembers where one was. @returns goes back there: the focus, and the row into sight once the page has taken its width again.
 */
export function returnTo(before: Element | null): () => void {
  const row = before?.closest(NAMES.map((name) => `[${name}]`).join());
  const name = NAMES.find((each) => row?.hasAttribute(each));
  const selector = row && name ? `[${name}="${CSS.escape(row.getAttribute(name) ?? '')}"]` : undefined;

  function find(): HTMLElement | null {
    if (before instanceof HTMLElement && before.isConnected) return before === document.body ? null : before;
    const again = selector === undefined ? null : document.querySelector<HTMLElement>(selector);
    return again && (again.matches('a, [tabindex]') ? again : again.querySelector<HTMLElement>('a, button'));
  }
  function focus(): void {
    const place = find();
    if (!place || document.querySelector('dialog:modal')) return;
    if (document.activeElement !== place) place.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'nearest' });
  }
  /** Again once the page is laid out, unless one has gone on meanwhile. */
  function settle(): void {
    if (document.activeElement === document.body || document.activeElement === find()) focus();
  }
  return () => {
    focus();
    requestAnimationFrame(() => requestAnimationFrame(settle));
  };
}
