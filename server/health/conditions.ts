import type { HealthCondition } from '#shared/sync/healthCondition.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { BackgroundLoop } from '../kit/background/loop.ts';
import { type Clock, nowSeconds } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import type { Flaw } from '../library/api/probe.ts';
import type { UnavailableCode } from '../library/api/unavailable.ts';
import { type DiskHealth, diskHealth } from './disk.ts';
import type { TrackerHealth } from './tracker.ts';

/** How often conditions are checked; what the database and the tracker report themselves is announced at once. Milliseconds. */
const LOOK_MS = 5_000;
/** What changes all the time is announced in steps, so that nobody is notified of the same again and again. */
const STEP_BYTES = 10_000_000;
const STEP_SECONDS = 60;

/**
 * What a person should know of the server on any page, the gravest first. Backups and services are in the household's document, which
 * every device has.
 *
 * @param unavailable why the database cannot be written to. @param flaw what is wrong with its files. @param now seconds since the epoch.
 */
export function conditionsOf(
  {
    unavailable,
    flaw = null,
    disk,
    tracker,
  }: { unavailable: UnavailableCode | null; flaw?: Flaw | null; disk: DiskHealth; tracker: TrackerHealth },
  now: number,
): HealthCondition[] {
  const conditions: HealthCondition[] = flaw === null ? [] : [{ code: `database-${flaw}` }];
  if (unavailable === 'disk-full' || disk.code === 'full') conditions.push({ code: 'disk-full' });
  if (unavailable === 'disk-failing') conditions.push({ code: 'disk-failing' });
  if (unavailable === 'database-busy') conditions.push({ code: 'database-busy' });
  if (tracker.code === 'unread' || tracker.code === 'frozen')
    conditions.push({ code: 'tracker-frozen', since: floorTo(STEP_SECONDS, now - (tracker.lagSeconds ?? 0)) });
  if (disk.code === 'low' && unavailable !== 'disk-full')
    conditions.push({ code: 'disk-low', freeBytes: floorTo(STEP_BYTES, disk.freeBytes ?? 0) });
  return conditions;
}

const floorTo = (step: number, value: number): number => Math.floor(value / step) * step;

interface ConditionDependencies {
  library: Pick<Library, 'file' | 'availability' | 'probe'>;
  tracker: () => TrackerHealth;
  clock: Clock;
  log: Log;
  /** Called when the conditions are others than before. */
  notify: (event: StreamEvent) => void;
  /** How the library's disk is. */
  look?: (file: string) => Promise<DiskHealth>;
}

/** Keeps what pages show of the server's condition up to date, also where nothing can be written any more. */
export function watchConditions({ library, tracker, clock, log, notify, look = diskHealth }: ConditionDependencies): {
  readonly event: StreamEvent;
  /** The tracker may be otherwise. */ lookAgain: () => void;
  start: () => void;
  stop: () => Promise<void>;
} {
  let disk: DiskHealth | null = null;
  let conditions: HealthCondition[] = [];
  const event = (): StreamEvent => ({ event: 'health', data: { conditions } });

  function update(unavailable: UnavailableCode | null): void {
    if (disk === null) return;
    const found = conditionsOf(
      { unavailable, flaw: library.probe.flaw(), disk, tracker: tracker() },
      nowSeconds(clock),
    );
    if (JSON.stringify(found) === JSON.stringify(conditions)) return;
    conditions = found;
    notify(event());
  }
  const lookAgain = () => update(library.availability.unavailable?.code ?? null);
  library.availability.onChange((unavailable) => update(unavailable?.code ?? null));
  const loop = new BackgroundLoop({
    name: 'conditions',
    clock,
    log,
    async round() {
      disk = await look(library.file);
      lookAgain();
      return LOOK_MS;
    },
  });
  return {
    get event() {
      return event();
    },
    lookAgain,
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}
