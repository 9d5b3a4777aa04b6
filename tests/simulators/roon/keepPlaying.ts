import { setTimeout as sleep } from 'node:timers/promises';
import { shelf } from '../catalogue/catalogue.ts';
import { coverPicture } from '../catalogue/covers.ts';
import { SeededChance } from '../catalogue/random.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import { asPlayed } from '../lastfm/asPlayed.ts';
import type { SimulatedPlay } from '../lastfm/playHistory.ts';
import type { SimulatedCore } from './core.ts';
import type { SimulatedTrack } from './zone.ts';

interface KeepPlayingOptions {
  /** Names of the zones, each with records of its own. */
  zones: readonly string[];
  /** The zone whose plays Roon also scrobbles, and where to. */
  scrobbles?: { zone: string; to: (play: SimulatedPlay) => void };
  seed?: number;
}

const PICTURE_PIXELS = 600;
const PAUSE_MS = 20_000;

/**
 * Lets a household go on listening, record after record in each zone, at the pace at which the Core lets time pass. The shelf can be
 * browsed too.
 * @returns what ends it; zones go on with what they play.
 */
export function keepZonesPlaying(
  core: SimulatedCore,
  { zones, scrobbles, seed = Date.now() }: KeepPlayingOptions,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  core.albums.push(
    ...shelf.map((record) => ({
      title: record.title,
      artist: record.artist,
      tracks: record.tracks.map((_, index) => roonTrack(record, index)),
    })),
  );

  const play = async (name: string, chance: SeededChance) => {
    const zone = core.zone(name);
    // Not all zones begin a record at the same moment.
    let first = chance.whole(0, 40);
    while (!signal.aborted) {
      const record = chance.favourite(shelf);
      const picture = record.cover && (await coverPicture(record.cover, PICTURE_PIXELS));
      if (picture) core.images.set(imageKey(record)!, { type: 'image/jpeg', bytes: picture });
      zone.play(...record.tracks.map((_, index) => roonTrack(record, index))).seek(first);
      first = 0;
      for (const track of record.tracks) {
        const startedAt = Math.floor(Date.now() / 1000) - zone.position;
        while (zone.current?.title === track.title) await sleep(500, undefined, { signal, ref: false });
        const { durationSeconds: _unsaid, ...names } = asPlayed(record, track);
        if (scrobbles?.zone === name) scrobbles.to({ playedAt: startedAt, ...names });
      }
      await sleep(PAUSE_MS, undefined, { signal, ref: false });
    }
  };

  const playing = Promise.all(
    zones.map((name, index) =>
      play(name, new SeededChance(seed + index)).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      }),
    ),
  );
  return {
    async stop() {
      ending.abort();
      await playing;
    },
  };
}

const imageKey = ({ cover }: CatalogueRecord): string | undefined => cover?.replace('.svg', '');

function roonTrack(record: CatalogueRecord, index: number): SimulatedTrack {
  const { title, seconds, artist } = record.tracks[index]!;
  return { title, artists: artist ?? record.artist, album: record.title, length: seconds, imageKey: imageKey(record) };
}
