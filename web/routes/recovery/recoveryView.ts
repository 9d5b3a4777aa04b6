/** What is known of the server and of this device. */
export interface Known {
  /** What the server said last; undefined before it did. */
  state: 'none' | 'recovery' | 'rebuilding' | undefined;
  /** It does not answer just now. */
  unreachable: boolean;
  /** Something that was decided is being done, or this device is giving its library. */
  working: boolean;
  /** All was given to make this very loss good, and the server makes its library of it, or did not say so yet. */
  given: boolean;
  /** What was decided last came to nothing. */
  failed: boolean;
  /** The server's library is not taken over before a person says so. */
  held: boolean;
}

/**
 * What the page is about. `away`: the server does not answer, and what it has now is not known; `finishing`: all was given, the
 * server makes its library of it, and nothing is to be decided meanwhile.
 */
export function recoveryView({
  state,
  unreachable,
  working,
  given,
  failed,
  held,
}: Known): 'asking' | 'away' | 'lost' | 'finishing' | 'held' | 'fine' {
  const isLost = state === 'recovery' || state === 'rebuilding';
  if (isLost && given && !failed) return 'finishing';
  if (working) return 'lost';
  if (isLost) return unreachable ? 'away' : 'lost';
  if (held) return 'held';
  if (unreachable) return 'away';
  return state === undefined ? 'asking' : 'fine';
}
