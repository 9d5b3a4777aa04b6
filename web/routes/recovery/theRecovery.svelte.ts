import { beginAnew, getRecovery, type RecoveryStatus, restoreLostLibrary } from '#shared/api/recovery.ts';
import { api, ApiError, type Sync } from '$lib/library/index.ts';

/** An older server that knows of no loss names no file. */
type RecoveryState = Omit<RecoveryStatus, 'file'> & { file: string | null };
type Work = NonNullable<RecoveryStatus['working']>;

/** Milliseconds between two questions. */
const PAUSE = 2_000;
/** A restore opens and checks the whole backup. */
const RESTORE_TIMEOUT = 120_000;

let answer = $state.raw<RecoveryState>();
let unreachable = $state(false);
/** What the server was asked to do. */
let submitting = $state<Work | null>(null);
let wrong = $state.raw<ApiError>();

/** The server's own recovery: asked while the page that offers it is open. */
export const theRecovery = {
  /** Undefined until the server has answered. */
  get state(): RecoveryState | undefined {
    return answer;
  },
  get unreachable(): boolean {
    return unreachable;
  },
  /** What the server does about it now. */
  get working(): Work | null {
    return submitting ?? answer?.working ?? null;
  },
  /** Why the last command was refused. */
  get wrong(): ApiError | undefined {
    return wrong;
  },

  /** Asks again and again. @returns ends it. */
  watch(sync: Sync): () => void {
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const look = async () => {
      await this.load(sync);
      if (!ended) timer = setTimeout(() => void look(), PAUSE);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  },

  /** Asks once. @param sync tries again at once where the server has a library again. */
  async load(sync: Sync): Promise<void> {
    try {
      const before = answer?.state;
      answer = await api(getRecovery).catch(knowsOfNone);
      unreachable = false;
      if (answer.state === 'none') {
        if (before !== 'none') sync.retry();
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // While the library is swapped behind the open port, nothing may answer for a moment.
      unreachable = true;
    }
  },

  restore: (name: string, sync: Sync) =>
    submit('restore', sync, () =>
      api(restoreLostLibrary, { body: { name, ...abandoning() } }, { timeout: RESTORE_TIMEOUT }),
    ),
  beginAnew: (sync: Sync) =>
    submit('begin-anew', sync, () =>
      api(beginAnew, { body: { confirm: 'begin-anew', ...abandoning() } }, { timeout: RESTORE_TIMEOUT }),
    ),
};

/** What the page shows is given up knowingly; what has begun since it was asked is not. */
const abandoning = () => (answer?.rebuilding ? { abandon: answer.rebuilding.deviceId } : {});

/** A server that cannot be asked this serves its library. */
function knowsOfNone(error: unknown): RecoveryState {
  if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
  return {
    state: 'none',
    loss: null,
    reason: null,
    message: null,
    file: null,
    formerLife: null,
    backups: [],
    rebuilding: null,
    working: null,
    failure: null,
  };
}

async function submit(what: Work, sync: Sync, command: () => Promise<unknown>): Promise<void> {
  wrong = undefined;
  submitting = what;
  try {
    await command();
    await theRecovery.load(sync);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    wrong = error;
  } finally {
    submitting = null;
  }
}
