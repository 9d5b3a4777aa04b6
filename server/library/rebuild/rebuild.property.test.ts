import fc from 'fast-check';
import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { splitCredits } from '#shared/matching/credits.ts';
import { displayName, identityKey, textKey } from '#shared/matching/identity.ts';
import { compareReports } from '#shared/matching/sameListen.ts';
import { repeated } from '#tests/kit/pace.ts';
import type { Library } from '../api/library.ts';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { expectSound } from '../testing/invariants.ts';
import { libraryForTest, replicaOf, START } from '../testing/library.ts';
import { anyHistory, anyReport } from '../testing/anyHistory.ts';
import { holdings, ORDER } from '../testing/holdings.ts';

const documentsOf = (library: Library) =>
  new Map([...replicaOf(library)].filter(([key]) => !key.startsWith('intents:')).sort());

it('makes of what any library’s device holds a library of the very same documents', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory(),
      fc.shuffledSubarray(ORDER, { minLength: ORDER.length }),
      fc.integer({ min: 1, max: 9 }),
      async (script, order, size) => {
        const former = libraryForTest();
        former.setTime(START + 40 * 86_400);
        for (const happens of script) await happens(former.library);
        const fresh = libraryForTest();
        fresh.setTime(START + 60 * 86_400);
        for (const [collection, documents] of holdings(former.library, order)) {
          for (let from = 0; from < documents.length; from += size) {
            const { refused } = await fresh.library.rebuild.take(collection, documents.slice(from, from + size), {
              life: 'former',
            });
            expect(refused).toEqual([]);
          }
        }
        expect(await fresh.library.rebuild.settle()).toEqual([]);
        await fresh.library.followUps.run({});
        expect(documentsOf(fresh.library)).toEqual(documentsOf(former.library));
        expectSound(fresh.library.file);
        const seq = fresh.library.feed.lastSeq();
        for (const [collection, documents] of holdings(former.library, order)) {
          expect(await fresh.library.rebuild.take(collection, documents, { life: 'former' })).toMatchObject({
            taken: 0,
            known: documents.length,
          });
        }
        expect(fresh.library.feed.lastSeq()).toBe(seq);
        await fresh.library.reresolve();
        expect(documentsOf(fresh.library)).toEqual(documentsOf(former.library));
        former.close();
        fresh.close();
      },
    ),
    { ...repeated(15, 5), endOnFailure: true },
  );
});

/** What the sources reported of the plays in the journal, and of those that a person deleted, as they would report it again. */
function reportsOf(library: Library): ScrobbleInput[] {
  const db = new Libsql(library.file);
  const rows = db
    .prepare(
      `SELECT source, source_key, played_at, artist, album_artist, title, album, duration_seconds, zone FROM scrobbles
    WHERE state IN ('resolved', 'deleted') AND source <> 'manual' ORDER BY source, played_at DESC`,
    )
    .all() as Record<string, string | number | null>[];
  db.close();
  return rows.map((row) => ({
    source: row['source'] as ScrobbleInput['source'],
    sourceKey: String(row['source_key']),
    playedAt: Number(row['played_at']),
    artist: String(row['artist']),
    title: String(row['title']),
    ...(row['album'] !== null && { album: String(row['album']) }),
    ...(row['duration_seconds'] !== null && { durationSeconds: Number(row['duration_seconds']) }),
    ...(row['zone'] !== null && { zone: String(row['zone']) }),
    raw: {},
  }));
}

it('knows again what its sources report anew: nothing is doubled, no report too many', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory({ withManual: false }), fc.integer({ min: 1, max: 9 }), async (history, size) => {
      const former = libraryForTest();
      former.setTime(START + 40 * 86_400);
      for (const happens of history) await happens(former.library);
      const fresh = libraryForTest();
      fresh.setTime(START + 60 * 86_400);
      for (const [collection, documents] of holdings(former.library))
        await fresh.library.rebuild.take(collection, documents);
      const reports = reportsOf(former.library);
      for (let from = 0; from < reports.length; from += size)
        fresh.library.scrobbles.record(reports.slice(from, from + size));
      await fresh.library.followUps.run({});
      const heard = ({ library }: { library: Library }) =>
        [...documentsOf(library)].map(([key, document]) => [key, { ...(document as object), g: undefined }]);
      expect(heard(fresh)).toEqual(heard(former));
      expectSound(fresh.library.file);
      former.close();
      fresh.close();
    }),
    { ...repeated(15, 5), endOnFailure: true },
  );
});

const heardIn = (library: Library) =>
  library.reads
    .listens({ page: 1, pageSize: 200 })
    .items.map(
      ({ playedAt, track, artists }) => `${playedAt} ${track.title.toLowerCase()} ${artists[0]?.name.toLowerCase()}`,
    )
    .sort();

