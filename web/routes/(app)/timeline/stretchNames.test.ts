import { describe, expect, it } from 'vitest';
import { namesOf, recordKey, unsentRecord } from './stretchNames.ts';

const track = { title: 'Entry Zero', artistLine: 'The Velvet Ledgers' };
const album = { title: 'Winter Ledger', artistLine: 'The Velvet Ledgers and others' };

describe('the name of a stretch', () => {
  it('is its record’s where several tracks played', () => {
    expect(namesOf([{ track }, { track }], album)).toEqual({
      title: 'Winter Ledger',
      artist: 'The Velvet Ledgers and others',
      record: null,
    });
  });

  it('is the track’s where it played alone, with its record second', () => {
    expect(namesOf([{ track }], album)).toEqual({
      title: 'Entry Zero',
      artist: 'The Velvet Ledgers',
      record: 'Winter Ledger',
    });
    expect(namesOf([{ track }], { ...album, title: 'Entry Zero' }).record).toBeNull();
    expect(namesOf([{ track }, { track }], null)).toEqual({
      title: 'Entry Zero',
      artist: 'The Velvet Ledgers',
      record: null,
    });
  });

  it('is the record’s where the track is not known', () => {
    expect(namesOf([{ track: null }], album).title).toBe('Winter Ledger');
    expect(namesOf([{ track: undefined }], null)).toEqual({ title: '', artist: '', record: null });
  });
});

describe('what waits to be sent by its names', () => {
  const waiting = (title: string, album?: string, id?: string) => ({
    title,
    artistLine: 'Lena Aldous',
    album: id === undefined ? null : { id },
    unsent: album === undefined ? {} : { album },
  });
  const keys = (...all: [trackId: number, ReturnType<typeof waiting>][]) =>
    new Set(all.map(([trackId, one]) => recordKey({ ownerId: 0, trackId }, one))).size;

  it('is one record where it is of one', () => {
    expect(keys([-1, waiting('Ebb', 'Xylo')], [-2, waiting('Flow', 'Xylo')])).toBe(1);
    expect(
      keys([-1, waiting('Ebb', 'Xylo')], [-2, waiting('Flow', 'Other')], [-3, waiting('Ebb')], [-4, waiting('Flow')]),
    ).toBe(4);
    expect(recordKey({ ownerId: 0, trackId: -1 }, waiting('Ebb', 'Xylo', '7'))).toBe(
      recordKey({ ownerId: 7, trackId: 12 }, null),
    );
  });

  it('is called by its record where several of its tracks played', () => {
    const [ebb, flow] = [waiting('Ebb', 'Xylo'), waiting('Flow', 'Xylo')];
    expect(namesOf([{ track: ebb }, { track: flow }], unsentRecord(ebb))).toEqual({
      title: 'Xylo',
      artist: 'Lena Aldous',
      record: null,
    });
    expect(namesOf([{ track: ebb }], unsentRecord(ebb))).toEqual({
      title: 'Ebb',
      artist: 'Lena Aldous',
      record: 'Xylo',
    });
  });
});
