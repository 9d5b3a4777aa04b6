const HALF = /\p{Cs}/u;
const ESCAPED_HALF = /\\u[dD][89a-fA-F]/;
/** An escaped pair, an escaped half, or any other escape, so that a backslash that is itself escaped begins none. */
const ESCAPES = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|[^])/g;

/**
 * A text as it may be bound. Half of a surrogate pair becomes U+FFFD, in JSON its escape too: `JSON.stringify` writes it as
 * `\ud83d`, which SQLite decodes into bytes that are no UTF-8, and libsql ends the process when it reads those.
 */
export function boundText(text: string): string {
  const whole = HALF.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text;
  if (!ESCAPED_HALF.test(whole) || !/^\s*[[{"]/.test(whole)) return whole;
  return whole.replace(ESCAPES, (escape, half: string | undefined) => (half === undefined ? escape : '\\ufffd'));
}
