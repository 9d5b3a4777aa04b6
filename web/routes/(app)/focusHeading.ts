/**
 * What had the focus has left the page: its heading takes it, so that keys and screen readers go on from there and not from the page's
 * beginning. Nothing happens where something has the focus.
 */
export function focusHeading(): void {
  const { activeElement, body } = document;
  if (activeElement !== null && activeElement !== body) return;
  document.querySelector<HTMLElement>('#page h1')?.focus({ preventScroll: true });
}
