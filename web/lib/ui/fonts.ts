/** The faces that every page begins with: what is read, what one presses, and the italic of the name. */
const FACES = [
  '380 1em "Newsreader Variable"',
  'italic 440 1em "Newsreader Variable"',
  '400 1em "Hanken Grotesk Variable"',
];
/**
 * Milliseconds that a page waits for them. Words drawn in another face are measured anew when theirs comes, and break and move under
 * the eyes. They come from where the app came from, and lie beside it from then on: that long only where something is wrong with them.
 */
const PATIENCE = 3_000;

/** Resolves once the faces are here, or will not be soon. */
export async function facesHere(): Promise<void> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    giveUp = setTimeout(resolve, PATIENCE);
  });
  // One that cannot be had is drawn in its fallback.
  await Promise.race([Promise.allSettled(FACES.map((face) => document.fonts.load(face))), late]);
  clearTimeout(giveUp);
}
