import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyListen } from '#tests/arbitraries/listen.ts';
import { decodePage, encodePage, pageMonth } from './codec.ts';
import { ListenSources, type Listen } from './listen.ts';
import { JournalPage } from './page.ts';
import { JournalPageError } from './pageError.ts';

const byTimeThenId = (a: Listen, b: Listen): number => a.playedAt - b.playedAt || a.id - b.id;

const three: Listen[] = [
  { id: 7, playedAt: 1_700_000_000, trackId: 1, ownerId: 10, source: 'lastfm', witnesses: 1 },
  {
    id: 5,
    playedAt: 1_700_000_300,
    trackId: 2,
    ownerId: -4,
    source: 'roon',
    witnesses: 2,
    zone: 'Salon',
    note: 'À réécouter',
  },
  {
    id: 9,
    playedAt: 1_700_000_300,
    trackId: 2,
    ownerId: -4,
    source: 'roon',
    witnesses: 1,
    zone: 'Salon',
    goneUpstream: true,
  },
];

/** What a page may say in one of its columns, and what is not true. */
const anyLie = fc.tuple(
  fc.constantFrom('n', 't', 'i', 'k', 'h', 's', 'z', 'w', 'm', 'g'),
  fc.oneof(
    fc.constantFrom<unknown>(
      2_000_000_000,
      2 ** 31,
      Number.MAX_SAFE_INTEGER,
      -1,
      0.5,
      NaN,
      null,
      undefined,
      '',
      '3',
      {},
      true,
    ),
    fc.array(
      fc.oneof(
        fc.integer({ min: -2, max: 7 }),
        fc.constantFrom<unknown>(2 ** 40, 2 ** 53, NaN, null, '1', [0, 'note'], [0, 7], {}),
      ),
      { maxLength: 14 },
    ),
    fc.record(
      {
        names: fc.constantFrom<unknown>(['Salon'], [null], 'Salon', 7, new Array(100).fill('x')),
        at: fc.constantFrom<unknown>([0, 0], [0], [9, 9], null),
      },
      { noNullPrototype: true },
    ),
  ),
);

describe('a journal page', () => {
  it('gives back any listens that were put in, oldest first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyListen(), { selector: (listen) => listen.id, maxLength: 60 }), (listens) => {
        const page = v.parse(JournalPage, JSON.parse(JSON.stringify(encodePage('2026-11', listens))));
        expect(decodePage(page)).toEqual([...listens].sort(byTimeThenId));
      }),
    );
  });

  it('is written in columns: differences, runs and sparse extras', () => {
    expect(encodePage('2023-11.1', [three[2]!, three[0]!, three[1]!])).toEqual({
      id: '2023-11.1',
      n: 3,
      t: [1_700_000_000, 300, 0],
      i: [7, -2, 4],
      k: [1, 2, 2],
      h: [10, -4, -4],
      s: [ListenSources.indexOf('lastfm'), 1, ListenSources.indexOf('roon'), 2],
      z: { names: ['Salon'], at: [1, 0, 2, 0] },
      w: [1, 2],
      m: [[1, 'À réécouter']],
      g: [2],
    });
  });

  it('may be empty', () => {
    expect(decodePage(encodePage('2026-01', []))).toEqual([]);
  });

  it.each([
    ['n', { n: 4 }, 't'],
    ['n', { n: NaN }, 'n'],
    ['n', { n: -1 }, 'n'],
    ['a short column', { k: [1, 2] }, 'k'],
    ['a time that is no number', { t: [1_700_000_000, NaN, 0] }, 't'],
    ['a time that goes back', { t: [1_700_000_000, -1, 0] }, 't'],
    ['ids out of order within a second', { i: [7, -2, -1] }, 'i'],
    ['an id twice', { i: [7, -2, 0] }, 'i'],
    ['an id out of all measure', { i: [Number.MAX_SAFE_INTEGER, 1, 1] }, 'i'],
    ['a fraction of a track', { k: [1, 2.5, 3] }, 'k'],
    ['a track beyond 32 bits', { k: [1, 2, 2 ** 40] }, 'k'],
    ['an owner that is no number', { h: [1, 2, NaN] }, 'h'],
    ['an unknown source', { s: [ListenSources.length, 3] }, 's'],
    ['runs that are too short', { s: [0, 2] }, 's'],
    ['runs that are too long', { s: [0, 4] }, 's'],
    ['half a run', { s: [0, 3, 1] }, 's'],
    ['a zone without a name', { z: { names: ['Salon'], at: [0, 1] } }, 'z'],
    ['a zone of no listen', { z: { names: ['Salon'], at: [3, 0] } }, 'z'],
    ['half a zone', { z: { names: ['Salon'], at: [1] } }, 'z'],
    ['no source report', { w: [0, 0] }, 'w'],
    ['a note on no listen', { m: [[-1, 'x']] as [number, string][] }, 'm'],
    ['a listen gone that never was', { g: [3] }, 'g'],
  ])('is refused for %s', (_what, wrong: Partial<JournalPage>, column) => {
    const page = { ...encodePage('2023-11', three), ...wrong };
    expect(() => decodePage(page)).toThrow(JournalPageError);
    expect(() => decodePage(page)).toThrow(`Journal page 2023-11, column ${column}: `);
  });

  it('that lies about itself is refused by name, or gives as many listens as it holds: whatever somebody else wrote in it', () => {
    fc.assert(
      fc.property(
        fc.array(anyListen(), { maxLength: 6 }),
        fc.uniqueArray(anyLie, { minLength: 1, maxLength: 3, selector: ([column]) => column }),
        (listens, lies) => {
          const page = { ...encodePage('2026-11', listens), ...Object.fromEntries(lies) } as JournalPage;
          try {
            expect(decodePage(page)).toHaveLength(page.t.length);
          } catch (error) {
            expect(error).toBeInstanceOf(JournalPageError);
          }
          if (v.is(JournalPage, page))
            expect([page.t, page.i, page.k, page.h].map(({ length }) => length)).toEqual(new Array(4).fill(page.n));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a count that no memory holds is refused before there is room made for it', () => {
    for (const n of [2_000_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER, Infinity]) {
      const page = { ...encodePage('2023-11', three), n };
      expect(v.is(JournalPage, page)).toBe(false);
      expect(() => decodePage(page)).toThrow(JournalPageError);
    }
  });

  it.each([
    ['playedAt', { playedAt: 1.5 }],
    ['id', { id: NaN }],
    ['trackId', { trackId: 2 ** 31 }],
    ['witnesses', { witnesses: 0 }],
    ['source', { source: 'radio' as Listen['source'] }],
  ])('takes no listen with an impossible %s', (_what, wrong) => {
    expect(() => encodePage('2023-11', [{ ...three[0]!, ...wrong }])).toThrow(JournalPageError);
  });

  it('is named after the UTC month', () => {
    expect(pageMonth(Date.UTC(2026, 10, 30, 23, 59, 59) / 1000)).toBe('2026-11');
    expect(pageMonth(Date.UTC(2026, 11, 1) / 1000)).toBe('2026-12');
  });
});
