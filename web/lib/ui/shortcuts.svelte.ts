/** Single-key shortcuts: off while something is typed or a dialogue is open, just after either, and off altogether if the person turns them off. */
const STORED = 'aime.keys';

let enabled = $state(readEnabled());

function readEnabled(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export const shortcuts = {
  get enabled(): boolean {
    return enabled;
  },
  set enabled(next: boolean) {
    enabled = next;
    try {
      localStorage.setItem(STORED, next ? 'on' : 'off');
    } catch {
      // A private window may refuse storage: the choice then lasts as long as the page.
    }
  },
};

/** Milliseconds after the last letter in a field, or after a dialogue closed, in which letters are still meant for it. */
const AFTERGLOW = 500;
let typedUntil = 0;

/** Follows what is typed, wherever: a field or a dialogue that goes under the fingers leaves letters that are no shortcuts. */
export function watchTyping(): () => void {
  const follow = (event: KeyboardEvent): void => {
    if (isTyping(event) && event.key.length === 1) typedUntil = event.timeStamp + AFTERGLOW;
  };
  addEventListener('keydown', follow, { capture: true });
  return () => removeEventListener('keydown', follow, { capture: true });
}

/** True while keys belong to a field. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute('role') === 'textbox'
  );
}

/** The inputs that take no text: a choice has nothing of its own to undo. */
const CHOICES = /^(radio|checkbox)$/;

/** True while a field takes text, and Ctrl+Z takes back what was typed in it. */
export const takesText = (event: KeyboardEvent): boolean =>
  isTyping(event) && !(event.target instanceof HTMLInputElement && CHOICES.test(event.target.type));

/**
 * Runs the action of a single key (`j`, `ArrowDown`, `?`), unless the key is meant for something else.
 *
 * @returns true when it ran; the event is then used up.
 */
export function onKey(
  event: KeyboardEvent,
  actions: Readonly<Record<string, (event: KeyboardEvent) => void>>,
): boolean {
  if (!enabled || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target;
  if (target instanceof HTMLInputElement && target.type === 'radio' ? /^Arrow/.test(event.key) : isTyping(event))
    return false;
  if (document.querySelector('dialog:modal, [popover]:popover-open')) return false;
  if (event.key.length === 1 && event.timeStamp < typedUntil) return false;
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return false;
  event.preventDefault();
  action(event);
  return true;
}
