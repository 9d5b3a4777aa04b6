import type { Attachment } from 'svelte/attachments';

/** A finger drawn across: to the left is the next day, to the right the one before. Scrolling stays the browser's. */
export function swipeAcross(turn: (by: 1 | -1) => void): Attachment<HTMLElement> {
  return (element) => {
    // Otherwise a browser may take it for its own going back and forth.
    element.style.touchAction = 'pan-y pinch-zoom';
    let from: { x: number; y: number } | undefined;
    const down = (event: TouchEvent) => {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      from = touch && { x: touch.clientX, y: touch.clientY };
    };
    const up = (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      if (!from || !touch) return;
      const x = touch.clientX - from.x;
      const y = touch.clientY - from.y;
      from = undefined;
      if (Math.abs(x) > 70 && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
    };
    element.addEventListener('touchstart', down, { passive: true });
    element.addEventListener('touchend', up, { passive: true });
    return () => {
      element.removeEventListener('touchstart', down);
      element.removeEventListener('touchend', up);
    };
  };
}
