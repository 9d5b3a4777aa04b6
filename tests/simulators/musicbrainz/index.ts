import { createHash } from 'node:crypto';
import { findRecords, type Knowledge } from '../catalogue/lookup.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import type { Fault } from '../kit/faults.ts';
import { PictureShelf } from '../kit/pictures.ts';
import { RateWindow } from '../kit/rateWindow.ts';
import { startSimulatorServer } from '../kit/simulatorServer.ts';

export interface MusicBrainzSimulatorOptions {
  /** Default: any free port. */
  port?: number;
  /** Default: everything it is asked for. */
  knows?: Knowledge;
  /** One request in this time passes, others get 503. Default 1000, as the real one; 0 for no limit. */
  intervalMs?: number;
  /** Whether the archive has a front of the record. Default: of all but those whose title holds "Coverless". */
  hasCover?: (record: Pick<CatalogueRecord, 'artist' | 'title'>) => boolean;
  /** Milliseconds since the epoch. Default: the real time. */
  now?: () => number;
}

/** A simulated MusicBrainz and Cover Art Archive at one address. */
export interface MusicBrainzSimulator {
  /** For `MUSICBRAINZ_URL`. */
  readonly url: string;
  /** For `COVERART_URL`. */
  readonly coverArtUrl: string;
  readonly port: number;
  readonly requests: readonly SimulatedRequest[];
  readonly pictures: PictureShelf;
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

/** An MBID that is the same for the same name. */
export function mbidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const TOO_FAST =
  'Your requests are exceeding the allowable rate limit. Please see http://wiki.musicbrainz.org/XMLWebService for more information.';

/** Starts a simulated MusicBrainz on loopback. */
export async function startMusicBrainzSimulator(
  options: MusicBrainzSimulatorOptions = {},
): Promise<MusicBrainzSimulator> {
  const { knows = 'everything', intervalMs = 1000, now = Date.now } = options;
  const { hasCover = ({ title }) => !title.includes('Coverless') } = options;
  const window = new RateWindow(1, intervalMs, now);
  const pictures = new PictureShelf();
  const fronts = new Map<string, CatalogueRecord>();
  if (knows !== 'everything') knows.forEach(remember);

  function remember(record: CatalogueRecord): { group: string; release: string } {
    const key = `${record.artist}\n${record.title}`;
    const [group, release] = [mbidOf(`group ${key}`), mbidOf(`release ${key}`)];
    fronts.set(group, record).set(release, record);
    return { group, release };
  }

  function credit({ artist }: CatalogueRecord): unknown[] {
    const parts = artist.split(' & ');
    return parts.map((name, at) => ({
      name,
      joinphrase: at < parts.length - 1 ? ' & ' : '',
      artist: { id: mbidOf(name), name, 'sort-name': name },
    }));
  }

  function searched(request: SimulatedRequest, entity: 'release-group' | 'release'): SimulatedAnswer {
    const query = request.query.get('query') ?? '';
    const field = (name: string) =>
      new RegExp(`\\b${name}:"((?:[^"\\\\]|\\\\.)*)"`).exec(query)?.[1]?.replace(/\\(.)/g, '$1') ?? '';
    const title = field(entity === 'release' ? 'release' : 'releasegroup');
    const found = findRecords(knows, { artist: field('artist'), title }).slice(
      0,
      Number(request.query.get('limit') ?? 25),
    );
    const entries = found.map((record, at) => {
      const { group, release } = remember(record);
      const alike = { score: Math.max(0, 100 - at * 15), title: record.title, 'artist-credit': credit(record) };
      return entity === 'release-group'
        ? {
            ...alike,
            id: group,
            'primary-type': 'Album',
            'first-release-date': at % 2 === 0 ? String(record.year) : `${record.year}-05`,
          }
        : {
            ...alike,
            id: release,
            date: `${record.year}-05-02`,
            'release-group': { id: group, 'primary-type': 'Album' },
          };
    });
    return {
      json: { created: new Date(now()).toISOString(), count: entries.length, offset: 0, [`${entity}s`]: entries },
    };
  }

  /** An edition with what it holds: every track on one carrier. */
  function edition(mbid: string): SimulatedAnswer | undefined {
    const record = fronts.get(mbid);
    if (!record || mbid !== remember(record).release) return undefined;
    const tracks = record.tracks.map(({ title, seconds }, at) => ({
      id: mbidOf(`track ${title}`),
      position: at + 1,
      number: String(at + 1),
      title,
      length: seconds > 0 ? seconds * 1000 : null,
    }));
    return {
      json: {
        id: mbid,
        title: record.title,
        date: String(record.year),
        media: [{ position: 1, 'track-count': tracks.length, tracks }],
      },
    };
  }

  function webService(request: SimulatedRequest): SimulatedAnswer {
    const complain = (status: number, error: string): SimulatedAnswer => ({
      status,
      json: { error, help: 'For usage, please see: https://musicbrainz.org/development/mmd' },
    });
    const agent = request.headers['user-agent'] ?? '';
    if (!/[^\s@]+@[^\s@]+|https?:\/\//.test(agent))
      return complain(403, 'Your User-Agent does not say how to reach you.');
    if (intervalMs > 0 && !window.take().allowed) return complain(503, TOO_FAST);
    if (request.query.get('fmt') !== 'json')
      return { text: '<?xml version="1.0"?><metadata/>', headers: { 'content-type': 'application/xml' } };
    const [, mbid] = /^release\/([0-9a-f-]{36})$/.exec(request.path.slice('/ws/2/'.length)) ?? [];
    if (mbid !== undefined) return edition(mbid) ?? complain(404, 'Not Found');
    if ((request.query.get('query') ?? '') === '')
      return complain(400, 'The given parameters do not match any available query type for this resource.');
    const entity = request.path.slice('/ws/2/'.length);
    return entity === 'release-group' || entity === 'release' ? searched(request, entity) : complain(404, 'Not Found');
  }

  /** Redirects to wherever the picture is, as the archive does. */
  function front(path: string): SimulatedAnswer {
    const [, mbid, width] = /^\/release(?:-group)?\/([^/]+)\/front(?:-(250|500|1200))?$/.exec(path) ?? [];
    if (mbid === undefined || !/^[0-9a-f-]{36}$/.test(mbid)) return { status: 400, text: 'Invalid MBID' };
    const record = fronts.get(mbid);
    if (!record || !hasCover(record)) return { status: 404, text: 'No cover art found' };
    return {
      status: 307,
      headers: {
        location: pictures.cover(
          `mbid-${mbid}`,
          `${record.artist} ${record.title}`,
          Number(width ?? 1200),
          record.cover,
        ),
      },
    };
  }

  const server = await startSimulatorServer({
    port: options.port ?? 0,
    async handle(request) {
      if (request.path.startsWith('/ws/2/')) return webService(request);
      return (await pictures.answer(request)) ?? front(request.path);
    },
  });
  pictures.opensAt(server.url);

  return {
    url: `${server.url}/ws/2`,
    coverArtUrl: server.url,
    port: server.port,
    requests: server.requests,
    pictures,
    fault: (fault) => server.fault(fault),
    clearFaults: () => server.clearFaults(),
    close: () => server.close(),
  };
}
