import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../kit/log.ts';
import { listenTo, START, openIn } from '../testing/library.ts';

it('a listen that no page can hold is left out and reported; the others of its page are pulled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-journal-'));
  const logged: [string, unknown][] = [];
  const log = { ...silentLog, error: (event: string, fields?: object) => void logged.push([event, fields]) };
  const library = openIn(folder, { log });
  onTestFinished(() => {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const [near, far] = [
    listenTo(library, { playedAt: START }),
    listenTo(library, { playedAt: START + 900, title: 'Brann' }),
  ];
  const db = new Libsql(library.file);
  db.exec(
    `PRAGMA foreign_keys = OFF; UPDATE tracks SET id = ${2 ** 40} WHERE title = 'Brann'; UPDATE listening_history SET track_id = ${2 ** 40} WHERE id = ${far}`,
  );
  db.close();
  expect(library.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 1, i: [near] }]);
  expect(logged).toMatchObject([['journal.listens-left-out', { page: '2023-11', listens: [far] }]]);
});
