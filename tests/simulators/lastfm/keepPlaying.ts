import { setTimeout as sleep } from 'node:timers/promises';
import { shelf } from '../catalogue/catalogue.ts';
import { SeededChance } from '../catalogue/random.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import { asPlayed } from './asPlayed.ts';
import type { SimulatedPlay, SimulatedTrack } from './playHistory.ts';

/** Where the plays go: a simulated Last.fm, or whatever stands for one. */
interface PlaysInto {
  setNowPlaying(track: SimulatedTrack | null): void;
  scrobble(play: SimulatedPlay): boolean;
}

interface KeepPlayingOptions {
  /** How long a track lasts. Default 20 to 40 s: short, so that one can watch; the stamps are real. */
  seconds?: readonly [least: number, most: number];
  /** Silence after a record. Default 10 to 30 s. */
  pauseSeconds?: readonly [least: number, most: number];
  /** Default: the shelf. */
  records?: readonly CatalogueRecord[];
  seed?: number;
  /** Called with each play as it is scrobbled. */
  onScrobble?: (play: SimulatedPlay) => void;
}

/**
 * Lets the invented person go on listening, record after record: each track is now playing from its start and scrobbled at its end.
 * @returns what ends it; the track that sounds is then neither playing nor scrobbled.
 */
export function keepPlaying(sim: PlaysInto, options: KeepPlayingOptions = {}): { stop(): Promise<void> } {
  const { seconds = [20, 40], pauseSeconds = [10, 30], records = shelf, onScrobble } = options;
  const chance = new SeededChance(options.seed ?? Date.now());
  const ending = new AbortController();
  const within = ([least, most]: readonly [number, number]) => (least + chance.next() * (most - least)) * 1000;
  // It must not keep a process alive that has nothing else to do.
  const wait = (range: readonly [number, number]) =>
    sleep(within(range), undefined, { signal: ending.signal, ref: false });

  const play = async () => {
    while (!ending.signal.aborted) {
      const record = chance.favourite(records);
      for (const { durationSeconds: _real, ...track } of record.tracks.map((track) => asPlayed(record, track))) {
        const playedAt = Math.floor(Date.now() / 1000);
        sim.setNowPlaying(track);
        await wait(seconds);
        const heard = { playedAt, ...track };
        sim.scrobble(heard);
        onScrobble?.(heard);
      }
      sim.setNowPlaying(null);
      await wait(pauseSeconds);
    }
  };

  const playing = play().catch((error: unknown) => {
    sim.setNowPlaying(null);
    if (!ending.signal.aborted) throw error;
  });
  return {
    async stop() {
      ending.abort();
      await playing;
    },
  };
}
