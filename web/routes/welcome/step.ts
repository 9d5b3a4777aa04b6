export type Step = 1 | 2 | 3;

const STORED = 'aime.welcome';

/** The step that was left off at. */
export function keptStep(): Step {
  try {
    const kept = Number(localStorage.getItem(STORED));
    return kept === 2 || kept === 3 ? kept : 1;
  } catch {
    return 1;
  }
}

export function keepStep(step: Step): void {
  try {
    localStorage.setItem(STORED, String(step));
  } catch {
    // A private window may refuse storage: the first run then begins at its beginning.
  }
}
