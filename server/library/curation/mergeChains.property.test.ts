import fc from 'fast-check';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { repeated } from '#tests/kit/pace.ts';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, listenTo, START, playlistDocument } from '../testing/library.ts';

const heard = fc.record({
  artist: fc.constantFrom('Okra', 'Leek', 'Salsify', 'Chard', 'Okra feat. Leek', 'Chard feat. Okra'),
  album: fc.constantFrom(undefined, undefined, 'Cellar', 'Cellar', 'Attic'),
  albumArtist: fc.constantFrom(undefined, undefined, undefined, 'Leek', 'Various'),
  title: fc.constantFrom('Stew', 'Soup', 'Broth'),
});

const step = fc.record({
  of: fc.constantFrom('artist' as const, 'artist' as const, 'album' as const),
  undo: fc.nat({ max: 9 }).map((chance) => chance < 4),
  one: fc.nat({ max: 99 }),
  other: fc.nat({ max: 99 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function rows<T extends unknown[]>(library: Library, query: string): T[] {
  const db = new Libsql(library.file);
  try {
    return db.prepare(query).raw().all() as T[];
  } finally {
    db.close();
  }
}

const CREDIT = (of: 'track' | 'album', id: string) =>
  `(SELECT group_concat(name || ' ' || position, ', ' ORDER BY position, name) FROM ${of}_artist JOIN artists ON artists.id = artist_id WHERE ${of}_id = ${id})`;
const TRACK = `tracks.title, ${CREDIT('track', 'tracks.id')}, (SELECT title FROM albums WHERE albums.id = album_id), ${CREDIT('album', 'album_id')}`;

/** Everything that is there, by names and moments: each row once, so that none is too many. */
const snapshotOf = (library: Library) => ({
  artists: rows(library, 'SELECT name FROM artists ORDER BY name'),
  albums: rows(library, `SELECT title, ${CREDIT('album', 'albums.id')}, rating, note FROM albums ORDER BY 1, 2`),
  tracks: rows(library, `SELECT ${TRACK}, loved, plays FROM tracks ORDER BY 1, 2, 3, 4`),
  listens: rows(
    library,
    `SELECT timestamp, ${TRACK}, listening_history.note FROM listening_history JOIN tracks ON tracks.id = track_id ORDER BY 1`,
  ),
  places: rows(library, `SELECT entry, ${TRACK} FROM playlist_tracks JOIN tracks ON tracks.id = track_id ORDER BY 1`),
  histories: rows(library, `SELECT subject, text, rating FROM revisions ORDER BY 1, 2`),
});

const merged = (library: Library, of: Step['of']) =>
  rows<[from: number, into: number]>(
    library,
    of === 'artist'
      ? 'SELECT former_id, artist_id FROM artist_aliases ORDER BY 1'
      : `SELECT former_id, album_id FROM album_merges WHERE reason = 'by-hand' ORDER BY 1`,
  );

const said = (library: Library, mutation: Parameters<typeof applied>[1]) =>
  expect(applied(library, mutation)).toMatchObject({ state: 'applied' });

function take(library: Library, { of, undo, one, other }: Step): void {
  const parts = merged(library, of);
  if (undo) {
    if (parts.length === 0) return;
    const [from, into] = parts[one % parts.length]!.map(String) as [string, string];
    return void said(library, { kind: `split-${of}`, from, into });
  }
  const ids = rows<[number]>(library, `SELECT id FROM ${of}s ORDER BY id`).map(([id]) => String(id));
  const [from, into] = [ids[one % ids.length]!, ids[other % ids.length]!];
  if (from !== into) said(library, { kind: `merge-${of}s`, from, into });
}

it('whatever is merged and split again, in any order, is as it was: nothing is another’s, nothing is left over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(heard, { minLength: 3, maxLength: 9 }),
      fc.array(step, { minLength: 2, maxLength: 8 }),
      fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 5 }),
      async (plays, steps, order) => {
        const { library, close } = libraryForTest();
        try {
          plays.forEach((play, index) => listenTo(library, { ...play, playedAt: START + index * 900 }));
          for (const [id] of rows<[number]>(library, 'SELECT id FROM albums WHERE id % 2 = 0')) {
            said(library, { kind: 'rate-album', albumId: String(id), rating: 1 + (id % 5) });
            said(library, { kind: 'note-album', albumId: String(id), note: `of ${id}` });
          }
          const tracks = rows<[number]>(library, 'SELECT id FROM tracks ORDER BY id').map(([id]) => id);
          for (const trackId of tracks.filter((id) => id % 3 === 0))
            said(library, { kind: 'love-track', trackId, loved: true });
          const entries = tracks.map((trackId, index) => ({
            entry: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
            trackId,
          }));
          library.playlists.put(playlistDocument({ name: 'All', entries }));
          const before = snapshotOf(library);
          for (const one of steps) {
            take(library, one);
            expectSound(library.file);
          }
          for (let index = 0; ; index += 1) {
            const parts = (['artist', 'album'] as const).flatMap((of) =>
              merged(library, of).map(([from, into]) => ({ of, from: String(from), into: String(into) })),
            );
            if (parts.length === 0) break;
            const { of, from, into } = parts[order[index % order.length]! % parts.length]!;
            said(library, { kind: `split-${of}`, from, into });
            expectSound(library.file);
          }
          expect(snapshotOf(library)).toEqual(before);
        } finally {
          close();
          await untilFilesClosed();
        }
      },
    ),
    { ...repeated(16, 6), seed: 1 },
  );
});
