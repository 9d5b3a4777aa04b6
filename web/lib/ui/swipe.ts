import type { Attachment } from 'svelte/attachments';

/** How far a finger goes before it means it, in pixels. */
const FAR = 56;

/**
 * A finger drawn to the right across an element. The element follows it a little; a release far enough runs the action.
 * Vertical scrolling stays the browser's (`touch-action: pan-y` is set here).
 */
export function swipeRight(action: () => void): Attachment<HTMLElement> {
  return (element) => {
    let from: { x: number; y: number; pointer: number } | undefined;
    let gone = 0;
    const down = (event: PointerEvent) => {
      if (event.pointerType === 'touch') from = { x: event.clientX, y: event.clientY, pointer: event.pointerId };
    };
    const move = (event: PointerEvent) => {
      if (!from || event.pointerId !== from.pointer) return;
      gone = Math.max(0, event.clientX - from.x);
      if (Math.abs(event.clientY - from.y) > gone) gone = 0;
      element.style.translate = gone > 8 ? `${Math.min(gone, FAR + 16) * 0.6}px` : '';
    };
    const up = () => {
      if (from && gone > FAR) action();
      from = undefined;
      gone = 0;
      element.style.translate = '';
    };
    element.style.touchAction = 'pan-y';
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
    };
  };
}
