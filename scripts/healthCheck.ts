/**
 * `node build/commands/health-check.js`: exits with 0 when the server of these settings is ready, and with 1 and one line that says why
 * when it is not, does not answer in time, or is not there. Reads the same environment and config folder as the server.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6 } from 'node:net';
import { type Config, loadConfig } from '#server/config.ts';
import { API_BASE } from '#server/http/route.ts';

/** Shorter than what Docker waits by default. */
const PATIENCE_MS = 10_000;
/** Longer answers are not AIME's. */
const LONGEST_ANSWER = 10_000;

/** Where the server listens on this machine: one that listens on every address does on its own too. */
function placeOf(config: Config): { host: string; port: number } {
  const host = config.get('host');
  return {
    host: ({ '0.0.0.0': '127.0.0.1', '::': '::1' } as Record<string, string>)[host] ?? host,
    port: config.get('port'),
  };
}

function ask({ host, port }: ReturnType<typeof placeOf>, secure: boolean): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port,
      path: `${API_BASE}/health/ready`,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { host: `${isIPv6(host) ? `[${host}]` : host}:${port}` },
    };
    // A certificate names the server's public host, and its signer may be unknown to this machine. An address that the server can listen on is
    // this machine's own: who answers there is this machine whatever it says, and is sent no secret.
    const asked = secure ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
    asked.once('error', reject);
    asked.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (more: string) => (text += more.slice(0, LONGEST_ANSWER - text.length)));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.once('error', reject);
    });
    asked.end();
  });
}

async function main(): Promise<void> {
  const config = loadConfig();
  const place = placeOf(config);
  if (place.port === 0) throw new Error('AIME_PORT is 0: the server takes any free port, and nobody knows which');
  const { status, text } = await ask(place, config.get('tls.cert') !== undefined);
  const answer = `${status} ${text.replace(/\s+/g, ' ').slice(0, 300)}`;
  if (status !== 200) throw new Error(`The server is not ready: ${answer}`);
  if (!saysReady(text)) throw new Error(`Another program answers there: ${answer}`);
}

function saysReady(text: string): boolean {
  try {
    return (JSON.parse(text) as { ready?: unknown } | null)?.ready === true;
  } catch {
    return false;
  }
}

main().then(
  () => console.log('ready'),
  (error: unknown) => {
    const { message, code } = error as Error & { code?: string };
    console.error(message || code || 'The server does not answer');
    process.exitCode = 1;
  },
);
