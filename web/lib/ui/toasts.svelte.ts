/** One message at a time, at the foot of the page: what was done, and Undo first. */
export interface Toast {
  id: number;
  text: string;
  undo?: () => Promise<void>;
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

/** Shows a message; one that was there makes room. */
export function toast(message: Omit<Toast, 'id'>): void {
  current = { ...message, id: ++count };
}

/** Takes the message away, if it is still that one. */
export function dismissToast(id: number): void {
  if (current?.id === id) current = undefined;
}
