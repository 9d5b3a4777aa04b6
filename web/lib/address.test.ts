import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDayKey } from '#shared/journal/dates.ts';
import { Address, isDay, isDocumentId } from './address.ts';

const addressOf = (query: string) => new Address(new URLSearchParams(query));

test.each([
  ['day=2026-11-29', '2026-11-29'],
  ['day=2024-02-29', '2024-02-29'],
  ['', undefined],
])('the day of %s is %s', (query, day) => {
  const address = addressOf(query);
  expect(address.day('day')).toBe(day);
  expect(address.wrong).toEqual([]);
});

test.each([
  '2026-02-30',
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-1-1',
  '0000-01-01',
  '9999-12-31',
  '-2026-01-01',
  '2026-11-29T00:00',
  'today',
  '',
  ' 2026-11-29',
])('a day "%s" is none, and is reported', (day) => {
  const address = new Address(new URLSearchParams({ day }));
  expect(address.day('day')).toBeUndefined();
  expect(address.wrong).toEqual([{ name: 'day', text: day }]);
});

test('numbers have bounds, words are of a few, names have a length, flags are 1, and what is said twice does not count', () => {
  const address = addressOf(
    `n=7&far=99999999999999999999&part=1.5&word=grid&other=globe&name=ECM&long=${'x'.repeat(301)}&on=1&off=yes&twice=1&twice=2`,
  );
  expect([address.whole('n', 0, 9), address.whole('far', 0, 9), address.whole('part', 0, 9)]).toEqual([
    7,
    undefined,
    undefined,
  ]);
  expect([address.oneOf('word', ['grid', 'list']), address.oneOf('other', ['grid', 'list'])]).toEqual([
    'grid',
    undefined,
  ]);
  expect([
    address.text('name'),
    address.text('long'),
    address.flag('on'),
    address.flag('off'),
    address.whole('twice', 0, 9),
  ]).toEqual(['ECM', undefined, true, false, undefined]);
  expect(address.wrong.map(({ name }) => name)).toEqual(['far', 'part', 'other', 'long', 'off', 'twice']);
  expect(address.wrong.find(({ name }) => name === 'long')!.text.length).toBeLessThanOrEqual(61);
});

test('a decade is named by its first year', () => {
  expect(addressOf('d=1970').decade('d')).toBe(1970);
  for (const text of ['1975', '5', '-10', '1970s']) {
    const address = addressOf(`d=${text}`);
    expect([address.decade('d'), address.wrong]).toEqual([undefined, [{ name: 'd', text }]]);
  }
});

test('two days are a range unless the later comes first', () => {
  expect(addressOf('from=2026-01-01&to=2026-01-01').days('from', 'to')).toEqual({
    from: '2026-01-01',
    to: '2026-01-01',
  });
  expect(addressOf('from=2026-01-01').days('from', 'to')).toEqual({ from: '2026-01-01' });
  const reversed = addressOf('from=2026-02-01&to=2026-01-01');
  expect(reversed.days('from', 'to')).toEqual({});
  expect(reversed.wrong).toEqual([{ name: 'to', text: '2026-01-01' }]);
});

test.each([
  ['12', true],
  ['11111111-2222-4333-8444-555555555555', true],
  ['0', false],
  ['-1', false],
  ['9007199254740993000', false],
  ['abc', false],
  ['', false],
  ['1e3', false],
])('"%s" is an id: %s', (id, is) => expect(isDocumentId(id)).toBe(is));

test('whatever an address says, it is read or reported, and never throws', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('2026-02-30', '2026-11-29', '-1', '1', '__proto__', '%E0%A4%A'),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('day', 'n', 'word', 'id', 'name', 'on', 'from', 'to', 'x'), text), {
        maxLength: 12,
      }),
      (pairs) => {
        const address = new Address(new URLSearchParams(pairs));
        const read: Record<string, unknown> = {
          day: address.day('day'),
          n: address.whole('n', -5, 5),
          word: address.oneOf('word', ['a']),
          id: address.id('id'),
          name: address.text('name'),
          on: address.flag('on') || undefined,
          ...address.days('from', 'to'),
        };
        for (const [name] of pairs) {
          const given = pairs.filter(([each]) => each === name).map(([, value]) => value);
          const isReported = address.wrong.some((wrong) => wrong.name === name);
          const isBlank = name === 'name' && given[0]!.trim() === '';
          // Of a range that is turned round, the end is reported.
          const isTurned = name === 'from' && address.wrong.some((wrong) => wrong.name === 'to');
          expect(
            name === 'x' || isReported || isBlank || isTurned || read[name] !== undefined,
            `${name}=${given.join()}`,
          ).toBe(true);
        }
        for (const day of [read.day, read.from, read.to])
          if (typeof day === 'string') expect(parseDayKey(day)).toBeTypeOf('number');
        for (const { text: shown } of address.wrong) expect(shown.length).toBeLessThanOrEqual(61);
      },
    ),
  );
});

test('every day of the calendar is one', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) =>
      isDay(date.toISOString().slice(0, 10)),
    ),
  );
});
