import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { Address } from '../address.ts';
import { filterOf, journalAddress, readJournalAddress, type JournalPlace } from './journalAddress.ts';

const addressOf = (address: string) => new Address(new URL(address, 'http://aime.local').searchParams);
const read = (address: string): JournalPlace => readJournalAddress(addressOf(address));

describe('the address of a part of the Journal', () => {
  it('says everything it was asked for, and is read back as it was', () => {
    const place: JournalPlace = {
      from: '2026-11-01',
      to: '2026-11-30',
      source: 'roon',
      zone: 'Küche & Bad',
      artist: '12',
      album: '7',
      track: 99,
      loved: true,
      noted: true,
      q: 'björk = ?',
      genre: 'Funk / Soul',
      style: 'Modal',
      label: 'ECM',
      support: 'Vinyl',
      decade: 1970,
      hour: 0,
      weekday: 6,
    };
    expect(read(journalAddress(place))).toEqual(place);
  });

  it('is the plain Journal when nothing is asked for', () => {
    expect(journalAddress()).toBe('/journal');
    expect(journalAddress({ loved: false, q: '' })).toBe('/journal');
    expect(read('/journal')).toEqual({});
  });

  it('leaves out what it says wrongly, and reports it', () => {
    const address = addressOf(
      '/journal?from=2026-02-30&to=yesterday&hour=25&weekday=7&source=radio&loved=yes&decade=1975&track=1.5&artist=me&q=%20',
    );
    expect(readJournalAddress(address)).toEqual({});
    expect(address.wrong.map(({ name }) => name).sort()).toEqual([
      'artist',
      'decade',
      'from',
      'hour',
      'loved',
      'source',
      'to',
      'track',
      'weekday',
    ]);
  });

  it('takes a day for a range of one, and no range that ends before it begins', () => {
    expect(read('/journal?day=2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
    const address = addressOf('/journal?from=2026-11-30&to=2026-11-29');
    expect(readJournalAddress(address)).toEqual({});
    expect(address.wrong).toEqual([{ name: 'to', text: '2026-11-29' }]);
    const both = addressOf('/journal?day=2026-03-01&from=2026-04-01');
    readJournalAddress(both);
    expect(both.wrong).toEqual([{ name: 'day', text: '2026-03-01' }]);
  });

  it('means whole local days, the last one too', () => {
    const calendar = createCalendar('Europe/Zurich');
    const { from, to } = filterOf({ from: '2026-03-29', to: '2026-03-29' }, calendar);
    expect(to! - from!).toBe(23 * 3_600);
    expect(filterOf({ artist: '3', source: 'manual', hour: 0, q: 'x' }, calendar)).toEqual({
      artistId: '3',
      sources: ['manual'],
      hour: 0,
      text: 'x',
    });
  });
});
