import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aTrack, Lover, startFollowing } from '#tests/stress/following.ts';

/** What only executes is closed when it says so. */
const READER = `
import Libsql from 'libsql';
const db = new Libsql(process.argv[1]);
db.exec('SELECT count(*) FROM listening_history');
db.close();
`;
const readByAnother = (file: string) => execFileSync(process.execPath, ['--input-type=module', '-e', READER, file]);

test('another program that opens and closes the library takes nothing of what was answered for', async () => {
  const fixture = await startFollowing(31);
  onTestFinished(() => fixture.dispose());
  const { server } = fixture;
  const file = join(server.dataDir, 'musique.db');
  const [track, lover] = [await aTrack(server), new Lover(server)];
  const logInode = () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.ino;
  expect(await lover.push(lover.rows(1, track))).toBe(200);
  const log = logInode();
  for (let times = 0; times < 3; times += 1) {
    readByAnother(file);
    expect(logInode()).toBe(log);
    expect(await lover.push(lover.rows(2, track))).toBe(200);
    // Each answer looks at the file's place, and reads what has changed there.
    expect(await server.get('/health')).toMatchObject({ status: 'ok' });
  }
  expect(await server.send('POST', '/backups', {})).toMatchObject({ status: 201 });
  readByAnother(file);
  expect(await lover.push(lover.rows(2, track))).toBe(200);
  expect(logInode()).toBe(log);
  const { epoch } = await server.get<{ epoch: string }>('/sync/state');
  await server.kill();
  const again = await server.restart();
  onTestFinished(() => again.dispose());
  expect(await lover.missing(again)).toEqual({ lost: 0, doubled: 0 });
  expect(await again.get('/sync/state')).toMatchObject({ epoch });
});
