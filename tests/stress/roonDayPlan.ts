import { catalogue } from '#tests/simulators/catalogue/catalogue.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import type { SimulatedTrack as LastfmTrack } from '#tests/simulators/lastfm/playHistory.ts';
import type { SimulatedTrack as RoonTrack } from '#tests/simulators/roon/index.ts';

/** One play of the day, in the words of both who will report it. */
export interface PlannedPlay {
  zone: string;
  roon: RoonTrack & { length: number };
  lastfm: LastfmTrack;
  /** Seconds of silence before it. */
  pause: number;
  /** Seconds from its end to when Last.fm hears of it: at once, or hours later. */
  delay: number;
  /** Seconds by which Last.fm's stamp of its start is off. */
  skew: number;
}

export interface DayOptions {
  plays: number;
  zones: readonly string[];
  /** Lengths of the tracks, in seconds. */
  seconds: readonly [shortest: number, longest: number];
  /** The longest a scrobble is on its way. */
  longestDelay: number;
  seed: number;
}

/** Invents a day: every zone its own records, some tracks twice in a row, each service with its own spelling. */
export function planDay({ plays, zones, seconds, longestDelay, seed }: DayOptions): PlannedPlay[] {
  const chance = new SeededChance(seed);
  const records = zones.map((_, zone) => catalogue.filter((_record, index) => index % zones.length === zone));
  const last = new Map<string, PlannedPlay>();
  return Array.from({ length: plays }, (_, index) => {
    const zone = zones[index % zones.length]!;
    const before = last.get(zone);
    const isRepeat = before !== undefined && chance.happens(0.1);
    const spelt = isRepeat
      ? before
      : { ...spellings(chance, records[index % zones.length]!, chance.whole(...seconds)) };
    const play: PlannedPlay = {
      zone,
      roon: spelt.roon,
      lastfm: spelt.lastfm,
      pause: chance.whole(1, 6),
      delay: chance.happens(0.7) ? chance.whole(1, 30) : chance.whole(30, longestDelay),
      skew: chance.whole(-3, 8),
    };
    last.set(zone, play);
    return play;
  });
}

function spellings(
  chance: SeededChance,
  records: typeof catalogue,
  length: number,
): Pick<PlannedPlay, 'roon' | 'lastfm'> {
  const record = chance.one(records);
  const track = chance.one(record.tracks);
  const artist = track.artist ?? record.artist;
  const composers = chance.happens(0.4) ? ` / ${chance.one(['Ada Quill', 'Théo Brandt', 'H. Sørensen'])}` : '';
  const dress = chance.happens(0.2) ? ' (Remastered 2011)' : '';
  const edition = chance.happens(0.15) ? ' (Deluxe Edition)' : '';
  return {
    roon: { title: track.title + dress, artists: artist + composers, album: record.title + edition, length },
    lastfm: {
      artist: artist.replace(' & ', ' and '),
      title: track.title,
      ...(chance.happens(0.1) ? {} : { album: record.title }),
    },
  };
}
