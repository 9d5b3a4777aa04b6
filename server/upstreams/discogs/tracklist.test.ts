import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { durationSeconds, Tracklist } from './tracklist.ts';

describe('durations', () => {
  it.each([
    ['3:05', 185],
    ['1:02:03', 3723],
    ['72:10', 4330],
    ['', null],
    ['0:00', null],
    ['3.05', null],
    ['about 3:05', null],
  ])('%s lasts %s seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});

describe('Tracklist', () => {
  it('distinguishes headings, index tracks with their parts, and tracks of old answers without a type', () => {
    const lines = v.parse(Tracklist, [
      { position: '', type_: 'heading', title: 'Night' },
      { position: 'A1', title: 'Lamp', duration: '4:00' },
      {
        position: '',
        type_: 'index',
        title: 'Suite',
        duration: '9:30',
        sub_tracks: [{ position: 'A2a', type_: 'track', title: 'Dawn', duration: '' }],
      },
      { position: 'B1', type_: 'track', title: 'Duet', artists: [{ name: 'Bo Ek', join: '' }] },
    ]);
    expect(lines.map(({ kind, title, durationSeconds }) => [kind, title, durationSeconds])).toEqual([
      ['heading', 'Night', null],
      ['track', 'Lamp', 240],
      ['index', 'Suite', 570],
      ['track', 'Duet', null],
    ]);
    expect(lines[2]?.subTracks).toMatchObject([{ kind: 'track', title: 'Dawn', position: 'A2a' }]);
    expect(lines[3]?.artists).toMatchObject([{ creditedAs: 'Bo Ek' }]);
  });
});
