import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListenItem } from '#server/library/api/reads.ts';
import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { FastClock } from '#tests/kit/fastClock.ts';
import { ServedApp } from './roonTrackerFixture.ts';

const START = Date.parse('2026-03-02T18:00:00Z') / 1000;

let app: ServedApp;
beforeEach(async () => {
  app = await ServedApp.open({}, new FastClock(START * 1000, 1));
});
afterEach(() => app.close());

/** What Roon reports of a play that began so many seconds after the start. */
const roon = (second: number, more: Partial<ScrobbleInput> = {}): ScrobbleInput => ({
  source: 'roon',
  sourceKey: `1601Salon:${second}`,
  playedAt: START + second,
  endedAt: START + second + 240,
  listenedSeconds: 240,
  artist: 'Mélodie Varga / Jon Aske / Odile Frans',
  title: 'Phares (Remastered 2011)',
  album: 'Lumières',
  durationSeconds: 240,
  zone: 'Salon',
  raw: null,
  ...more,
});
/** What Last.fm reports of it: Roon's own scrobble, in Last.fm's names. */
const lastfm = (second: number, more: Partial<ScrobbleInput> = {}): ScrobbleInput => {
  const names = { artist: 'Mélodie Varga', title: 'Phares', ...more };
  const playedAt = START + second;
  return {
    source: 'lastfm',
    playedAt,
    album: 'Lumières',
    raw: null,
    ...names,
    sourceKey: `${playedAt}|${names.artist}|${names.title}`,
  };
};

const apply = (mutation: Mutation) => app.push(mutation);

/** Puts the record that is played on the shelf. */
const ownLumieres = (tracks: string[]) =>
  apply({
    kind: 'add-record',
    alias: randomUUID(),
    title: 'Lumières',
    artists: ['Odile Frans'],
    year: 1971,
    support: 'LP',
    tracks,
  });
const record = (...plays: ScrobbleInput[]) => void app.library.scrobbles.record(plays);
const names = async () =>
  (await app.ask<{ items: { name: string }[] }>('GET', '/collection/artists')).json.items
    .map(({ name }) => name)
    .sort();
const summaryOf = (listens: ListenItem[]) =>
  listens.map(({ track, artists, album, witnesses: sourceReports }) => [
    track.title,
    artists.map(({ name }) => name),
    album?.title,
    sourceReports.map(({ source }) => source).sort(),
  ]);

describe('one play, reported by Roon and by Last.fm', () => {
  it('is one listen with its zone, its start as Roon measured it, and the reasons why', async () => {
    record(roon(0), lastfm(2));
    const [listen, ...others] = await app.listens();
    expect(others).toEqual([]);
    expect(listen).toMatchObject({
      source: 'roon',
      zone: 'Salon',
      playedAt: START,
      track: { title: 'Phares', durationSeconds: 240 },
    });
    expect(listen!.witnesses.map(({ source, artist, title }) => [source, artist, title])).toEqual([
      ['roon', 'Mélodie Varga / Jon Aske / Odile Frans', 'Phares (Remastered 2011)'],
      ['lastfm', 'Mélodie Varga', 'Phares'],
    ]);
    for (const { reasons } of listen!.witnesses) {
      expect(reasons).toMatchObject([
        { by: 'rule', reasons: expect.arrayContaining([{ code: 'time-start', seconds: 2, weight: 3 }]) as unknown },
      ]);
    }
  });

  it.each([
    ['Roon first', [roon(0), lastfm(2)]],
    ['Last.fm first', [lastfm(2), roon(0)]],
  ])('is filed the same, %s, and makes no artists of composers', async (_, plays) => {
    for (const play of plays) record(play);
    expect(summaryOf(await app.listens())).toEqual([['Phares', ['Mélodie Varga'], 'Lumières', ['lastfm', 'roon']]]);
    expect(await names()).toEqual(['Mélodie Varga']);
    expect(app.library.reads.counts()).toMatchObject({ artists: 1, albums: 1, tracks: 1, listens: 1, scrobbles: 2 });
  });

  it('is filed under its performer while only Roon has reported it', async () => {
    record(roon(0));
    expect(summaryOf(await app.listens())).toEqual([
      ['Phares (Remastered 2011)', ['Mélodie Varga'], 'Lumières', ['roon']],
    ]);
    expect(await names()).toEqual(['Mélodie Varga']);
  });

  it('takes the album of the one that knows it', async () => {
    record(lastfm(2, { album: undefined }), roon(0));
    expect(summaryOf(await app.listens())).toEqual([['Phares', ['Mélodie Varga'], 'Lumières', ['lastfm', 'roon']]]);
    expect(app.library.reads.counts()).toMatchObject({ albums: 1, tracks: 1 });
  });

  it.each([
    ['Roon first', false],
    ['Last.fm first', true],
  ])('is filed under the record on the shelf, whoever names it, %s', async (_, reversed) => {
    await ownLumieres(['Phares', 'Balises']);
    const plays = [
      roon(0, { title: 'Phares' }),
      lastfm(2, { album: 'Lumières (Deluxe Edition)', title: 'Phares - Remastered 2011' }),
    ];
    for (const play of reversed ? plays.reverse() : plays) record(play);
    const [listen] = await app.listens();
    expect(summaryOf([listen!])).toEqual([['Phares', ['Odile Frans'], 'Lumières', ['lastfm', 'roon']]]);
    expect(listen!.album).toMatchObject({ year: 1971 });
    expect(app.library.reads.counts()).toMatchObject({ artists: 1, albums: 1, tracks: 2, owned: 1 });
  });

  it('keeps what Last.fm says beside it where it is filed, and makes nothing for it', async () => {
    await ownLumieres(['Phares']);
    const imageUrl = 'https://lastfm.freetls.fastly.net/i/u/300x300/0123456789abcdef.jpg';
    record(
      roon(0, { title: 'Phares' }),
      lastfm(2, { loved: true, artistUrl: 'https://www.last.fm/music/Melodie', imageUrl }),
    );
    expect(await names()).toEqual(['Odile Frans']);
    const [listen] = await app.listens();
    expect(app.library.reads.album(listen!.album!.id)?.images).toMatchObject([{ source: 'lastfm' }]);
  });

  it('played again at once is two listens, whatever order the four reports come in', async () => {
    const plays = [roon(0), roon(243), lastfm(1), lastfm(245)];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 3, 0, 1],
      [1, 2, 3, 0],
      [3, 0, 1, 2],
      [0, 3, 1, 2],
    ];
    const seen: unknown[] = [];
    for (const order of orders) {
      for (const index of order) record(plays[index]!);
      seen.push(
        (await app.listens()).map(({ playedAt, witnesses: sourceReports }) => [
          playedAt,
          sourceReports.map(({ playedAt: at }) => at),
        ]),
      );
      await app.close();
      app = await ServedApp.open({}, new FastClock(START * 1000, 1));
    }
    expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
      new Set([
        JSON.stringify([
          [START + 243, [START + 243, START + 245]],
          [START, [START, START + 1]],
        ]),
      ]),
    );
  });
});

