import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { silentLog } from '../kit/log.ts';
import { DatabaseUnavailable, type UnavailableCode } from '../library/api/unavailable.ts';
import { conditionsOf, watchConditions } from './conditions.ts';
import type { DiskHealth } from './disk.ts';
import type { TrackerHealth } from './tracker.ts';

const NOW = 1_700_000_000;
const enough: DiskHealth = { state: 'ok', code: 'enough', freeBytes: 9e9, totalBytes: 1e12 };
const low: DiskHealth = { state: 'warning', code: 'low', freeBytes: 347_123_456, totalBytes: 1e12 };
const full: DiskHealth = { state: 'failing', code: 'full', freeBytes: 4_096, totalBytes: 1e12 };
const following: TrackerHealth = { state: 'ok', code: 'following', lagSeconds: 3, intervalSeconds: 150 };
const unread: TrackerHealth = { state: 'warning', code: 'unread', lagSeconds: 70, intervalSeconds: 150 };
const frozen: TrackerHealth = { state: 'failing', code: 'frozen', lagSeconds: 900, intervalSeconds: 150 };

test.each([
  [null, enough, following, []],
  [null, enough, { ...frozen, state: 'warning', code: 'late' }, []],
  [null, enough, { ...following, code: 'off', lagSeconds: null }, []],
  [null, enough, frozen, [{ code: 'tracker-frozen', since: NOW - 900 - ((NOW - 900) % 60) }]],
  [null, enough, unread, [{ code: 'tracker-frozen', since: NOW - 70 - ((NOW - 70) % 60) }]],
  [null, low, following, [{ code: 'disk-low', freeBytes: 340_000_000 }]],
  [null, full, following, [{ code: 'disk-full' }]],
  ['disk-full', low, following, [{ code: 'disk-full' }]],
  ['disk-failing', enough, following, [{ code: 'disk-failing' }]],
  [
    'database-busy',
    low,
    frozen,
    [
      { code: 'database-busy' },
      { code: 'tracker-frozen', since: NOW - 900 - ((NOW - 900) % 60) },
      { code: 'disk-low', freeBytes: 340_000_000 },
    ],
  ],
] as [UnavailableCode | null, DiskHealth, TrackerHealth, unknown[]][])(
  'a database that is %s, %j and %j',
  (unavailable, disk, tracker, conditions) => {
    expect(conditionsOf({ unavailable, disk, tracker }, NOW)).toEqual(conditions);
  },
);

test('a file that is damaged, or whose log is gone, comes before all else', () => {
  for (const flaw of ['damaged', 'log-gone'] as const)
    expect(conditionsOf({ unavailable: null, flaw, disk: full, tracker: following }, NOW)).toEqual([
      { code: `database-${flaw}` },
      { code: 'disk-full' },
    ]);
});

test('what begins and what is over is announced once each, that of the database at once', async () => {
  const clock = new SimulatedClock(NOW * 1000);
  const notified: string[] = [];
  let disk = enough;
  let unavailable: DatabaseUnavailable | null = null;
  let tracker = following;
  let flaw: 'damaged' | null = null;
  let changed = (_unavailable: DatabaseUnavailable | null): void => undefined;
  const codes = ({ data }: StreamEvent) =>
    (data as { conditions: { code: string }[] }).conditions.map(({ code }) => code).join(' ') || 'nothing';
  const watch = watchConditions({
    library: {
      file: '/nowhere/musique.db',
      probe: { flaw: () => flaw } as never,
      availability: {
        get unavailable() {
          return unavailable;
        },
        onChange: (listener: typeof changed) => void (changed = listener),
      } as never,
    },
    tracker: () => tracker,
    clock,
    log: silentLog,
    notify: (event) => notified.push(codes(event)),
    look: () => Promise.resolve(disk),
  });
  expect(codes(watch.event)).toBe('nothing');
  watch.start();
  await sleep(0);
  disk = { ...low };
  await clock.pass(15_000);
  disk = { ...low, freeBytes: low.freeBytes! - 1_000 };
  await clock.pass(15_000);
  expect(notified).toEqual(['disk-low']);
  expect(codes(watch.event)).toBe('disk-low');
  changed((unavailable = new DatabaseUnavailable('database-busy')));
  expect(notified).toEqual(['disk-low', 'database-busy disk-low']);
  changed((unavailable = null));
  disk = enough;
  await clock.pass(15_000);
  expect(notified.slice(2)).toEqual(['disk-low', 'nothing']);
  flaw = 'damaged';
  await clock.pass(15_000);
  flaw = null;
  await clock.pass(15_000);
  expect(notified.slice(4)).toEqual(['database-damaged', 'nothing']);
  tracker = unread;
  watch.lookAgain();
  expect(notified.slice(6)).toEqual(['tracker-frozen']);
  await watch.stop();
});
