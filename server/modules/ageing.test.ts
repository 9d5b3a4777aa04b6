import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTATION_RETENTION_DAYS } from '#shared/mutations/document.ts';
import { silentLog } from '../kit/log.ts';
import { openLibrary } from '../library/index.ts';
import { applied, DEVICE, libraryForTest, listenTo, START } from '../library/testing/library.ts';
import { createAgeingModule } from './ageing.ts';

const DAY = 86_400;

/** A library with one thing said, and a server of it that is started and ended at given moments, seconds since the epoch. */
function served() {
  const { library, folder } = libraryForTest();
  const { file } = library;
  listenTo(library);
  applied(library, { kind: 'love-track', trackId: 1, loved: true });
  library.close();
  const asleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
  let retained = 1;
  return {
    retained: () => retained,
    async startAt(at: number) {
      const clock = { now: () => at * 1000, elapsed: () => 0, sleep: asleep };
      const opened = openLibrary({
        file,
        backupsDir: join(folder, 'backups'),
        clock,
        log: silentLog,
        timeZone: 'Europe/Paris',
      });
      const module = createAgeingModule({ library: opened, clock, log: silentLog });
      module.start();
      await module.close();
      retained = opened.feed
        .pull('intents', 0, 10, { device: DEVICE })
        .documents.filter(({ _deleted }) => !_deleted).length;
      opened.close();
    },
  };
}

test('what is retained some days is retained by a server whose clock begins earlier at each start', async () => {
  const { retained, startAt } = served();
  for (let start = 0; start <= MUTATION_RETENTION_DAYS; start += 1) await startAt(START - start * 600);
  expect(retained()).toBe(1);
});

test('nor does it count days when its clock is put right after each start', async () => {
  const { retained, startAt } = served();
  for (let start = 0; start < MUTATION_RETENTION_DAYS; start += 1) {
    await startAt(DAY);
    await startAt(START + start * 600);
  }
  expect(retained()).toBe(1);
});

test('a day is counted at the first start of each', async () => {
  const { retained, startAt } = served();
  for (let day = 1; day <= MUTATION_RETENTION_DAYS; day += 1) await startAt(START + day * DAY);
  expect(retained()).toBe(0);
});
