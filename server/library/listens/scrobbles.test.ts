import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { libraryForTest, listenTo, play, START } from '../testing/library.ts';

const datesIn = (file: string): string[] => {
  const db = new Libsql(file);
  const rows = db.prepare('SELECT date FROM listening_history ORDER BY timestamp').all() as { date: string }[];
  db.close();
  return rows.map(({ date }) => date);
};

const items = (library: ReturnType<typeof libraryForTest>['library']) =>
  library.reads.listens({ page: 1, pageSize: 100 }).items;

describe('recording scrobbles', () => {
  it('makes artist, album, track and listen of a report', () => {
    const { library } = libraryForTest();
    const [outcome] = library.scrobbles.record([
      play({ durationSeconds: 241, artistUrl: 'https://www.last.fm/music/Nils+Okland' }),
    ]);
    expect(outcome).toMatchObject({ state: 'new' });
    expect(items(library)).toMatchObject([
      {
        playedAt: START,
        source: 'lastfm',
        track: { title: 'Bris', durationSeconds: 241 },
        album: { title: 'Lysøen' },
        artists: [{ name: 'Nils Okland' }],
      },
    ]);
    expect(library.reads.artists({ page: 1, pageSize: 10 }).items).toMatchObject([
      { lastfmUrl: 'https://www.last.fm/music/Nils+Okland', plays: 1 },
    ]);
  });

  it('changes nothing when the same key comes again', () => {
    const { library } = libraryForTest();
    const [first] = library.scrobbles.record([play()]);
    const seq = library.feed.lastSeq();
    const [again, twice] = library.scrobbles.record([play(), play()]);
    expect(again).toEqual({ ...first, state: 'known' });
    expect(twice).toEqual(again);
    expect(library.feed.lastSeq()).toBe(seq);
    expect(library.scrobbles.count('lastfm')).toBe(1);
  });

  it('keeps one of a key that comes twice in one call', () => {
    const { library } = libraryForTest();
    const [first, second] = library.scrobbles.record([play(), play()]);
    expect(first?.state).toBe('new');
    expect(second).toEqual({ ...first, state: 'known' });
  });

  it('knows artists whatever the case and the form of accents, and credits those after "feat."', () => {
    const { library } = libraryForTest();
    listenTo(library, { artist: 'BJÖRK', title: 'Jóga', playedAt: START });
    listenTo(library, { artist: 'Bjo\u0308rk feat. Arca', title: 'JÓGA', playedAt: START + 600 });
    expect(library.reads.counts()).toMatchObject({ artists: 2, albums: 1, tracks: 1, listens: 2 });
    expect(items(library)[0]?.artists.map(({ name }) => name)).toEqual(['BJÖRK', 'Arca']);
  });

  it('puts several artists with one album artist on one album', () => {
    const { library } = libraryForTest();
    listenTo(library, {
      artist: 'Okra',
      albumArtist: 'Various Artists',
      album: 'Kitchen Songs',
      title: 'Stew',
      playedAt: START,
    });
    listenTo(library, {
      artist: 'Leek',
      albumArtist: 'Various Artists',
      album: 'kitchen songs',
      title: 'Soup',
      playedAt: START + 600,
    });
    const [album] = library.reads.albums({ page: 1, pageSize: 10 }).items;
    expect(library.reads.counts().albums).toBe(1);
    expect(library.reads.album(album!.id)?.tracks).toMatchObject([
      { title: 'Stew', artists: [{ name: 'Okra' }] },
      { title: 'Soup', artists: [{ name: 'Leek' }] },
    ]);
  });

  it('carries a track without album on its artist', () => {
    const { library } = libraryForTest();
    listenTo(library, { album: undefined });
    listenTo(library, { album: '  ', playedAt: START + 600 });
    const { documents } = library.feed.pull('artists', 0, 10);
    expect(documents).toMatchObject([{ name: 'Nils Okland', tracks: [{ title: 'Bris' }] }]);
    expect(documents[0]).not.toHaveProperty('tracks.0.artists');
    const page = library.feed.pull('journal', 0, 10).documents[0] as unknown as { h: number[] };
    expect(page.h).toEqual([-Number(documents[0]!.id), -Number(documents[0]!.id)]);
  });

  it('moves only its page for a play of what is known', () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START });
    const before = library.feed.lastSeq();
    const changes: string[] = [];
    library.feed.subscribe((moved) => changes.push(...moved.map(({ collection }) => collection)));
    listenTo(library, { playedAt: START + 900 });
    expect(changes).toEqual(['journal']);
    expect(library.feed.lastSeq()).toBe(before + 1);
  });

  it('dates a listen by the household’s day, and all anew when the zone changes', () => {
    const { library } = libraryForTest({ timeZone: 'Europe/Paris' });
    const summerNight = Date.UTC(2026, 6, 14, 22, 30) / 1000;
    const winterNight = Date.UTC(2026, 11, 14, 22, 30) / 1000;
    library.scrobbles.record([play({ playedAt: summerNight }), play({ playedAt: winterNight })]);
    expect(datesIn(library.file)).toEqual(['2026-07-15', '2026-12-14']);
    library.household.update({ timeZone: 'Asia/Tokyo' });
    expect(datesIn(library.file)).toEqual(['2026-07-15', '2026-12-15']);
    library.household.update({ timeZone: 'America/New_York' });
    expect(datesIn(library.file)).toEqual(['2026-07-14', '2026-12-14']);
    expect(() => library.household.update({ timeZone: 'Mars/Olympus' })).toThrow(RangeError);
    expect(library.household.get().timeZone).toBe('America/New_York');
  });

  it('begins a new page when a month has 500 listens', () => {
    const { library } = libraryForTest();
    library.scrobbles.record(Array.from({ length: 501 }, (_, index) => play({ playedAt: START + index * 300 })));
    const pages = library.feed.pull('journal', 0, 10).documents.map(({ id, n }) => [id, n]);
    expect(pages).toEqual([
      ['2023-11', 500],
      ['2023-11.1', 1],
    ]);
  });

  it('refuses nothing half: a failing report takes the whole call back', () => {
    const { library } = libraryForTest();
    const broken = { ...play({ playedAt: START + 600 }), playedAt: 12.5 };
    expect(() => library.scrobbles.record([play(), broken])).toThrow();
    expect(library.reads.counts()).toMatchObject({ scrobbles: 0, listens: 0, artists: 0 });
    expect(library.feed.pull('artists', 0, 10).documents).toEqual([]);
  });
});

