/** Hue (degrees) and chroma in OKLCH that a cover lends to its surroundings. */
export interface AccentColour {
  hue: number;
  chroma: number;
}

/** A hue for a record whose cover is not known: always the same for the same name. */
export function accentByName(name: string): AccentColour {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  return { hue: hash % 360, chroma: 0.045 + ((hash >>> 9) % 40) / 1000 };
}

/** The two custom properties from which the styles derive the background, text and block colours. */
export const accentStyle = (accent: AccentColour): string =>
  `--lh:${Math.round(accent.hue)};--lc:${accent.chroma.toFixed(3)}`;
