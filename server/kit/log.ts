import { cut } from '#shared/text/cut.ts';
import { withoutSecrets } from './redacted.ts';

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
export function createLog(
  secrets: () => readonly string[] = () => [],
  write: (line: string) => void = console.log,
): Log {
  const emit =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      const hidden = secrets();
      // Each text by itself: within the line a quote or a backslash of a secret would be written otherwise.
      const masked = (_name: string, value: unknown) =>
        typeof value === 'string' ? withoutSecrets(value, hidden) : value;
      const about = JSON.stringify({ at: new Date().toISOString(), level, event });
      const said = JSON.stringify(plain(fields), masked);
      write(said === '{}' ? about : `${about.slice(0, -1)},${said.slice(1)}`);
    };
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