describe('corrections', () => {
  it('re-attaches the listen under its id, keeps the earlier spelling and removes what nothing holds any more', () => {
    const { library } = libraryForTest();
    const listenId = listenTo(library, { artist: 'Nils Oekland', title: 'Briss', album: 'Lysoen' });
    const [recorded] = library.scrobbles.between('lastfm', START, START + 1);
    const outcome = library.scrobbles.correct(recorded!.id, play());
    expect(outcome).toEqual({ state: 'corrected', scrobbleId: recorded!.id, listenId });
    expect(items(library)).toMatchObject([{ id: listenId, track: { title: 'Bris' }, album: { title: 'Lysøen' } }]);
    expect(library.reads.counts()).toMatchObject({ artists: 1, albums: 1, tracks: 1, listens: 1, scrobbles: 1 });
    const gone = library.feed.pull('albums', 0, 10).documents.filter(({ _deleted }) => _deleted);
    expect(gone).toHaveLength(1);
  });

  it('keeps an album that still has listens, a rating or a note', () => {
    const { library } = libraryForTest();
    listenTo(library, { title: 'Bris' });
    listenTo(library, { title: 'Brann', playedAt: START + 600 });
    const [recorded] = library.scrobbles.between('lastfm', START, START + 1);
    library.scrobbles.correct(recorded!.id, play({ album: 'Bris' }));
    expect(library.reads.albums({ page: 1, pageSize: 10, sort: 'title' }).items.map(({ title }) => title)).toEqual([
      'Bris',
      'Lysøen',
    ]);
  });

  it('is known the second time', () => {
    const { library } = libraryForTest();
    listenTo(library, { title: 'Briss' });
    const [recorded] = library.scrobbles.between('lastfm', START, START + 1);
    library.scrobbles.correct(recorded!.id, play());
    expect(library.scrobbles.correct(recorded!.id, play())).toMatchObject({ state: 'known' });
    expect(library.scrobbles.record([play()])).toMatchObject([{ state: 'known' }]);
  });

  it('names what it cannot find', () => {
    const { library } = libraryForTest();
    expect(() => library.scrobbles.correct(77, play())).toThrow('scrobble 77');
  });
});

