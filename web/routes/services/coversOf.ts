/** The pictures that lists and pages show, by their ids. */
export function coversOf(...shelves: readonly (readonly { imageId: number | null }[])[]): Set<number> {
  return new Set(shelves.flat().flatMap(({ imageId }) => (imageId === null ? [] : [imageId])));
}
