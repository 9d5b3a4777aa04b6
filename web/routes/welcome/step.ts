export type Step = 1 | 2 | 3;

const STORED = 'aime.welcome';

/** The step that was left off at. */
export function storedStep(): Step {
  try {
    const stored = Number(localStorage.getItem(STORED));
    return stored === 2 || stored === 3 ? stored : 1;
  } catch {
    return 1;
  }
}

export function storeStep(step: Step): void {
  try {
    localStorage.setItem(STORED, String(step));
  } catch {
    // A private window may refuse storage: the first run then begins at its beginning.
  }
}
