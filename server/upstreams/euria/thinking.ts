const OPENING = '<think>';
const CLOSING = '</think>';

/**
 * Some local models write their thoughts into the answer, before it, between these two marks.
 * Takes the answer in pieces and gives back what of each a person should see.
 */
export class VisibleText {
  #raw = '';
  #shown = 0;

  feed(piece: string): string {
    this.#raw += piece;
    const from = this.#start();
    if (from === null) return '';
    const fresh = this.#raw.slice(Math.max(from, this.#shown));
    this.#shown = this.#raw.length;
    return fresh;
  }

  /** Where the visible part begins; null while that cannot be told. */
  #start(): number | null {
    const lead = this.#raw.length - this.#raw.trimStart().length;
    const begun = this.#raw.slice(lead, lead + OPENING.length);
    if (!OPENING.startsWith(begun)) return 0;
    if (begun.length < OPENING.length) return null;
    const closing = this.#raw.indexOf(CLOSING);
    if (closing === -1) return null;
    const after = closing + CLOSING.length;
    const text = this.#raw.slice(after).trimStart();
    return text === '' ? null : this.#raw.length - text.length;
  }

  /** Whether there were thoughts and nothing after them. */
  get onlyThought(): boolean {
    return this.#raw.trimStart().startsWith(OPENING) && this.#shown === 0;
  }
}
