import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Analysis } from '#shared/analytics/analysis.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { loadConfig } from '#server/config.ts';
import { openApp } from '#server/app.ts';
import { createHttpApp } from '#server/http/app.ts';
import { type Clock, systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import type { Library } from '#server/library/api/library.ts';

export const ZONE = 'Europe/Zurich';
const NOWHERE = 'http://127.0.0.1:9';

export interface Answer {
  status: number;
  json: never;
  text: string;
  headers: Headers;
}
export interface TestApp {
  library: Library;
  /** Asks the API below /api/v1. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get<T = Record<string, never>>(path: string): Promise<T>;
  /** What `fetch` is in a page that comes from this server. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** What the event stream has sent since the first call. */
  events(): Promise<StreamEvent[]>;
  /** What a device that replicated everything counts and draws from. */
  replica(): Analysis;
  /** Ends the app before the test does, so that its file can be looked at. */
  close(): Promise<void>;
  /** The whole app again on the same data, as after a restart. */
  restart(environment?: Record<string, string>): Promise<TestApp>;
}

/** The whole app on a library of its own, without ports; it is closed when the test ends. */
export async function openTestApp(
  environment: Record<string, string> = {},
  home = mkdtempSync(join(tmpdir(), 'aime-reading-')),
  clock: Clock = systemClock,
): Promise<TestApp> {
  const config = loadConfig({
    AIME_DATA_DIR: join(home, 'data'),
    AIME_CONFIG_DIR: join(home, 'config'),
    AIME_TIMEZONE: ZONE,
    MUSICBRAINZ_URL: NOWHERE,
    COVERART_URL: NOWHERE,
    ...environment,
  });
  const server = await openApp({ config, log: silentLog, clock });
  const app = createHttpApp({
    routes: server.routes,
    library: server.library,
    token: undefined,
    corsOrigins: [],
    webRoot: join(home, 'web'),
    log: silentLog,
    gauges: server.gauges,
  });
  server.start();
  let open = true;
  const close = async () => {
    if (open) await server.close();
    open = false;
  };
  onTestFinished(async () => {
    await close();
    rmSync(home, { recursive: true, force: true });
  });

  const ask: TestApp['ask'] = async (method, path, body, headers = {}) => {
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = (
      /json/.test(answer.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : null
    ) as never;
    return { status: answer.status, json, text, headers: answer.headers };
  };
  let received: StreamEvent[] | null = null;
  return {
    fetch: async (path, init) => app.request(path, init),
    library: server.library,
    ask,
    async get(path: string) {
      const { status, json, text } = await ask('GET', path);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${text}`);
      return json;
    },
    async events() {
      if (!received) {
        received = [];
        const answer = await app.request('/api/v1/sync/stream');
        void follow(answer.body!, received);
      }
      return received;
    },
    replica: () => replicated(server.library),
    close,
    async restart(more = {}) {
      await close();
      return openTestApp({ ...environment, ...more }, home, clock);
    },
  };
}

async function follow(body: ReadableStream<Uint8Array>, into: StreamEvent[]): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const [, event, data] = /event: (.+)\ndata: (.+)/.exec(block) ?? [];
      if (event && data) into.push({ event, data: JSON.parse(data) as never } as StreamEvent);
    }
  }
}

function replicated(library: Library): Analysis {
  const pulled = (collection: Parameters<Library['feed']['pull']>[0]) =>
    library.feed.pull(collection, 0, 100_000).documents.filter(({ _deleted }) => !_deleted) as unknown[];
  return new Analysis({
    journal: JournalColumns.fromPages(pulled('journal') as JournalPage[]),
    library: LibraryIndex.from(pulled('albums') as AlbumDocument[], pulled('artists') as ArtistDocument[]),
    rollups: pulled('rollups') as MonthlyRollup[],
    calendar: createCalendar(library.household.get().timeZone),
  });
}

export interface SomeRecord {
  title: string;
  artist: string;
  year?: number;
  support?: string;
  genres?: string[];
  label?: string;
  tracks: string[];
}

let releases = 900_000;

/** Records on the shelf, as an import from Discogs leaves them. @returns the albums' ids. */
export function own(library: Library, records: readonly SomeRecord[]): number[] {
  const credit = (name: string) => [{ discogsId: null, name, creditedAs: '', join: '' }];
  const { albumIds } = library.shelf.takeCopies(
    records.map(({ title, artist, year = null, support = 'Vinyl', genres = [], label }) => ({
      instanceId: String((releases += 1)),
      folderId: null,
      dateAdded: releases,
      rating: 0,
      notes: [],
      format: support,
      release: {
        discogsId: String(releases),
        masterId: null,
        title,
        year,
        support,
        artists: credit(artist),
        labels: label ? [{ name: label, catalogueNumber: null }] : [],
        genres,
        styles: [],
        formats: [],
        coverUrl: null,
        discogsUrl: `https://www.discogs.com/release/${releases}`,
      },
    })),
    'pass',
  );
  albumIds.forEach((albumId, index) => {
    const { tracks, year = null } = records[index]!;
    const lines = tracks.map((title, at) => ({
      kind: null,
      position: `A${at + 1}`,
      title,
      durationSeconds: 180 + at,
      artists: [],
    }));
    library.shelf.writeDetails(albumId, { tracks: lines, imageUrls: [], year });
  });
  return albumIds;
}

