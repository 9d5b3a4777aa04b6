import { Analysis } from '#shared/analytics/analysis.ts';
import { firstHeard, lastHeard } from '#shared/analytics/heard.ts';
import { ALL_TIME } from '#shared/analytics/period.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { tallyArtists, tallyGroups, tallyTracks } from '#shared/analytics/tally.ts';
import { trackLengths } from '#shared/analytics/trackLengths.ts';
import type { JournalColumns } from '#shared/journal/columns.ts';
import type { Changes } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import type { JournalStore } from './journal.ts';
import type { Signal } from './signal.ts';
import type { Plays } from './types.ts';

/** Milliseconds that may be worked on end beside what a person does. */
const SLICE = 8;
const NEVER: Plays = { count: 0, firstPlayedAt: null, lastPlayedAt: null };

/** How often and when everything was heard; reckoned when asked for, and again only when the journal or the library changed. */
export class PlayCounts {
  readonly #journal: JournalStore;
  readonly #catalogue: Catalogue;
  readonly #signal: Signal;
  readonly #rollups = new Map<string, MonthlyRollup>();
  #analysis: Analysis | undefined;
  #columns: JournalColumns | undefined;

  constructor(journal: JournalStore, catalogue: Catalogue, signal: Signal) {
    this.#journal = journal;
    this.#catalogue = catalogue;
    this.#signal = signal;
  }

  /** The journal and the library as everything in shared/analytics takes them. */
  get analysis(): Analysis {
    const { columns, calendar } = this.#journal;
    this.#catalogue.signal.track();
    this.#signal.track();
    if (!this.#analysis || this.#columns !== columns || this.#analysis.calendar !== calendar) {
      this.#columns = columns;
      const rollups = [...this.#rollups.values()];
      this.#analysis = new Analysis({ journal: columns, library: this.#catalogue.index, calendar, rollups });
    }
    return this.#analysis;
  }

  /** Reckons how long tracks play whose length is unknown, before a figure asks; resolves when it is done. */
  async prepareLengths(): Promise<void> {
    const isDone = (until: number): boolean =>
      trackLengths(this.#catalogue.index).prepare(() => performance.now() > until);
    while (!isDone(performance.now() + SLICE)) await new Promise((resolve) => setTimeout(resolve));
  }

  setRollups({ documents, removed }: Changes<MonthlyRollup>): void {
    for (const id of removed) this.#rollups.delete(id);
    for (const rollup of documents) this.#rollups.set(rollup.id, rollup);
    this.#analysis = undefined;
    this.#signal.bump();
  }

  ofTrack(trackId: number): Plays {
    const { analysis } = this;
    const track = analysis.library.trackIndex(trackId);
    const count = tallyTracks(analysis, ALL_TIME).byTrack[track];
    return count ? playsOf(count, firstHeard(analysis).track[track]!, lastHeard(analysis)[track]!) : NEVER;
  }

  /** Of an album and its other pressings. */
  ofAlbum(albumId: string): Plays {
    const { analysis } = this;
    const group = this.#groupOf(albumId, analysis);
    const count = tallyGroups(analysis, ALL_TIME)[group];
    return count ? playsOf(count, firstHeard(analysis).group[group]!, lastHeardByGroup(analysis)[group]!) : NEVER;
  }

  ofArtist(artistId: string): Plays {
    const { analysis } = this;
    const artist = analysis.library.artistIndex(artistId);
    const count = tallyArtists(analysis, ALL_TIME)[artist];
    return count ? playsOf(count, firstHeard(analysis).artist[artist]!, lastHeardByArtist(analysis)[artist]!) : NEVER;
  }

  #groupOf(albumId: string, { library }: Analysis): number {
    return library.albumGroup[library.albumIndex(albumId)] ?? -1;
  }
}

function playsOf(count: number, first: number, last: number): Plays {
  return {
    count,
    firstPlayedAt: Number.isFinite(first) ? first : null,
    lastPlayedAt: Number.isFinite(last) ? last : null,
  };
}

/** −Infinity for never. */
function lastHeardByGroup(analysis: Analysis): Float64Array {
  return analysis.derive('lastHeardByGroup', () => {
    const { library } = analysis;
    return latest(analysis, library.groupAlbums.length, (track) => {
      const album = library.trackAlbum[track]!;
      return album < 0 ? [] : [library.albumGroup[album]!];
    });
  });
}

function lastHeardByArtist(analysis: Analysis): Float64Array {
  return analysis.derive('lastHeardByArtist', () =>
    latest(analysis, analysis.library.artistIds.length, (track) => analysis.library.trackArtists[track]!),
  );
}

function latest(analysis: Analysis, length: number, ownersOf: (track: number) => readonly number[]): Float64Array {
  const times = new Float64Array(length).fill(-Infinity);
  const last = lastHeard(analysis);
  for (let track = 0; track < last.length; track++) {
    if (last[track] === -Infinity) continue;
    for (const owner of ownersOf(track)) if (last[track]! > times[owner]!) times[owner] = last[track]!;
  }
  return times;
}
