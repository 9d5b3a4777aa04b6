import { cut } from '#shared/text/cut.ts';

/** Of a text in a log line: what others sent must not fill the disk. */
const LONGEST = 2_000;

/** One line an event, as JSON when the output is not a terminal. Secrets are masked before anything is written. */
export type LogFields = Record<string, unknown>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** @param secrets texts that must never appear, whatever carries them (an URL in an error, a header). */
export function createLog(secrets: () => readonly string[] = () => [], write: (line: string) => void = console.log): Log {
  const mask = (line: string) =>
    secrets().reduce((masked, secret) => (secret.length > 3 ? masked.replaceAll(secret, '<hidden>') : masked), line);
  const emit = (level: string) => (event: string, fields: LogFields = {}) =>
    write(mask(JSON.stringify({ at: new Date().toISOString(), level, event, ...plain(fields) })));
  return { info: emit('info'), warn: emit('warn'), error: emit('error') };
}

function plain(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const said = value instanceof Error ? `${value.name}: ${value.message}` : value;
      return [key, typeof said === 'string' ? cut(said, LONGEST) : said];
    }),
  );
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };
