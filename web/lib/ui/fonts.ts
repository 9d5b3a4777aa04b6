/** The two faces that every page begins with. */
const FACES = ['380 1em "Newsreader Variable"', '400 1em "Hanken Grotesk Variable"'];
/** Milliseconds that a page waits for them: words drawn in another face are measured anew, and move. */
const PATIENCE = 150;

/** Resolves once the faces are here, or will not be at once. */
export async function facesHere(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
  // One that cannot be had is drawn in its fallback.
  await Promise.race([Promise.allSettled(FACES.map((face) => document.fonts.load(face))), late]);
}
