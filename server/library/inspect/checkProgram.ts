import { statSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { type DatabaseIdentity, holdsLibrary, readIdentity } from '../identity/epochs.ts';
import { integrityFlaws } from '../textRepair/integrityFlaws.ts';
import { isSchemaReadable, textsOfFile, unreadableTexts } from '../textRepair/unreadableTexts.ts';
import { BEGUN } from './begun.ts';

/** What the checking process says on its standard output, as JSON. */
export interface CheckAnswer {
  life: Pick<DatabaseIdentity, 'libraryId' | 'epoch' | 'lastSeq' | 'opening'> | null;
  /** Whether it holds what only a library holds, be it empty; true where that is not known. */
  isLibrary: boolean;
  /** What is wrong with the file; null when it is sound. */
  flaw: string | null;
  /** True when texts in it are not UTF-8, of which SQLite knows nothing. */
  unreadableTexts: boolean;
  /** True when the file could not be read for the time being, as while somebody else writes. */
  busy: boolean;
}

/** What says nothing of the file: somebody else has it, or there is no room for what a reader writes beside it. */
const PASSING = /^SQLITE_(?:BUSY|LOCKED|CANTOPEN|FULL|NOMEM|IOERR_(?:SHM|LOCK|WRITE|TRUNCATE))/;

/**
 * `node … FILE quick|whole|alone`: looks at a database in a process of its own, which may be ended at any moment and whose end
 * harms nobody. `alone` reads the file without its log; nothing is written in any case.
 */
const [file = '', how = 'quick'] = process.argv.slice(2);

function check(): CheckAnswer {
  let db: Libsql.Database | null = null;
  try {
    // Where there is no log, nothing is made for one either.
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const open = new Libsql(`${pathToFileURL(file).href}?${how === 'alone' || log === 0 ? 'immutable=1' : 'mode=ro'}`);
    db = open;
    const source = textsOfFile(open);
    const life = readIdentity(source.all);
    const isLibrary = life !== null || holdsLibrary(source.all);
    if (how === 'alone') return { life, isLibrary, flaw: null, unreadableTexts: false, busy: false };
    // A column's name or default is another now: no text in its table could be mended by it.
    if (!isSchemaReadable(source))
      return { life, isLibrary, flaw: 'what it says of its tables is not UTF-8', unreadableTexts: false, busy: false };
    const [row] = source.all<Record<string, string>>(
      `PRAGMA ${how === 'whole' ? 'integrity_check' : 'quick_check'}(1)`,
    );
    const said = String(Object.values(row ?? {})[0] ?? 'the check gave no answer');
    if (said === 'ok')
      return { life, isLibrary, flaw: null, unreadableTexts: !unreadableTexts(source).next().done, busy: false };
    const isMendable =
      /missing from index/.test(said) && integrityFlaws(source, [...unreadableTexts(source)]) === 'missed rows';
    return { life, isLibrary, flaw: isMendable ? null : said, unreadableTexts: isMendable, busy: false };
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    return { life: null, isLibrary: true, flaw: message, unreadableTexts: false, busy: PASSING.test(code) };
  } finally {
    db?.close();
  }
}

// Whoever waits knows from this that what comes now is about the file, an end without an answer too.
writeSync(1, BEGUN);
process.stdout.write(JSON.stringify(check()));
