/** Scrolls a strip of tabs sideways, never the page, until the chosen one is in the middle of it, as far as it goes. */
export function bringIntoSight(strip: HTMLElement): void {
  const chosen = strip.querySelector<HTMLElement>('[aria-pressed="true"], [aria-selected="true"], [aria-current]');
  if (!chosen || strip.scrollWidth <= strip.clientWidth) return;
  const [box, tab] = [strip.getBoundingClientRect(), chosen.getBoundingClientRect()];
  strip.scrollBy({ left: tab.left + tab.width / 2 - (box.left + box.width / 2), behavior: 'instant' });
}
