import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundText } from './boundText.ts';
import { openDatabase } from './database.ts';
import { libraryForTest } from '../testing/library.ts';

const halves = fc
  .array(
    fc.constantFrom(
      'a',
      '\\',
      '\\\\',
      'u',
      '\\u',
      'ud83d',
      '\ud83d',
      '\ude00',
      '😀',
      '"',
      '\\ud83d',
      '\\ude00',
      '[',
      '{',
    ),
  )
  .map((parts) => parts.join(''));

describe('a text that is bound', () => {
  it('decodes to well-formed text as JSON too, and is otherwise as it was', () => {
    fc.assert(
      fc.property(halves, (text) => {
        const json = JSON.stringify({ text });
        const expected = text.replace(/\p{Cs}/gu, '\ufffd');
        expect(JSON.parse(boundText(json))).toEqual({ text: expected });
        if (!/^\s*[[{"]/.test(text)) expect(boundText(text)).toBe(expected);
      }),
    );
  });

  it('can be read back, however SQLite came by it', () => {
    const { folder } = libraryForTest();
    const db = openDatabase(join(folder, 'texts.db'));
    db.exec('CREATE TABLE texts (text TEXT NOT NULL) STRICT');
    db.run(
      `INSERT INTO texts SELECT value ->> 'text' FROM json_each(?)`,
      JSON.stringify([{ text: 'half \ud83d' }, { text: 'whole 😀' }]),
    );
    db.run('INSERT INTO texts VALUES (?)', 'half \ude00');
    expect(db.rows('SELECT text FROM texts').flat()).toEqual(['half \ufffd', 'whole 😀', 'half \ufffd']);
    db.close();
  });
});