describe('a hand', () => {
  it('splits what the rule merged; it stays so when both report again, spelt otherwise, and can be undone', async () => {
    record(roon(0), lastfm(2));
    const [joined] = await app.listens();
    const report = joined!.witnesses.find(({ source }) => source === 'lastfm')!;
    expect(await apply({ kind: 'split-listen', listenId: joined!.id, scrobbleId: report.id })).toMatchObject({
      state: 'applied',
    });
    const separate = [
      ['Phares', ['Mélodie Varga'], 'Lumières', ['lastfm']],
      ['Phares (Remastered 2011)', ['Mélodie Varga'], 'Lumières', ['roon']],
    ];
    expect(summaryOf(await app.listens())).toEqual(separate);
    record(roon(0, { endedAt: START + 300 }), lastfm(2));
    expect(summaryOf(await app.listens())).toEqual(separate);

    // Last.fm corrects the artist: the report has another key from now on.
    app.library.scrobbles.correct(report.id, lastfm(2, { artist: 'Melodie Varga' }));
    record(lastfm(2, { artist: 'Melodie Varga' }), roon(0));
    expect((await app.listens()).map(({ witnesses: sourceReports }) => sourceReports.length)).toEqual([1, 1]);

    const ids = (await app.listens()).map(({ id }) => id);
    expect(await apply({ kind: 'merge-listens', listenIds: ids })).toMatchObject({ state: 'applied' });
    const [again, ...none] = await app.listens();
    expect(none).toEqual([]);
    expect(again!.witnesses).toHaveLength(2);
    expect(again!.witnesses[0]!.reasons).toMatchObject([{ by: 'hand' }]);
  });

  it('merges what the rule kept separate; it stays so when both report again, and can be undone', async () => {
    record(
      roon(0, { artist: 'Chœur des Brumes', title: 'Mouvement II' }),
      lastfm(90, { title: 'Second movement: Fog' }),
    );
    const ids = (await app.listens()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    await apply({ kind: 'merge-listens', listenIds: ids });
    record(
      lastfm(90, { title: 'Second movement: Fog' }),
      roon(0, { artist: 'Chœur des Brumes', title: 'Mouvement II', endedAt: START + 400 }),
    );
    const [merged, ...others] = await app.listens();
    expect([merged!.witnesses.length, others.length]).toEqual([2, 0]);
    expect(ids).toContain(merged!.id);
    await apply({ kind: 'split-listen', listenId: merged!.id, scrobbleId: merged!.witnesses[0]!.id });
    expect((await app.listens()).map(({ witnesses: sourceReports }) => sourceReports.length)).toEqual([1, 1]);
  });

  it('cannot make one of two reports of one source', async () => {
    record(lastfm(0), lastfm(400));
    const ids = (await app.listens()).map(({ id }) => id);
    expect(await apply({ kind: 'merge-listens', listenIds: ids })).toMatchObject({
      state: 'refused',
      reason: 'same-source',
    });
    expect(await app.listens()).toHaveLength(2);
  });
});
