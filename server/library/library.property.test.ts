import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ListenSource } from '#shared/journal/listen.ts';
import { repetitions } from '#tests/kit/pace.ts';
import type { Library, ScrobbleInput } from './contract.ts';
import { expectSound } from './testing/invariants.ts';
import { applied, Device, libraryForTest, newUuid, play, replicaOf, START } from './testing/library.ts';

const ARTISTS = ['Okra', 'okra', 'Okra feat. Leek', 'Leek', 'Salsify & the Roots'];
const TITLES = ['Stew', 'stew', 'Soup', 'Soup (Live)', 'Broth'];
const ALBUMS = ['Kitchen Songs', 'Kitchen songs', 'Cellar', undefined];
const SOURCES: ListenSource[] = ['lastfm', 'roon', 'import'];

const report = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    slot: fc.integer({ min: 0, max: 12 }),
    late: fc.integer({ min: 0, max: 90 }),
    artist: fc.constantFrom(...ARTISTS),
    title: fc.constantFrom(...TITLES),
    album: fc.constantFrom(...ALBUMS),
  })
  .map(({ source, slot, late, artist, title, album }): ScrobbleInput => {
    // The slots reach over the end of a month.
    const playedAt = START + 16 * 86_400 + slot * 3600 * 3 + late;
    return play({ source, playedAt, artist, title, album, durationSeconds: 200, sourceKey: `${slot}|${title}|${album}` });
  });

type Step = (library: Library) => void;
const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const at = fc.nat({ max: 50 });

const listens = (library: Library) => library.reads.listens({ page: 1, pageSize: 200 }).items;
const albums = (library: Library) => library.reads.albums({ page: 1, pageSize: 200 }).items;
const artists = (library: Library) => library.reads.artists({ page: 1, pageSize: 200 }).items;
const deleted: number[] = [];
const groups: string[] = [];
const merged: [number, number][] = [];
const split: { listenId: number; scrobbleId: number }[] = [];

const steps: fc.Arbitrary<Step>[] = [
  fc.array(report, { minLength: 1, maxLength: 6 }).map((reports) => (library) => void library.scrobbles.record(reports)),
  fc.tuple(at, report).map(([index, corrected]) => (library) => {
    const known = pick(library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined) library.scrobbles.correct(known.id, { ...corrected, source: 'lastfm', sourceKey: known.sourceKey, playedAt: known.playedAt });
  }),
  fc.tuple(at, fc.boolean()).map(([index, gone]) => (library) => {
    const known = pick(library.scrobbles.between('lastfm', 0, 1e11), index);
    if (known !== undefined) library.scrobbles.markGone([known.id], gone);
  }),
  at.map((index) => (library) => {
    const listen = pick(listens(library), index);
    if (listen === undefined) return;
    deleted.push(listen.id);
    applied(library, { kind: 'delete-listen', listenId: listen.id });
  }),
  at.map((index) => (library) => void applied(library, { kind: 'restore-listen', listenId: pick(deleted, index) ?? 0 })),
  fc.tuple(at, fc.boolean()).map(([index, loved]) => (library) => {
    const listen = pick(listens(library), index);
    if (listen !== undefined) applied(library, { kind: 'love-track', trackId: listen.track.id, loved });
  }),
  fc.tuple(fc.constantFrom(...ARTISTS), fc.constantFrom(...TITLES), fc.boolean()).map(([artist, title, loved]) => (library) => void library.loves.seenUpstream({ artist, title }, loved)),
  fc.tuple(at, at).map(([one, other]) => (library) => {
    const [first, second] = [pick(listens(library), one), pick(listens(library), other)];
    if (first === undefined || second === undefined) return;
    merged.push([first.id, second.id]);
    applied(library, { kind: 'merge-listens', listenIds: [first.id, second.id] });
  }),
  at.map((index) => (library) => void applied(library, { kind: 'part-listens', listenIds: pick(merged, index) ?? [0, 1] })),
  fc.tuple(at, at).map(([index, witness]) => (library) => {
    const listen = pick(listens(library), index);
    if (listen === undefined) return;
    split.push({ listenId: listen.id, scrobbleId: pick(listen.witnesses, witness)?.id ?? 0 });
    applied(library, { kind: 'split-listen', ...split.at(-1)! });
  }),
  at.map((index) => (library) => void applied(library, { kind: 'rejoin-listen', ...(pick(split, index) ?? { listenId: 0, scrobbleId: 0 }) })),
  fc.tuple(at, at).map(([index, slot]) => (library) => {
    const listen = pick(listens(library), index);
    if (listen === undefined) return;
    groups.push(newUuid());
    applied(library, { kind: 'add-listens', group: groups.at(-1)!, playedAt: START + 16 * 86_400 + slot * 3600, tracks: [{ trackId: listen.track.id }, { trackId: listen.track.id }] });
  }),
  at.map((index) => (library) => void applied(library, { kind: 'remove-listens', group: pick(groups, index) ?? newUuid() })),
  fc.tuple(at, fc.string()).map(([index, note]) => (library) => {
    const listen = pick(listens(library), index);
    if (listen !== undefined) applied(library, { kind: 'note-listen', listenId: listen.id, note });
  }),
  fc.tuple(at, fc.integer({ min: 0, max: 5 })).map(([index, rating]) => (library) => {
    const album = pick(albums(library), index);
    if (album !== undefined) applied(library, { kind: 'rate-album', albumId: String(album.id), rating });
  }),
  fc.tuple(at, at).map(([one, other]) => (library) => {
    const [from, into] = [pick(albums(library), one), pick(albums(library), other)];
    if (from !== undefined && into !== undefined) applied(library, { kind: 'merge-albums', from: String(from.id), into: String(into.id) });
  }),
  fc.tuple(at, at).map(([index, which]) => (library) => {
    const album = pick(albums(library).filter(({ merged }) => merged !== undefined), index);
    if (album !== undefined) applied(library, { kind: 'split-album', from: pick(album.merged!, which)!.id, into: String(album.id) });
  }),
  fc.tuple(at, at).map(([one, other]) => (library) => {
    const [from, into] = [pick(artists(library), one), pick(artists(library), other)];
    if (from !== undefined && into !== undefined) applied(library, { kind: 'merge-artists', from: String(from.id), into: String(into.id) });
  }),
  at.map((index) => (library) => {
    const artist = pick(artists(library).filter(({ aliases }) => aliases?.some(({ id }) => id !== undefined)), index);
    const former = artist?.aliases?.find(({ id }) => id !== undefined)?.id;
    if (artist !== undefined && former !== undefined) applied(library, { kind: 'split-artist', from: former, into: String(artist.id) });
  }),
];

