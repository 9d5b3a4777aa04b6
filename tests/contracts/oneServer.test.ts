import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { programHome, type Served } from './programHome.ts';

/** Nobody can have two servers write one library: not by removing the lock, and not where the first is too slow to put it back. */
const home = programHome();
const { run, serve } = home;
const lock = () => join(home.dataDir, 'server.lock');
let made = 0;
const addRecord = async (server: Served): Promise<number> => {
  const id = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const { status, json } = await server.ask('POST', '/sync/intents/push', [
    {
      newDocumentState: {
        id: id(),
        deviceId: '00000000-0000-4000-8000-0000000000aa',
        number: made,
        madeAt: Date.now(),
        intent: {
          kind: 'add-record',
          alias: id(),
          title: `Title ${made}`,
          artists: ['Hanna Vell'],
          year: null,
          support: null,
        },
      },
    },
  ]);
  expect([200, 503], JSON.stringify(json)).toContain(status);
  return status;
};
const albums = async (server: Served) => (await server.get<{ albums: number }>('/counts')).albums;

test('a lock that somebody removes is put back, and a second server and a restore are refused', async () => {
  const first = await serve();
  expect(await addRecord(first)).toBe(200);
  rmSync(lock());
  const refused = await Promise.all([
    (await run('server/main')).ended,
    (await run('commands/restore', ['nothing.zip'])).ended,
  ]);
  expect(refused.map(({ code }) => code)).toEqual([1, 1]);
  expect(first.program.output()).toContain('folder.lock-put-back');
  expect(await addRecord(first)).toBe(200);
  expect(await albums(first)).toBe(2);
});

test('a server that was held up while another began says so and stops: nothing that either confirmed is lost', async () => {
  const first = await serve();
  expect(await addRecord(first)).toBe(200);
  first.program.child.kill('SIGSTOP');
  rmSync(lock());
  const second = await serve();
  for (let times = 0; times < 3; times += 1) expect(await addRecord(second)).toBe(200);
  const late = addRecord(first).catch(() => 0);
  first.program.child.kill('SIGCONT');
  expect(await late).not.toBe(200);
  expect(await first.program.ended).toMatchObject({ code: 1 });
  expect(first.program.output()).toMatch(/Another .* has taken the library in .* This one stops/);
  expect(await addRecord(second)).toBe(200);
  expect(await albums(second)).toBe(5);
  await second.kill();
  expect(await albums(await serve())).toBe(5);
});

test('a lock that is removed with everything else is held again with what is put back', async () => {
  const first = await serve();
  expect(await addRecord(first)).toBe(200);
  rmSync(home.dataDir, { recursive: true });
  while ((await first.ask('GET', '/counts')).status !== 503) await pause(20);
  while ((await first.ask('GET', '/counts')).status === 503) await pause(50);
  expect(existsSync(lock())).toBe(true);
  expect(await (await run('server/main')).ended).toMatchObject({ code: 1 });
  expect(await albums(first)).toBe(1);
});
