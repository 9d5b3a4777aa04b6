import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZones, readZonesMessage } from './schema.ts';
import { ZoneBoard } from './zoneBoard.ts';

const playing = {
  seek_position: 7,
  length: 109,
  image_key: 'k1',
  artist_image_keys: ['k2'],
  one_line: { line1: 'Aurora - Varga' },
  two_line: { line1: 'Aurora', line2: 'Varga / Aske' },
  three_line: { line1: 'Aurora', line2: 'Varga / Aske', line3: 'Lumières' },
};
const zone = (id: string, now_playing?: unknown) => ({
  zone_id: id,
  display_name: id,
  state: 'playing',
  outputs: [],
  now_playing,
});
const titleOf = (now_playing: unknown) => readZones({ zones: [zone('z', now_playing)] })[0]?.nowPlaying;

describe('what plays', () => {
  it('keeps the three lines raw', () => {
    expect(titleOf(playing)).toEqual({
      title: 'Aurora',
      artists: 'Varga / Aske',
      album: 'Lumières',
      lengthSeconds: 109,
      seekPosition: 7,
      imageKey: 'k1',
    });
  });

  it('makes do with fewer lines', () => {
    expect(titleOf({ ...playing, three_line: undefined })).toMatchObject({
      title: 'Aurora',
      artists: 'Varga / Aske',
      album: '',
    });
    expect(titleOf({ one_line: playing.one_line })).toMatchObject({
      title: 'Aurora - Varga',
      artists: '',
      lengthSeconds: null,
    });
    expect(titleOf({})).toMatchObject({ title: '', seekPosition: null });
    expect(titleOf(undefined)).toBeNull();
    expect(titleOf('x')).toBeNull();
  });

  it('takes no impossible numbers, and no endless texts', () => {
    const odd = { ...playing, seek_position: '7', length: 0, three_line: { line1: 'x'.repeat(100_000) } };
    expect(titleOf(odd)).toMatchObject({ seekPosition: null, lengthSeconds: null });
    expect(titleOf(odd)?.title).toHaveLength(1000);
  });

  it('reads anything without failing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(() => [
          readZones({ zones: [body] }),
          readZonesMessage(body),
          readZonesMessage({ zones_changed: [body] }),
        ]).not.toThrow();
        if (!Array.isArray(body)) expect(() => readZones({ zones: body })).toThrow('did not tell its zones');
      }),
    );
  });
});

describe('the board', () => {
  it('applies removed, added, changed and seeks in that order, and says whether more than positions moved', () => {
    const board = new ZoneBoard();
    board.replace(readZones({ zones: [zone('a', playing), zone('b')] }));
    const before = board.list();
    const seek = {
      zones_seek_changed: [{ zone_id: 'a', seek_position: 8 }, { zone_id: 'b', seek_position: 1 }, { zone_id: 'x' }],
    };
    expect(board.apply(readZonesMessage(seek))).toBe(false);
    expect(board.list().map(({ nowPlaying }) => nowPlaying?.seekPosition)).toEqual([8, undefined]);
    expect(before[0]?.nowPlaying?.seekPosition).toBe(7);
    expect(
      board.apply(
        readZonesMessage({ zones_removed: ['a', 'b'], zones_added: [zone('a')], zones_changed: [zone('c')] }),
      ),
    ).toBe(true);
    expect(board.list().map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('knows a missed change from positions that moved on', () => {
    const board = new ZoneBoard();
    board.replace(readZones({ zones: [zone('a', playing), zone('b')] }));
    expect(board.differsFrom(readZones({ zones: [zone('b'), zone('a', { ...playing, seek_position: 99 })] }))).toBe(
      false,
    );
    expect(board.differsFrom(readZones({ zones: [zone('a', playing)] }))).toBe(true);
    expect(board.differsFrom(readZones({ zones: [zone('a', { ...playing, length: 110 }), zone('b')] }))).toBe(true);
  });
});
