import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HIGHEST_ID, LAST_ID } from '#shared/primitives/identifiers.ts';
import { applied } from '../testing/library.ts';
import { lifePlace } from '../testing/lifePlace.ts';

const home = lifePlace();
const { fileIn, open, keep, marker, listen } = home;

describe('what devices have seen', () => {
  test('raises the ids of the same library, and of no other', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    expect(library.life.seen({ libraryId: 'another', epoch, seq: 1, highest: { listening_history: id + 5_000 } })).toBe(
      false,
    );
    expect(listen(library)).toBe(id + 1);
    expect(library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: id + 5_000 } })).toBe(true);
    expect(listen(library)).toBe(id + 5_001);
    expect(library.feed.epoch).toBe(epoch);
  });

  test('beyond what an id can be is passed over, whatever table it is of: what comes next can be pulled and acted upon', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    for (const far of [2 ** 50, Number.MAX_SAFE_INTEGER, 2 ** 31]) {
      const highest = { artists: far, albums: far, tracks: far, images: far, scrobbles: far, listening_history: far };
      expect(library.life.seen({ libraryId, epoch, seq: 1, highest })).toBe(true);
    }
    expect(listen(library)).toBe(id + 1);
    expect(library.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 2 }]);
    const [row] = library.reads.listens({ page: 1, pageSize: 1 }).items;
    expect(applied(library, { kind: 'love-track', trackId: row!.track.id, loved: true })).toMatchObject({
      state: 'applied',
    });
    expect(Math.max(...Object.values(marker().highestIds))).toBeLessThan(1_000);
  });

  test('a device may be ahead by what a library that lost its watermarks leaves out, and no further at a time', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: id + 900_000 } });
    expect(listen(library)).toBe(id + 900_001);
    library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: 100_000_000 } });
    expect(listen(library)).toBe(id + 1_900_002);
  });

  test('however often it is given, thousands of further lives have ids to give', async () => {
    const library = open();
    listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: 1, highest: { tracks: HIGHEST_ID, albums: HIGHEST_ID } }, Infinity);
    for (let times = 0; times < 20; times += 1) library.life.beginAgain();
    listen(library);
    const copy = await keep(library, 'copy.db');
    for (let times = 0; times < 3; times += 1) {
      for (const name of ['musique.db', 'library.json', 'library.json.former'])
        rmSync(join(home.folder, name), { force: true });
      copyFileSync(copy, fileIn(home.folder));
      const again = open();
      listen(again);
      expect(again.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 3 + times }]);
      await keep(again, 'copy.db');
    }
    expect(LAST_ID - marker().highestIds['tracks']!).toBeGreaterThan(1_500 * 1_000_000);
  });

  test('that is ahead of this very life begins a new one', () => {
    const library = open();
    listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: library.feed.lastSeq() + 1, highest: {} });
    expect(library.feed.epoch).not.toBe(epoch);
    expect(marker().epoch).toBe(library.feed.epoch);
  });
});
