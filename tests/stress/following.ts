import { randomUUID } from 'node:crypto';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { inventListener } from '#tests/simulators/lastfm/listener.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { totalOf } from './journalOf.ts';

/** A simulated Last.fm with an invented listener's plays of the last two weeks, up to an hour ago. */
export async function recentListener(invention: { years: number; seed: number }) {
  const now = Math.floor(Date.now() / 1000);
  const { plays } = inventListener({ until: now - 3_600, ...invention });
  return startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: plays.filter(({ playedAt }) => playedAt > now - 14 * 86_400),
  });
}

/** A server that follows a simulated Last.fm every second, with the plays of some days in its journal already. */
export async function startFollowing(seed: number, environment: Record<string, string> = {}) {
  const lastfm = await recentListener({ years: 0.02, seed });
  const server = await startServer({
    ...followsLastfm(lastfm),
    ...environment,
  });
  await until(
    'the first poll',
    () => totalOf(server),
    (total) => total === lastfm.plays.length,
  );
  const began = Math.floor(Date.now() / 1000);
  let heard = 0;
  return {
    lastfm,
    server,
    /** Somebody listens to one more track. */
    hear: () =>
      lastfm.scrobble({ playedAt: began - 3_000 + (heard += 1), artist: 'Kombinat 7', title: `Meanwhile ${heard}` }),
    caughtUp: () =>
      until(
        'the plays that came meanwhile',
        () => totalOf(server),
        (total) => total === lastfm.plays.length,
      ),
    async dispose() {
      await server.dispose();
      await lastfm.close();
    },
  };
}

/** A device's pushes: each is one love, sent again until it is taken. */
export class Lover {
  readonly #server: RunningServer;
  readonly #deviceId = randomUUID();
  readonly accepted: string[] = [];
  /** Answers of 500 and above that are no 503 with a code and a time to come back. */
  serverErrors = 0;
  refusals = 0;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  rows(count: number, trackId: number): { newDocumentState: { id: string } & Record<string, unknown> }[] {
    return Array.from({ length: count }, (_, index) => {
      const number = this.accepted.length + index + 1;
      return {
        newDocumentState: {
          id: randomUUID(),
          deviceId: this.#deviceId,
          number,
          madeAt: Date.now(),
          intent: { kind: 'love-track', trackId, loved: number % 2 === 0 },
          _deleted: false,
        },
      };
    });
  }

  async push(rows: ReturnType<Lover['rows']>): Promise<number> {
    const answer = await fetch(`${this.#server.url}/api/v1/sync/intents/push`, {
      method: 'POST',
      body: JSON.stringify(rows),
    });
    const text = await answer.text();
    if (answer.status === 200) this.accepted.push(...rows.map(({ newDocumentState: { id } }) => id));
    else if (answer.status === 503 && answer.headers.has('retry-after') && text.includes('"code"')) this.refusals += 1;
    else if (answer.status >= 500) this.serverErrors += 1;
    else throw new Error(`${answer.status} ${text}`);
    return answer.status;
  }

  /** @returns how many of those that were answered with 200 the server does not know, and how many it has twice. */
  async missing(server: RunningServer): Promise<{ lost: number; doubled: number }> {
    const known: string[] = [];
    for (let seq = 0, full = true; full;) {
      const answer = await server.get<{ documents: { id: string }[]; checkpoint: { seq: number } }>(
        `/sync/intents/pull?seq=${seq}&limit=500&device=${this.#deviceId}`,
      );
      known.push(...answer.documents.map(({ id }) => id));
      full = answer.documents.length === 500;
      seq = answer.checkpoint.seq;
    }
    const there = new Set(known);
    return { lost: this.accepted.filter((id) => !there.has(id)).length, doubled: known.length - there.size };
  }
}

export const aTrack = async (server: RunningServer): Promise<number> =>
  (await server.get<{ items: { track: { id: number } }[] }>('/history/tracks?pageSize=1')).items[0]!.track.id;

/** Asks for something to read again and again until it is stopped. @returns how often, and how often that failed. */
export function readOn(server: RunningServer): { stop(): Promise<{ asked: number; failed: number }> } {
  let [asked, failed, on] = [0, 0, true];
  const reading = (async () => {
    while (on) {
      asked += 1;
      const status = await fetch(`${server.url}/api/v1/history/tracks?pageSize=20`).then(
        (answer) => answer.text().then(() => answer.status),
        () => 0,
      );
      if (status !== 200) failed += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      on = false;
      await reading;
      return { asked, failed };
    },
  };
}
