import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { waitLimitMs } from './pace.ts';

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly configDir: string;
  readonly pid: number;
  /** Everything it printed so far, both streams. */
  output(): string;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Ends it as a service manager does. @returns its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same data, port and settings; for after `kill` or `stop`. */
  restart(environment?: Record<string, string>): Promise<RunningServer>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
  /** Asks the API below /api/v1; the answer's JSON. */
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  send(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
}

interface Place {
  port: number;
  dataDir: string;
  configDir: string;
  environment: Record<string, string>;
}

/** When something that was waited for is given up: beyond what a busy machine needs, since no test asserts a time. */
export const LIMIT_MS = waitLimitMs();

/** Nobody listens there: what is not simulated in a test stays unreachable at once. */
const NOWHERE = 'http://127.0.0.1:9';

/** Starts the built server as a process of its own, on a data folder of its own, with nothing of this process's settings. */
export async function startServer(environment: Record<string, string> = {}): Promise<RunningServer> {
  const home = mkdtempSync(join(tmpdir(), 'aime-server-'));
  return launch({ port: await freePort(), dataDir: join(home, 'data'), configDir: join(home, 'config'), environment });
}

async function launch(place: Place): Promise<RunningServer> {
  await untilFilesClosed();
  const { port, dataDir, configDir } = place;
  const child = spawn(process.execPath, ['--enable-source-maps', 'build/server/main.js'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      AIME_PORT: String(port),
      AIME_DATA_DIR: dataDir,
      AIME_CONFIG_DIR: configDir,
      AIME_TIMEZONE: 'Europe/Zurich',
      MUSICBRAINZ_URL: NOWHERE,
      COVERART_URL: NOWHERE,
      // It holds its answers against their endpoints.
      NODE_ENV: 'development',
      ...place.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await ready(child, () => output);
  const url = `http://127.0.0.1:${port}`;
  const token = place.environment['AIME_TOKEN'];
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    port,
    dataDir,
    configDir,
    pid: child.pid!,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    restart: (more = {}) => launch({ ...place, environment: { ...place.environment, ...more } }),
    async dispose() {
      if (child.exitCode === null) await end('SIGKILL');
      rmSync(join(dataDir, '..'), { recursive: true, force: true });
    },
    async get<T>(path: string) {
      const ask = () => fetch(`${url}/api/v1${path}`, { headers });
      // A keep-alive connection breaks when its server is killed: asked once more, on a new one.
      const answer = await ask().catch(ask);
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    send: (method, path, body) => askJson(url, headers, { method, path, body }),
  };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!output().includes('AIME is ready on')) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The server did not come up:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until something holds, asking again and again. @throws with the last answer when it does not within the limit. */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  holds: (answer: T) => boolean,
  limitMs = LIMIT_MS,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`Waited in vain for ${what}; last: ${JSON.stringify(answer)?.slice(0, 1_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a server says of its own health, with the answer's status: 503 while it is not ready. */
export async function healthOf({ send }: Pick<RunningServer, 'send'>): Promise<{ status: number; said: string }> {
  const { status, json } = await send('GET', '/health');
  return { status, said: (json as { status: string }).status };
}

/** A request of the API. @returns the answer whatever its status; its body, which must be JSON or empty, as `json`. */
export async function askJson(
  url: string,
  headers: Record<string, string>,
  { method, path, body }: { method: string; path: string; body?: unknown },
): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
}
