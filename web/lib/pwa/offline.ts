/** Why a browser would not take the service worker: it does not trust the server's certificate, a setting forbids it, or its files did not come. */
export type WorkerRefusal = 'certificate' | 'blocked' | 'unreachable';

/** What the page knows of the app's own files on this device. */
export interface ShellFacts {
  /** A secure context: HTTPS, or the machine itself. */
  secure: boolean;
  /** The browser has service workers here. */
  workers: boolean;
  refusal: WorkerRefusal | null;
  /** A service worker is installed. */
  active: boolean;
  /** It answers for this very page. */
  controlled: boolean;
  /** The app's files that are here, of how many it has; null while they are not counted. */
  files: { here: number; of: number } | null;
}

/** What it knows of the library's copy. */
export interface CopyFacts {
  /** It outlives the window; null until the replica is open. */
  isPersisted: boolean | null;
  failure: 'quota-exceeded' | 'storage-lost' | 'replica-failed' | null;
  /** Everything has arrived once. */
  complete: boolean;
  /** 0–100, of what is being fetched. */
  progress: number;
  /** The server answers. */
  online: boolean;
  /** The server's library is another one, and waits to be taken or not. */
  held: boolean;
  /** Documents from the server that this version cannot read. */
  unreadable: number;
  /** When both were last the same, milliseconds since the epoch. */
  asOf: number | null;
}

export type OfflineFacts = ShellFacts & CopyFacts;

/**
 * Whether AIME opens here without a network, and with everything; else the first thing that stands in the way. Each kind has its
 * sentence, `offline.<kind>`, which says what is missing and what to do.
 */
export type OfflineState =
  | {
      kind:
        | 'works'
        | 'checking'
        | 'http'
        | 'unsupported'
        | 'certificate'
        | 'blocked'
        | 'unreachable'
        | 'starting'
        | 'past'
        | 'refused'
        | 'full'
        | 'lost'
        | 'failed'
        | 'incomplete'
        | 'held';
    }
  | { kind: 'since'; at: number }
  | { kind: 'files'; here: number; of: number }
  | { kind: 'torn'; n: number }
  | { kind: 'arriving' | 'behind'; percent: number }
  | { kind: 'unreadable'; n: number };

/** Reads the facts; the one place that decides whether "works offline" may be said. */
export function offlineState(facts: OfflineFacts): OfflineState {
  return whyNeverHere(facts) ?? whyNotTheApp(facts) ?? whyNotTheLibrary(facts) ?? works(facts);
}

/** What waiting does not help against. */
function whyNeverHere({ secure, workers, isPersisted, failure }: OfflineFacts): OfflineState | null {
  if (!secure) return { kind: 'http' };
  if (!workers) return { kind: 'unsupported' };
  if (isPersisted === false) return { kind: 'refused' };
  if (failure === 'quota-exceeded') return { kind: 'full' };
  if (failure === 'storage-lost') return { kind: 'lost' };
  if (failure === 'replica-failed') return { kind: 'failed' };
  return null;
}

function whyNotTheApp({ refusal, active, controlled, files }: OfflineFacts): OfflineState | null {
  if (!controlled && refusal !== null) return { kind: refusal };
  if (!controlled && active) return { kind: 'past' };
  if (!controlled) return files === null ? { kind: 'starting' } : { kind: 'files', ...files };
  if (files === null) return { kind: 'checking' };
  return files.here < files.of ? { kind: 'torn', n: files.of - files.here } : null;
}

function whyNotTheLibrary({
  isPersisted,
  complete,
  progress,
  online,
  held,
  unreadable,
}: OfflineFacts): OfflineState | null {
  if (isPersisted === null) return { kind: 'checking' };
  if (!complete) return online ? { kind: 'arriving', percent: progress } : { kind: 'incomplete' };
  if (held) return { kind: 'held' };
  if (unreadable > 0) return { kind: 'unreadable', n: unreadable };
  return online && progress < 100 ? { kind: 'behind', percent: progress } : null;
}

const works = ({ online, asOf }: OfflineFacts): OfflineState =>
  online || asOf === null ? { kind: 'works' } : { kind: 'since', at: asOf };

/** How browsers word that they do not trust a certificate. */
const OF_CERTIFICATE = /certificat|\bssl\b|\btls\b/i;
/** How they name that a setting forbids it: cookies blocked, a private window, a policy. */
const FORBIDDEN: readonly string[] = ['SecurityError', 'NotSupportedError', 'InvalidStateError'];

/** Reads what registering a service worker was refused with. Anything else means that its files did not come, or not whole. */
export function refusalOf(error: unknown): WorkerRefusal {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  if (OF_CERTIFICATE.test(message)) return 'certificate';
  return FORBIDDEN.includes(name) ? 'blocked' : 'unreachable';
}