interface Lives {
  common: ScrobbleInput[];
  former: ScrobbleInput[];
  present: ScrobbleInput[];
}

const isOnePlay = (one: ScrobbleInput, other: ScrobbleInput) =>
  compareReports(
    { ...one, key: `${one.source}:${one.sourceKey}` },
    { ...other, key: `${other.source}:${other.sourceKey}` },
  ).same;
const trackOf = ({ artist, title }: ScrobbleInput) =>
  `${identityKey(displayName(splitCredits(artist).primary))} ${textKey(title)}`;

const namesOf = ({ artist, title, album }: ScrobbleInput) => ({ artist, title, ...(album !== undefined && { album }) });

/**
 * A device does not hold what a report said, but the track it came to: by the names of another report of the play, credited to all
 * whom any report of the track named. Where a report that only the former life had is of one play with one here by its own names, and
 * not by those, or the other way round, what there is to go by is the same for both, and nobody can know.
 */
const isUndecidable = ({ common, former, present }: Lives) => {
  const here = [...common, ...present];
  const held = [...common, ...former];
  return former
    .filter((report) => !present.includes(report))
    .some((report) =>
      held
        .filter((other) => trackOf(other) === trackOf(report) || isOnePlay(other, report))
        .map((other) => ({
          ...report,
          ...namesOf(isOnePlay(other, report) ? other : { ...report, artist: other.artist }),
        }))
        .some((asHeld) => here.some((other) => isOnePlay(report, other) !== isOnePlay(asHeld, other))),
    );
};

/** Plays of different moments or sources, and who heard of each: both lives, the former one, the present one, each by itself. */
const anyLives = fc
  .uniqueArray(anyReport, {
    maxLength: 20,
    selector: ({ source, playedAt }) => `${source} ${Math.floor(playedAt / 10_800)}`,
  })
  .chain((reports) =>
    fc.tuple(
      fc.constant(reports),
      fc.array(fc.nat({ max: 3 }), { minLength: reports.length, maxLength: reports.length }),
    ),
  )
  .map(([reports, places]) => {
    const of = (...wanted: number[]) => reports.filter((_, index) => wanted.includes(places[index]!));
    return { common: of(0), former: of(1, 3), present: of(2, 3), all: reports };
  })
  .filter((lives) => !isUndecidable(lives));

it('adds what only a device of a former life has, by names and moments, and doubles nothing that was heard in both', async () => {
  await fc.assert(
    fc.asyncProperty(anyLives, async ({ common, former, present, all }) => {
      const [device, here, whole] = [libraryForTest(), libraryForTest(), libraryForTest()];
      device.library.scrobbles.record([...common, ...former]);
      here.setTime(START + 60 * 86_400);
      here.library.scrobbles.record(common);
      here.library.scrobbles.record(present);
      whole.library.scrobbles.record(all);
      const give = async () => {
        for (const [collection, documents] of holdings(device.library)) {
          expect((await here.library.rebuild.take(collection, documents, { life: 'former' })).refused).toEqual([]);
        }
      };
      await give();
      expect(heardIn(here.library)).toEqual(heardIn(whole.library));
      expectSound(here.library.file);
      const seq = here.library.feed.lastSeq();
      await give();
      expect(here.library.feed.lastSeq()).toBe(seq);
      for (const each of [device, here, whole]) each.close();
    }),
    { ...repeated(15, 5), endOnFailure: true },
  );
});

it('puts together what several devices of one life hold, each of which lacks something', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory(),
      fc.array(fc.nat({ max: 2 }), { minLength: 60, maxLength: 60 }),
      async (history, lackingDevices) => {
        const former = libraryForTest();
        former.setTime(START + 40 * 86_400);
        for (const happens of history) await happens(former.library);
        const fresh = libraryForTest();
        fresh.setTime(START + 60 * 86_400);
        // 0: the first device lacks it; 1: the second does; 2: both have it.
        for (const lacking of [0, 1]) {
          for (const [collection, documents] of holdings(former.library)) {
            await fresh.library.rebuild.take(
              collection,
              documents.filter(
                (_, place) => lackingDevices[(place + collection.length) % lackingDevices.length] !== lacking,
              ),
              { life: 'former' },
            );
          }
        }
        expect(await fresh.library.rebuild.settle()).toEqual([]);
        await fresh.library.followUps.run({});
        expect(documentsOf(fresh.library)).toEqual(documentsOf(former.library));
        expectSound(fresh.library.file);
        former.close();
        fresh.close();
      },
    ),
    { ...repeated(15, 5), endOnFailure: true },
  );
});
