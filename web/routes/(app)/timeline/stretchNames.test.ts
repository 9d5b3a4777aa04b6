import { describe, expect, it } from 'vitest';
import { namesOf } from './stretchNames.ts';

const track = { title: 'Entry Zero', artistLine: 'The Velvet Ledgers' };
const album = { title: 'Winter Ledger', artistLine: 'The Velvet Ledgers and others' };

describe('the name of a stretch', () => {
  it('is its record’s where several tracks played', () => {
    expect(namesOf([{ track }, { track }], album)).toEqual({ title: 'Winter Ledger', artist: 'The Velvet Ledgers and others', record: null });
  });

  it('is the track’s where it played alone, with its record second', () => {
    expect(namesOf([{ track }], album)).toEqual({ title: 'Entry Zero', artist: 'The Velvet Ledgers', record: 'Winter Ledger' });
    expect(namesOf([{ track }], { ...album, title: 'Entry Zero' }).record).toBeNull();
    expect(namesOf([{ track }, { track }], null)).toEqual({ title: 'Entry Zero', artist: 'The Velvet Ledgers', record: null });
  });

  it('is the record’s where the track is not known', () => {
    expect(namesOf([{ track: null }], album).title).toBe('Winter Ledger');
    expect(namesOf([{ track: undefined }], null)).toEqual({ title: '', artist: '', record: null });
  });
});
