import fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import type { ListenSource } from '#shared/journal/listen.ts';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, play, replicaOf, START } from '../testing/library.ts';

const roon = (second: number) =>
  play({ source: 'roon', sourceKey: `roon ${second}`, playedAt: START + second, durationSeconds: 240, zone: 'Salon' });
const lastfm = (second: number) => play({ playedAt: START + second, durationSeconds: 240 });
const items = (library: Library) => library.reads.listens({ page: 1, pageSize: 200 }).items;

/** As if another rule had decided: what a person said is taken out of the file, what came of it stays. */
function forgetDecisions(file: string): void {
  const db = new Libsql(file);
  db.exec('DELETE FROM witness_decisions');
  db.close();
}

describe('resolving the whole history again', () => {
  it('changes nothing while the rule is the same, and keeps what a hand decided', async () => {
    const { library } = libraryForTest();
    library.scrobbles.record([roon(0), lastfm(2), roon(1_000), lastfm(1_003), lastfm(5_000)]);
    const [, second, first] = items(library);
    applied(library, { kind: 'split-listen', listenId: first!.id, scrobbleId: first!.witnesses[0]!.id });
    applied(library, { kind: 'delete-listen', listenId: second!.id });
    const [before, seq] = [replicaOf(library), library.feed.lastSeq()];
    const steps: number[] = [];
    const outcome = await library.reresolve({ onProgress: (done) => steps.push(done) });
    expect(outcome).toMatchObject({
      reports: 5,
      listensBefore: 3,
      listensAfter: 3,
      joined: { count: 0 },
      separated: { count: 0 },
      refiled: { count: 0 },
      corrected: { count: 0 },
    });
    expect(steps).toEqual([5]);
    expect(library.feed.lastSeq()).toBe(seq);
    expect(replicaOf(library)).toEqual(before);
  });

  it('joins what the rule joins now, under an id there was, with its note', async () => {
    const { library } = libraryForTest();
    library.scrobbles.record([roon(0), lastfm(2)]);
    const [listen] = items(library);
    applied(library, { kind: 'split-listen', listenId: listen!.id, scrobbleId: listen!.witnesses[0]!.id });
    const ids = items(library).map(({ id }) => id);
    applied(library, { kind: 'note-listen', listenId: ids[0]!, note: 'Rain on the roof' });
    forgetDecisions(library.file);
    const outcome = await library.reresolve();
    expect(outcome).toMatchObject({
      listensBefore: 2,
      listensAfter: 1,
      joined: { count: 1 },
      separated: { count: 0 },
      corrected: { count: 1 },
    });
    expect(outcome.joined.examples[0]).toContain('Nils Okland – Bris (Lysøen)');
    const [joined] = items(library);
    expect(ids).toContain(joined!.id);
    expect(joined).toMatchObject({ note: 'Rain on the roof', source: 'roon', zone: 'Salon' });
    expectSound(library.file);
  });

  it('separates what the rule does not join any more', async () => {
    const { library } = libraryForTest();
    library.scrobbles.record([roon(0), { ...lastfm(700), title: 'Brann' }]);
    const ids = items(library).map(({ id }) => id);
    applied(library, { kind: 'merge-listens', listenIds: ids });
    const [merged] = items(library);
    forgetDecisions(library.file);
    const outcome = await library.reresolve();
    expect(outcome).toMatchObject({ listensBefore: 1, listensAfter: 2, separated: { count: 1 } });
    expect(items(library).map(({ id }) => id)).toContain(merged!.id);
    expectSound(library.file);
  });

  it('says the same of any history as what was said when its reports came', async () => {
    const report = fc.record({
      source: fc.constantFrom<ListenSource>('lastfm', 'roon', 'import'),
      slot: fc.nat({ max: 9 }),
      late: fc.nat({ max: 90 }),
      title: fc.constantFrom('Bris', 'bris', 'Brann', 'Bris (Live)'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(report, { maxLength: 25 }), async (reports) => {
        const { library, close } = libraryForTest();
        for (const { source, slot, late, title } of reports) {
          library.scrobbles.record([
            play({
              source,
              playedAt: START + slot * 300 + late,
              title,
              durationSeconds: 200,
              sourceKey: `${slot}|${title}`,
            }),
          ]);
        }
        const [before, seq] = [items(library), library.feed.lastSeq()];
        await library.reresolve();
        expect(items(library)).toEqual(before);
        expect(library.feed.lastSeq()).toBe(seq);
        close();
      }),
      { numRuns: 40 },
    );
  });
});
