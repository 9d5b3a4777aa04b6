import type { Attachment } from 'svelte/attachments';

const LONG_MS = 500;
const MOVED_PX = 10;

/** Reports a long press on a record, named by `data-album`; the press that follows then opens nothing. */
export const longPress =
  (onpress: (albumId: string) => void): Attachment<HTMLElement> =>
  (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let fired = false;
    const cancel = () => clearTimeout(timer);
    const down = (event: PointerEvent) => {
      fired = false;
      cancel();
      const id = (event.target as HTMLElement).closest<HTMLElement>('[data-album]')?.dataset.album;
      if (event.pointerType !== 'touch' || id === undefined) return;
      start = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        fired = true;
        onpress(id);
      }, LONG_MS);
    };
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVED_PX) cancel();
    };
    const swallow = (event: Event) => {
      if (!fired) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'click') fired = false;
    };
    const listeners: [string, (event: never) => void][] = [
      ['pointerdown', down],
      ['pointermove', move],
      ['pointerup', cancel],
      ['pointercancel', cancel],
      ['click', swallow],
      ['contextmenu', swallow],
    ];
    for (const [name, listener] of listeners)
      element.addEventListener(name, listener as EventListener, { capture: true });
    return () => {
      cancel();
      for (const [name, listener] of listeners)
        element.removeEventListener(name, listener as EventListener, { capture: true });
    };
  };