describe('several reports', () => {
  const roon = play({
    source: 'roon',
    sourceKey: 'zone-1:1',
    playedAt: START + 2,
    durationSeconds: 240,
    zone: 'Kitchen',
    endedAt: START + 242,
    listenedSeconds: 240,
  });
  const lastfm = play({ durationSeconds: 240 });

  it('are one listen with two scrobbles, whichever comes first', () => {
    const shown = [
      [roon, lastfm],
      [lastfm, roon],
    ].map((order) => {
      const { library } = libraryForTest();
      for (const report of order) library.scrobbles.record([report]);
      return items(library).map(
        ({ id: _id, witnesses: sourceReports, album: _album, artists: _artists, track, ...listen }) => ({
          ...listen,
          title: track.title,
          witnesses: sourceReports.map(({ source }) => source).sort(),
        }),
      );
    });
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0]).toMatchObject([
      { source: 'roon', zone: 'Kitchen', playedAt: START + 2, witnesses: ['lastfm', 'roon'] },
    ]);
  });

  it('are one listen in one call too, and each says why', () => {
    const { library } = libraryForTest();
    const [one, other] = library.scrobbles.record([lastfm, roon]);
    expect(one?.listenId).toBe(other?.listenId);
    expect(items(library)[0]?.witnesses.every(({ reasons }) => Array.isArray(reasons))).toBe(true);
  });

  it('never join from one source under different keys', () => {
    const { library } = libraryForTest();
    library.scrobbles.record([lastfm, { ...lastfm, sourceKey: 'another' }]);
    expect(items(library)).toHaveLength(2);
  });

  it('keep a deleted play deleted when the second report arrives', () => {
    const { library } = libraryForTest();
    const listenId = listenTo(library, roon);
    library.mutations.apply([
      {
        id: '00000000-0000-4000-8000-00000000aaaa',
        deviceId: '00000000-0000-4000-8000-00000000bbbb',
        number: 1,
        madeAt: 0,
        intent: { kind: 'delete-listen', listenId },
      },
    ]);
    const [outcome] = library.scrobbles.record([lastfm]);
    expect(outcome).toMatchObject({ state: 'new', listenId: null });
    expect(library.scrobbles.record([lastfm, roon])).toMatchObject([
      { state: 'known', listenId: null },
      { state: 'known', listenId: null },
    ]);
    expect(items(library)).toEqual([]);
  });

  it('show a play as gone only when every source has dropped it', () => {
    const { library } = libraryForTest();
    const [one, other] = library.scrobbles.record([lastfm, roon]);
    library.scrobbles.markGone([one!.scrobbleId], true);
    expect(items(library)[0]?.goneUpstream).toBe(false);
    library.scrobbles.markGone([other!.scrobbleId], true);
    expect(items(library)[0]?.goneUpstream).toBe(true);
    library.scrobbles.markGone([one!.scrobbleId], false);
    expect(items(library)[0]?.goneUpstream).toBe(false);
  });

  it('let a play that goes on grow its end without moving its page', () => {
    const { library } = libraryForTest();
    library.scrobbles.record([{ ...roon, endedAt: START + 62, listenedSeconds: 60 }]);
    const seq = library.feed.lastSeq();
    expect(library.scrobbles.record([roon])).toMatchObject([{ state: 'known' }]);
    expect(library.feed.lastSeq()).toBe(seq);
  });
});

describe('what a source has', () => {
  it('is listed by time, with the latest and the count', () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START + 600, title: 'Brann' });
    listenTo(library, { playedAt: START });
    listenTo(library, { source: 'roon', playedAt: START + 90_000, title: 'Other' });
    expect(library.scrobbles.between('lastfm', START, START + 600).map(({ title }) => title)).toEqual(['Bris']);
    expect(library.scrobbles.latest('lastfm')).toMatchObject({
      title: 'Brann',
      playedAt: START + 600,
      goneUpstream: false,
    });
    expect(library.scrobbles.latest('import')).toBeNull();
    expect(library.scrobbles.count('lastfm')).toBe(2);
  });
});
