import type { Attachment } from 'svelte/attachments';

/** So long a finger rests on a row before it means to choose it, in milliseconds. */
const LONG = 500;
/** A finger that moved this far was scrolling, in pixels. */
const FAR = 10;

interface Choosing {
  readonly on: boolean;
  choose(): void;
  /** Shift was held: everything from the last one up to here. */
  reach(): void;
}

/** A row that is chosen by a long press, and by any press while rows are being chosen. */
export function choosable(choosing: Choosing): Attachment<HTMLElement> {
  return (row) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let pressedLong = false;
    const rest = () => {
      clearTimeout(timer);
      timer = undefined;
    };
    const listeners: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void } = {
      pointerdown(event) {
        pressedLong = false;
        if (event.pointerType !== 'touch') return;
        from = { x: event.clientX, y: event.clientY };
        timer = setTimeout(() => {
          pressedLong = true;
          choosing.choose();
        }, LONG);
      },
      pointermove(event) {
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > FAR) rest();
      },
      pointerup: rest,
      pointercancel: rest,
      contextmenu(event) {
        if (timer !== undefined || pressedLong) event.preventDefault();
      },
    };
    /** Before the row's own buttons: what a long press began is not also a press. */
    const click = (event: MouseEvent) => {
      const control = event.target instanceof Element && event.target.closest('button, a, input, textarea');
      if (!pressedLong && (!choosing.on || control)) return;
      event.preventDefault();
      event.stopPropagation();
      if (pressedLong) pressedLong = false;
      else if (event.shiftKey) choosing.reach();
      else choosing.choose();
    };
    for (const [name, listener] of Object.entries(listeners))
      row.addEventListener(name, listener as (event: Event) => void);
    row.addEventListener('click', click, true);
    return () => {
      rest();
      for (const [name, listener] of Object.entries(listeners))
        row.removeEventListener(name, listener as (event: Event) => void);
      row.removeEventListener('click', click, true);
    };
  };
}