export interface SomePlay {
  at: number;
  artist: string;
  title: string;
  album?: string;
  loved?: boolean;
}

/** Plays as Last.fm reports them. */
export function hear(library: Library, plays: readonly SomePlay[]): void {
  library.scrobbles.record(
    plays.map(({ at, artist, title, album, loved }) => ({
      source: 'lastfm',
      sourceKey: `${at}|${artist}|${title}`,
      playedAt: at,
      artist,
      title,
      raw: {},
      ...(album !== undefined && { album }),
      ...(loved !== undefined && { loved }),
    })),
  );
}

/** Six records by four artists, played for forty evenings. */
export const SHELF: readonly SomeRecord[] = [
  {
    title: 'Harbour Lights',
    artist: 'Ada Nordlund',
    year: 1974,
    genres: ['Jazz'],
    label: 'Phare',
    tracks: ['Low Water', 'Ferry', 'Pilot Boat', 'Lantern'],
  },
  {
    title: 'Second Tide',
    artist: 'Ada Nordlund',
    year: 1979,
    genres: ['Jazz', 'Folk'],
    label: 'Phare',
    tracks: ['Ebb', 'Flow'],
  },
  {
    title: 'Nine Small Engines',
    artist: 'Kombinat 7',
    year: 1983,
    support: 'CD',
    genres: ['Electronic'],
    label: 'Granite',
    tracks: ['Nachtschicht', 'Frühschicht', 'Pause'],
  },
  {
    title: 'Ondes courtes',
    artist: 'Hélio Braquet',
    year: 1992,
    genres: ['Chanson'],
    tracks: ['Ondes courtes', 'Minuit', 'Café fermé'],
  },
  { title: 'Persiennes', artist: 'Hélio Braquet', year: 1975, tracks: ['Persiennes', 'Août'] },
  {
    title: 'Snow Atlas',
    artist: 'Ilsa Marr',
    year: 2004,
    support: 'CD',
    genres: ['Ambient'],
    tracks: ['Index', 'Scale', 'Legend'],
  },
];

/** Fills a library with the shelf and `days` evenings of plays up to `until`, a track nobody owns among them. */
export function furnish(library: Library, until: number, days = 40): void {
  own(library, SHELF);
  const titles = SHELF.flatMap(({ title, artist, tracks }) =>
    tracks.map((track) => ({ artist, album: title, title: track })),
  );
  const plays: SomePlay[] = [];
  for (let day = 0; day < days; day += 1) {
    const begin = until - day * 86_400;
    for (let turn = 0; turn <= day % 4; turn += 1)
      plays.push({
        ...titles[(day * 5 + turn * turn) % (titles.length - 3)]!,
        at: begin + turn * 300,
        ...(day % 7 === 0 && { loved: true }),
      });
    if (day % 3 === 0)
      plays.push({
        at: begin + 2_000,
        artist: 'Ulla Brandt',
        title: day % 2 === 0 ? 'Radio Piece' : 'Other Radio Piece',
      });
  }
  hear(library, plays);
}
