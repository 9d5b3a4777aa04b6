/**
 * Hands a value on to several parts of a page, to each in a frame of its own: what changes first is painted first, and no frame
 * computes everything. Until its turn a part keeps what it had, so that nothing moves. Call it while a component is made.
 */
export function inTurn<T>(value: () => T, parts: number): { readonly of: readonly T[] } {
  let given = $state.raw<readonly T[]>(Array.from({ length: parts }, value));
  $effect(() => {
    const next = value();
    let part = 0;
    const give = () => {
      given = given.with(part, next);
      part += 1;
      if (part < parts) frame = requestAnimationFrame(give);
    };
    let frame = requestAnimationFrame(give);
    return () => cancelAnimationFrame(frame);
  });
  return {
    get of() {
      return given;
    },
  };
}
