/** One track of an invented record. */
export interface CatalogueTrack {
  title: string;
  seconds: number;
  /** How services credit it, where that is not the record's artist: a guest, a compilation. */
  artist?: string;
}

/** One invented record. Artist and title name it. */
export interface CatalogueRecord {
  artist: string;
  title: string;
  year: number;
  genre: string;
  /** How the invented person owns it; null for records only heard. */
  support: 'Vinyl' | 'CD' | 'Digital' | null;
  /** Its picture under `covers/` ("c22.svg"), for those that have one. */
  cover?: string;
  tracks: CatalogueTrack[];
}

/** A number from 0 to 1 that is always the same for the same text. */
function chance(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}

/** Usual lengths in seconds. */
const LENGTHS: Record<string, [number, number]> = {
  Ambient: [250, 540],
  Blues: [150, 230],
  Chanson: [140, 260],
  Classical: [170, 420],
  Electronic: [210, 400],
  Folk: [160, 320],
  Jazz: [240, 520],
  Rock: [150, 290],
  Soul: [150, 250],
};

/**
 * Writes a record down in short: tracks separated by " | ", each with its length where it is known ("Slack Water 4:12") and
 * "Artist – Title" where it is credited to another. Lengths not given are invented, always the same.
 */
export function record(head: Omit<CatalogueRecord, 'tracks'>, tracks: string): CatalogueRecord {
  return { ...head, tracks: tracks.split(' | ').map((line) => readTrack(line.trim(), head)) };
}

function readTrack(line: string, { artist: by, title: on, genre }: Omit<CatalogueRecord, 'tracks'>): CatalogueTrack {
  const timed = /^(.*) (\d+):(\d\d)$/.exec(line);
  const credited = (timed?.[1] ?? line).split(' – ');
  const title = credited.at(-1)!;
  const [shortest, longest] = LENGTHS[genre] ?? [150, 300];
  const seconds = timed
    ? Number(timed[2]) * 60 + Number(timed[3])
    : Math.round(shortest + chance(by + on + title) * (longest - shortest));
  return { title, seconds, ...(credited.length > 1 ? { artist: credited[0]! } : {}) };
}
