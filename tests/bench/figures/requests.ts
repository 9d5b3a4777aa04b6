import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { type Bench, median, quantile } from '../figure.ts';
import { SIZE } from '../library/inventedLibrary.ts';

const ROUNDS = 5;
const ASKED = 40;

/** Milliseconds from asking to the last byte. @throws for any answer but 200. */
async function timed(server: RunningServer, path: string): Promise<{ ms: number; text: string }> {
  const started = performance.now();
  const answer = await fetch(`${server.url}/api/v1${path}`, { headers: { 'accept-encoding': 'gzip' } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return { ms: performance.now() - started, text };
}

interface PullAnswer {
  documents: unknown[];
  checkpoint: { epoch: string; seq: number };
}

/** Pages of a thousand albums, as a fresh device pulls them. */
export const pullPages: Bench = {
  name: 'pull',
  async measure(ground) {
    const server = await ground.server();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let from = '';
      for (let pulled = 0; pulled < SIZE.albums;) {
        const { ms, text } = await timed(server, `/sync/albums/pull?limit=1000${from}`);
        const { documents, checkpoint } = JSON.parse(text) as PullAnswer;
        if (documents.length === 0) break;
        times.push(ms);
        pulled += documents.length;
        from = `&seq=${checkpoint.seq}&epoch=${checkpoint.epoch}`;
      }
    }
    return [
      {
        what: 'A pull page from the server, 1,000 albums: p95',
        value: quantile(times, 0.95),
        unit: 'ms',
        reach: 150,
        remark: `${times.length} pages; median ${median(times).toFixed(0)} ms; whole answer, compressed, decompressed by the asker`,
      },
    ];
  },
};

/** The main lists: paths as a page or a script asks for them, `N` standing for another number each time. */
const LISTS: Record<string, string> = {
  'history, first page': '/history/tracks?page=1&pageSize=50',
  'history, page deep inside': '/history/tracks?page=N000&pageSize=50',
  'history of an album': '/history/tracks?album=N',
  'history of an artist': '/history/tracks?artist=N',
  'albums by artist': '/collection/albums?sort=artist&page=N&pageSize=30',
  'albums by plays': '/collection/albums?sort=plays&page=N&pageSize=30',
  'albums of a decade': '/collection/albums?decade=1970&page=N',
  'one album': '/collection/albums/N',
  artists: '/collection/artists?page=N',
  'one artist': '/collection/artists/N',
};

export const lists: Bench = {
  name: 'rest',
  async measure(ground) {
    const server = await ground.server();
    const slowest: { list: string; p95: number }[] = [];
    const all: number[] = [];
    for (const [list, path] of Object.entries(LISTS)) {
      const times: number[] = [];
      for (let number = 1; number <= ASKED; number += 1) {
        const place = path.includes('N000') ? String(1 + (number % 5)) : String(1 + ((number * 7) % 60));
        times.push((await timed(server, path.replace('N', place))).ms);
      }
      all.push(...times);
      slowest.push({ list, p95: quantile(times, 0.95) });
    }
    slowest.sort((one, other) => other.p95 - one.p95);
    return [
      {
        what: `REST p95 of ${slowest.length} main lists`,
        value: quantile(all, 0.95),
        unit: 'ms',
        remark: slowest.map(({ list, p95 }) => `${list} ${p95.toFixed(0)}`).join(', '),
      },
    ];
  },
};
