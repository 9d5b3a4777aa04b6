/** When the next page may be computed. */
export interface Frames {
  request(next: () => void): number;
  cancel(frame: number): void;
}

const ofTheBrowser: Frames = {
  request: (next) => requestAnimationFrame(next),
  cancel: (frame) => cancelAnimationFrame(frame),
};

/**
 * Computes pages one after the other, one a frame, and shows each in the place of the page that stood there before: what is shown
 * already stays until there is a newer one for it.
 *
 * @param before the pages that are shown now.
 * @param show called after each page with all that are to be shown; what is beyond the new pages goes with the first one.
 * @returns stops it: nothing more is computed or shown.
 */
export function pagesInTurn<Page>(
  makers: readonly (() => Page)[],
  before: readonly Page[],
  show: (pages: readonly Page[]) => void,
  frames: Frames = ofTheBrowser,
): () => void {
  let done: readonly Page[] = [];
  let frame: number | undefined;
  const next = () => {
    frame = undefined;
    const make = makers[done.length];
    if (!make) return;
    done = [...done, make()];
    if (done.length < makers.length) frame = frames.request(next);
    show([...done, ...before.slice(done.length, makers.length)]);
  };
  frame = frames.request(next);
  return () => {
    if (frame !== undefined) frames.cancel(frame);
  };
}
