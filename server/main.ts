import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, loadConfig } from './config.ts';
import { Front } from './front.ts';
import { listen } from './http/listen.ts';
import { systemClock } from './kit/clock.ts';
import { catchTheRest } from './kit/lastResort.ts';
import { createLog } from './kit/log.ts';
import { stopOnSignals } from './kit/stopping.ts';
import { DataFolder, DataFolderInUse, FolderNotAllowed, rightsMissing, restorePlan } from './library/index.ts';
import { asUnavailable, isDatabaseUnavailable } from './library/api/unavailable.ts';
import { recoveryMessage, restoreFailedMessage } from './recovery/terminalMessages.ts';

/** How long what is being answered may take when the server stops. */
const GRACE_MS = 10_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** Everything from the configuration to the open library; stops cleanly on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(() => config.secretTexts());
  const host = config.get('host');
  const token = config.get('token');
  if (!LOOPBACK.includes(host) && !token) {
    throw new ConfigError(
      'host',
      `AIME_HOST is ${host}, but without an access token AIME only answers this machine. Set AIME_TOKEN, or leave AIME_HOST at 127.0.0.1.`,
    );
  }
  const [cert, key] = [config.get('tls.cert'), config.get('tls.key')];
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigError('tls', 'AIME_TLS_CERT and AIME_TLS_KEY go together');

  const closed = rightsMissing(config.directory);
  if (closed !== null) console.error(`Settings cannot keep keys and tokens in ${config.directory}. ${closed}`);
  const restored = restorePlan(config.get('dataDir'), config.directory).carryOut();
  if (restored) log[restored.succeeded ? 'info' : 'error']('restore', restored);
  if (restored?.succeeded === false) console.error(restoreFailedMessage(restored.name, restored.said));
  const folder = new DataFolder(config.get('dataDir'), (message) => console.error(message));
  const giveUp = (error: Error) => {
    console.error(error.message);
    process.exit(1);
  };
  const front = new Front({ config, log, clock: systemClock, folder, webRoot: webRoot(), giveUp });
  // Reading a large library, and an update that changes it, take their time: whoever asks meanwhile is answered so.
  const open = await listen(front, { host, port: config.get('port'), ...(cert && key ? { tls: { cert, key } } : {}) });
  await front.open();
  catchTheRest(log, () => process.exit(1));
  front.start();
  stopOnSignals(log, [() => front.endStreams(), () => open.close(GRACE_MS), () => front.close(), () => folder.letGo()]);
  const sayReady = async () => {
    const { recovery } = front;
    if (recovery !== null) console.log(recoveryMessage(await recovery.status(), open.url));
    console.log(`AIME is ready on ${open.url}${recovery === null ? '' : ', to bring the library back'}`);
  };
  const { waiting } = front;
  if (waiting === null) await sayReady();
  else {
    console.log(`AIME waits on ${open.url} for the library. ${waiting.reason}`);
    void waiting.opened.then((opened) => (opened ? sayReady() : undefined));
  }
}

/** The built pages: beside the bundle, or in build/web when run from the sources. */
function webRoot(): string {
  const beside = join(import.meta.dirname, '..', 'web');
  return existsSync(join(beside, 'index.html')) ? beside : resolve('build', 'web');
}

main().catch((error: unknown) => {
  const { message } = error as Error;
  const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const unavailable = asUnavailable(error);
  const isExpected =
    error instanceof ConfigError ||
    error instanceof DataFolderInUse ||
    error instanceof FolderNotAllowed ||
    busy ||
    isDatabaseUnavailable(unavailable);
  if (isDatabaseUnavailable(unavailable)) console.error(`${unavailable.message} (${message}).`);
  else
    console.error(
      busy ? `${message}. Another program, perhaps AIME itself, uses this port: stop it, or set AIME_PORT.` : message,
    );
  if (!isExpected) console.error((error as Error).stack);
  process.exit(1);
});
