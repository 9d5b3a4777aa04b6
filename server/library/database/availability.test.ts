import Libsql from 'libsql';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { libraryForTest, listenTo } from '../testing/library.ts';
import { isDatabaseUnavailable } from '../api/unavailable.ts';

/** Another program that is in the middle of a change. @returns ends it */
function holdLock(file: string): () => void {
  const other = new Libsql(file);
  other.exec('BEGIN IMMEDIATE');
  let held = true;
  const end = () => {
    if (held) other.close();
    held = false;
  };
  onTestFinished(end);
  return end;
}

const codeOf = (error: unknown) => (isDatabaseUnavailable(error) ? error.code : String(error));

test('while another program holds the write lock: a write says so at once, reads go on, and waiting holds up nobody', async () => {
  const { library } = libraryForTest();
  listenTo(library);
  const letGo = holdLock(library.file);
  expect(() => library.household.update({ language: 'fr' })).toThrow(/Another program is writing/);
  expect(library.reads.counts().listens).toBe(1);
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  const waited = library.availability.written(() => library.household.update({ language: 'fr' })).then(() => 'written');
  await sleep(150);
  expect(turns).toBeGreaterThan(2);
  letGo();
  expect(await waited).toBe('written');
  clearInterval(turning);
  expect(library.household.get().language).toBe('fr');
});

test('waiting has an end, for patience and for who asked', async () => {
  const { library } = libraryForTest();
  holdLock(library.file);
  expect(await library.availability.writable({ patienceMs: 30 }).catch(codeOf)).toBe('database-busy');
  const asked = new AbortController();
  const waiting = library.availability.writable({ signal: asked.signal }).catch((error: unknown) => String(error));
  asked.abort('gone');
  expect(await waiting).toBe('gone');
});

test('what the server notices shows at once and is written when it can be, each in its last state', async () => {
  const { library } = libraryForTest();
  const letGo = holdLock(library.file);
  library.states.set('poll', { at: 1 });
  library.states.set('poll', { at: 2 });
  library.household.note({ lovesReachLastfm: true });
  library.devices.seen('1b4e28ba-2fa1-4d25-883f-0016d3cca427', { userAgent: 'a test' });
  expect(library.states.get('poll')).toEqual({ at: 2 });
  expect(library.household.get().lovesReachLastfm).toBe(true);
  expect(library.devices.all()).toEqual([]);
  letGo();
  await expect.poll(() => library.devices.all()).toHaveLength(1);
  const other = new Libsql(library.file);
  expect(other.prepare(`SELECT state FROM service_states WHERE service = 'poll'`).all()).toEqual([
    { state: '{"at":2}' },
  ]);
  other.close();
  expect(library.feed.pull('household', 0, 10).documents).toMatchObject([{ lovesReachLastfm: true }]);
});

test('a long unavailability is reported, and its end', async () => {
  const { library } = libraryForTest();
  const notified: (string | null)[] = [];
  library.availability.onChange((unavailable) => notified.push(unavailable?.code ?? null));
  const letGo = holdLock(library.file);
  library.states.set('poll', 1);
  await expect.poll(() => notified).toEqual(['database-busy']);
  letGo();
  await expect.poll(() => notified).toEqual(['database-busy', null]);
});
