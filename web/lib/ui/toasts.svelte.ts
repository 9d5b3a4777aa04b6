/** One message at a time, at the foot of the page: what was done, and Undo first. */
export interface Toast {
  id: number;
  text: string;
  undo?: () => Promise<void>;
  /** Undo was offered and not taken: the message went by itself, or made room. Not called when the page closes before. */
  onpassed?: () => void;
  /** Another thing to press, instead of Undo. */
  action?: { label: string; run: () => void | Promise<void> };
  /** Stays until it is answered. */
  lasting?: boolean;
  ondismiss?: () => void;
}

let current = $state.raw<Toast | undefined>();
let count = 0;

/** The message that is shown now; reactive. */
export const toasts = {
  get current(): Toast | undefined {
    return current;
  },
};

/** Shows a message; one that was there makes room. @returns its id, by which it is taken away when it is so no more. */
export function toast(message: Omit<Toast, 'id'>): number {
  const before = current;
  current = { ...message, id: ++count };
  before?.onpassed?.();
  return current.id;
}

/** Takes the message away, if it is still that one. @param undone what it reports is being undone */
export function dismissToast(id: number, undone = false): void {
  if (current?.id !== id) return;
  const gone = current;
  current = undefined;
  if (!undone) gone.onpassed?.();
}
