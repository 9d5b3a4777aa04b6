import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { named, prepareQuery } from './query.ts';

function database() {
  const db = new Libsql(':memory:');
  onTestFinished(() => void db.close());
  db.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, hue REAL, text TEXT) STRICT');
  const ask = (sql: string, ...values: (string | number)[]) => {
    const { columns, read } = prepareQuery(db, sql);
    return read(values).map((row) => named<Record<string, unknown>>(columns, row));
  };
  return { ask };
}

const REALS = [
  0.1 + 0.2,
  1 / 3,
  123_456_789.123_456_79,
  2_460_000.123_456_789,
  1e300,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  5e-324,
  2 ** -1074 * 3,
  1e21,
  0.5,
  Infinity,
  -Infinity,
];

it.each(REALS)('a real number is read as it was written: %s', (real) => {
  const { ask } = database();
  expect(ask('INSERT INTO kept (hue) VALUES (?) RETURNING hue, -hue AS other', real)).toEqual([
    { hue: real, other: -real },
  ]);
  expect(ask('SELECT hue, hue * 1 AS reckoned FROM kept')).toEqual([{ hue: real, reckoned: real }]);
});

it('whole numbers, texts that hold JSON and what is empty are read as they are', () => {
  const { ask } = database();
  ask('INSERT INTO kept (id, text) VALUES (?, ?) RETURNING id', Number.MAX_SAFE_INTEGER, '{"k":[1.10]}');
  expect(ask('SELECT id, hue, text, json(text) AS other, count(*) AS n FROM kept')).toEqual([
    { id: Number.MAX_SAFE_INTEGER, hue: null, text: '{"k":[1.10]}', other: '{"k":[1.10]}', n: 1 },
  ]);
});

it('what is written can be given back under other names', () => {
  const { ask } = database();
  const [row] = ask(
    `INSERT INTO kept (id, text) VALUES (7, 'a, as b') RETURNING id, id + 1 AS next, text || ', AS c' AS "in words, here", max(id, 3) as most`,
  );
  expect(row).toEqual({ id: 7, next: 8, 'in words, here': 'a, as b, AS c', most: 7 });
});
