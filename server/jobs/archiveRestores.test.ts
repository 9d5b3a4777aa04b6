import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import type { Progress } from '#shared/sync/stream.ts';
import { silentLog } from '../kit/log.ts';
import type { Archive } from '../library/api/archive.ts';
import { ArchiveRestores } from './archiveRestores.ts';

type Restore = Archive['restore'];
const WORK = 'archive:2019.jsonl.gz';
const REVIVED = { listens: 3, recorded: 2 } as Awaited<ReturnType<Restore>>;

function restoresForTest(restore: Restore) {
  const published: Progress[] = [];
  const restores = new ArchiveRestores({
    archive: { restore } as Archive,
    clock: new SimulatedClock('2026-01-10T00:00:00Z'),
    log: silentLog,
    publish: (progress) => void published.push(progress),
  });
  return { restores, published };
}

const ended = (restores: ArchiveRestores) => expect.poll(() => restores.running()).toEqual([]);

test('a restore announces how far it is and what it brought back, and whoever asks again joins it', async () => {
  let calls = 0;
  const { restores, published } = restoresForTest(async (_name, _pace, onProgress) => {
    calls += 1;
    await Promise.resolve();
    onProgress?.(2, 4);
    return REVIVED;
  });
  restores.begin('2019.jsonl.gz');
  restores.begin('2019.jsonl.gz');
  expect(restores.running()).toEqual(['2019.jsonl.gz']);
  await ended(restores);
  expect(calls).toBe(1);
  expect(published).toEqual([
    { work: WORK, state: 'running', done: 2, total: 4 },
    { work: WORK, state: 'done', done: 5, total: 5 },
  ]);
  restores.begin('2019.jsonl.gz');
  await ended(restores);
  expect(calls).toBe(2);
});

test('a restore that fails says why', async () => {
  const { restores, published } = restoresForTest((_name, _pace, onProgress) => {
    onProgress?.(2, 4);
    return Promise.reject(new Error('The file is torn'));
  });
  restores.begin('2019.jsonl.gz');
  await ended(restores);
  expect(published.at(-1)).toEqual({
    work: WORK,
    state: 'failed',
    done: 0,
    total: null,
    message: 'The file is torn',
    problem: { code: 'internal' },
  });
});

test('the end of the process cancels what is going, and waits for its end', async () => {
  let isOver = false;
  const { restores, published } = restoresForTest(
    (_name, { signal }) =>
      new Promise((_resolve, reject) =>
        signal!.addEventListener('abort', () =>
          setImmediate(() => {
            isOver = true;
            reject(new Error('aborted'));
          }),
        ),
      ),
  );
  restores.begin('2019.jsonl.gz');
  await restores.close();
  expect(isOver).toBe(true);
  expect(restores.running()).toEqual([]);
  expect(published).toEqual([
    {
      work: WORK,
      state: 'cancelled',
      done: 0,
      total: null,
      message: 'The server is stopping',
      problem: { code: 'internal' },
    },
  ]);
});
