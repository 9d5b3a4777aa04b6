import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumDocument, anyLibrary, artistDocument } from '#tests/arbitraries/library.ts';
import { LibraryIndex } from './libraryIndex.ts';
import { addTimes, isEstimate, roundedEstimate } from './playingTime.ts';
import { trackLengths } from './trackLengths.ts';

const credit = { id: '9', name: 'Sigur Rós' };
const album = albumDocument('1', {
  artists: [credit],
  tracks: [
    { id: 1, title: 'Glósóli', durationSeconds: 376 },
    { id: 2, title: 'Glósóli (Live)', durationSeconds: 500 },
    { id: 3, title: 'Hoppípolla', durationSeconds: 268 },
    { id: 4, title: 'Sæglópur', durationSeconds: 458 },
  ],
});
const heardOnly = artistDocument('10', 'Sigur Ros', [
  { id: 11, title: 'GLOSOLI (2015 Remaster)' },
  { id: 12, title: 'Glósóli - Live' },
  { id: 13, title: 'Heima' },
  { id: 14, title: 'Glósóli (Remix)' },
]);
const stranger = artistDocument('11', 'Nobody Yet', [{ id: 21, title: 'Glósóli' }]);
const secondsIn = (index: LibraryIndex, id: number) => trackLengths(index).time(index.trackIndex(id));

describe('how long a track plays', () => {
  it('is what is known of it, of its recording, of its artist, or four minutes', () => {
    const index = LibraryIndex.from([album], [heardOnly, stranger]);
    const seconds = (id: number) => secondsIn(index, id);
    expect(seconds(1)).toEqual({ seconds: 376, estimatedSeconds: 0 });
    expect([11, 12].map((id) => seconds(id))).toEqual(
      [376, 500].map((each) => ({ seconds: each, estimatedSeconds: each })),
    );
    // The lower middle of 268, 376, 458 and 500, for a remix as for a song that nobody timed.
    expect([13, 14].map((id) => seconds(id).seconds)).toEqual([376, 376]);
    expect([21, 777].map((id) => seconds(id))).toEqual(
      [240, 240].map((each) => ({ seconds: each, estimatedSeconds: each })),
    );
    expect(trackLengths(index).timeOfNames('SIGUR ROS', 'hoppipolla').seconds).toBe(268);
    expect(trackLengths(index).timeOfNames('Who', 'hoppipolla').seconds).toBe(240);
  });

  it('is forty minutes of a whole record heard as one, where nobody knows it, and its length is no track’s', () => {
    const whole = (id: number, more = {}) =>
      albumDocument(String(id), { artists: [credit], tracks: [{ id, title: 'Takk', kind: 'index', ...more }] });
    const index = LibraryIndex.from([whole(31), whole(32, { durationSeconds: 3_900 })], [heardOnly]);
    expect([31, 32].map((id) => secondsIn(index, id))).toEqual([
      { seconds: 2_400, estimatedSeconds: 2_400 },
      { seconds: 3_900, estimatedSeconds: 0 },
    ]);
    expect(secondsIn(index, 13).seconds).toBe(240);
    // A line of a list that has a position, or pieces, is a track.
    index.setAlbum(whole(32, { durationSeconds: 3_900, position: 'A' }));
    expect(secondsIn(index, 13).seconds).toBe(3_900);
  });

  it('follows what the library learns and forgets, and depends on nothing else', () => {
    const index = LibraryIndex.from([album], [heardOnly]);
    expect(secondsIn(index, 13).seconds).toBe(376);
    index.setArtist({
      ...heardOnly,
      tracks: heardOnly.tracks.map((track) => ({ ...track, ...(track.id === 13 && { durationSeconds: 90 }) })),
    });
    expect([13, 14].map((id) => secondsIn(index, id))).toEqual([
      { seconds: 90, estimatedSeconds: 0 },
      { seconds: 376, estimatedSeconds: 376 },
    ]);
    index.removeAlbum('1');
    expect([11, 14, 1].map((id) => secondsIn(index, id).seconds)).toEqual([90, 90, 240]);
  });

  it('is the same whatever the order in which documents came and went', () => {
    fc.assert(
      fc.property(anyLibrary(), fc.array(fc.nat({ max: 6 })), ({ albums, artists, tracks }, redone) => {
        const fresh = LibraryIndex.from(albums, artists);
        const lived = LibraryIndex.from(
          albums.toReversed().map((each) => ({ ...each, tracks: each.tracks.slice(1) })),
          [],
        );
        for (const { id } of tracks) secondsIn(lived, id);
        for (const artist of artists) lived.setArtist(artist);
        for (const each of albums) lived.setAlbum(each);
        for (const place of redone) {
          const again = albums[place];
          if (!again) continue;
          lived.removeAlbum(again.id);
          for (const { id } of tracks) secondsIn(lived, id);
          lived.setAlbum(again);
        }
        expect(tracks.map(({ id }) => secondsIn(lived, id))).toEqual(tracks.map(({ id }) => secondsIn(fresh, id)));
      }),
    );
  });
});

describe('estimates made ahead', () => {
  it('are made in slices, anew when the library changes, and are what they would be', () => {
    const many = albumDocument('3', {
      artists: [credit],
      tracks: Array.from({ length: 200 }, (_, place) => ({ id: 100 + place, title: `Nobody timed ${place}` })),
    });
    const index = LibraryIndex.from([album, many], [heardOnly]);
    const lengths = trackLengths(index);
    const slices = () => {
      let count = 1;
      while (!lengths.prepare(() => true)) expect(count++).toBeLessThan(9);
      return count;
    };
    expect(slices()).toBe(4);
    expect(slices()).toBe(1);
    expect(secondsIn(index, 299).seconds).toBe(376);
    index.setArtist(stranger);
    expect(lengths.prepare(() => false)).toBe(true);
    expect(secondsIn(index, 21).seconds).toBe(240);
  });
});

describe('an estimate', () => {
  it('is what has more than a fiftieth estimated', () => {
    expect([0, 2, 3].map((estimatedSeconds) => isEstimate({ seconds: 100, estimatedSeconds }))).toEqual([
      false,
      false,
      true,
    ]);
    expect(isEstimate(addTimes([]))).toBe(false);
  });

  it('is rounded to five minutes, a quarter of an hour, or the hour, and is never zero', () => {
    const minutes = [0, 1, 12, 13, 57, 58, 67, 68, 9 * 60 + 52, 9 * 60 + 53, 629, 630];
    expect(minutes.map((each) => roundedEstimate({ seconds: each * 60, estimatedSeconds: each * 60 }) / 60)).toEqual([
      0, 5, 10, 15, 55, 60, 60, 75, 585, 600, 600, 660,
    ]);
  });

  it('is rounded to the minute where all but a track of it is known', () => {
    expect(roundedEstimate({ seconds: 193 * 60, estimatedSeconds: 240 }) / 60).toBe(193);
    expect(roundedEstimate({ seconds: 193 * 60, estimatedSeconds: 480 }) / 60).toBe(195);
  });
});