it('stays sound, and a device that pulls now and then ends up with what a fresh one gets', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof({ arbitrary: steps[0]!, weight: 4 }, ...steps.slice(1)), fc.boolean()), { minLength: 1, maxLength: 25 }), (script) => {
      deleted.length = 0;
      groups.length = 0;
      merged.length = 0;
      split.length = 0;
      const { library, close } = libraryForTest();
      const device = new Device();
      for (const [step, syncs] of script) {
        step(library);
        if (syncs) device.sync(library);
      }
      device.sync(library);
      expectSound(library.file);
      expect(new Map([...device.documents].sort())).toEqual(new Map([...replicaOf(library)].sort()));
      close();
    }),
    { numRuns: repetitions(40, 10) },
  );
});

it('believes the same whatever order the reports arrive in', () => {
  const shown = (library: Library) =>
    listens(library)
      .map(({ playedAt, source, track, album, artists: credited, witnesses }) => ({
        playedAt,
        source,
        title: track.title.toLowerCase(),
        album: album?.title.toLowerCase(),
        artist: credited[0]?.name.toLowerCase(),
        witnesses: witnesses.map((witness) => `${witness.source} ${witness.playedAt} ${witness.title}`).sort(),
      }))
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  fc.assert(
    fc.property(
      fc.uniqueArray(report, { minLength: 2, maxLength: 10, selector: ({ source, sourceKey }) => `${source} ${sourceKey}` }),
      fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
      fc.integer({ min: 1, max: 5 }),
      (reports, keys, size) => {
        const one = libraryForTest();
        one.library.scrobbles.record(reports);
        const other = libraryForTest();
        const shuffled = reports.map((item, index) => ({ item, key: keys[index]! })).sort((a, b) => a.key - b.key).map(({ item }) => item);
        for (let from = 0; from < shuffled.length; from += size) other.library.scrobbles.record(shuffled.slice(from, from + size));
        expect(shown(other.library)).toEqual(shown(one.library));
        one.close();
        other.close();
      },
    ),
    { numRuns: repetitions(40, 10) },
  );
});
