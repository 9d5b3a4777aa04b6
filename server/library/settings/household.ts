import * as v from 'valibot';
import { HouseholdDocument } from '#shared/library/household.ts';
import { isTimeZone } from '#shared/journal/calendar.ts';
import type { Household, HouseholdChange } from '../api/household.ts';
import { type Core, isoNow } from '../core.ts';
import { turntableToday } from '../turntable/sessions.ts';
import { readObject, setRowAside } from './unreadableRows.ts';

const KEY = 'household';

/** The one document of what every device should know about the household. */
export function household(core: Core): Household {
  /** Noticed, and not written yet. */
  let noted: HouseholdChange = {};
  const get = () => ({ ...readHousehold(core), ...noted, ...turntableToday(core) });
  const update = (change: HouseholdChange) =>
    core.db.transaction(() => {
      const before = readHousehold(core);
      const after = { ...before, ...change };
      if (JSON.stringify(after) === JSON.stringify(before)) return;
      if (after.timeZone !== core.days.timeZone) {
        core.days.use(after.timeZone);
        redate(core);
      }
      write(core, after);
    });
  return {
    get,
    update,
    note(change) {
      noted = { ...noted, ...change };
      core.availability.soon('household', () => {
        update(noted);
        noted = {};
      });
    },
  };
}

/**
 * Begins with this time zone when none was chosen yet; a chosen one stays. Of a document that is not as it should be what can be read
 * is taken over; the rest begins as in a new household, and the document's text is stored beside.
 */
export function startHousehold(core: Core): void {
  core.db.transaction(() => {
    const text = storedText(core);
    if (text === null) return write(core, readHousehold(core));
    const { flaw, sound } = soundPart(text);
    if (sound.timeZone !== undefined) core.days.use(sound.timeZone);
    if (flaw === null) return;
    setRowAside(core, { table: 'settings', column: 'key', key: KEY, why: flaw });
    write(core, { ...readHousehold(core), ...sound });
    // Which zone the listens' days were reckoned in is not known any more.
    if (sound.timeZone === undefined) redate(core);
  });
}

/** @returns what is wrong with the document, if anything, and what of it is right. */
function soundPart(text: string): { flaw: string | null; sound: Partial<HouseholdDocument> } {
  const read = readObject(text);
  if ('flaw' in read) return { flaw: read.flaw, sound: {} };
  const document = read.value;
  const wrong = Object.entries(Stored)
    .filter(([key, schema]) => !v.is(schema, document[key]))
    .map(([key]) => key);
  const sound = Object.fromEntries(Object.entries(document).filter(([key]) => !wrong.includes(key)));
  return { flaw: wrong.length === 0 ? null : `${wrong.join(', ')} cannot be read`, sound };
}

const Stored = { ...HouseholdDocument.entries, timeZone: v.pipe(v.string(), v.check(isTimeZone)) };

export function readHousehold(core: Core): HouseholdDocument {
  return (
    storedHousehold(core) ?? {
      id: 'household',
      timeZone: core.days.timeZone,
      services: [],
      zones: [],
      retentionDays: 365,
      lovesReachLastfm: false,
      firstRunDone: false,
      language: null,
    }
  );
}

function storedHousehold(core: Core): HouseholdDocument | null {
  const text = storedText(core);
  return text === null ? null : (JSON.parse(text) as HouseholdDocument);
}

const storedText = (core: Core): string | null =>
  core.db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', KEY)?.value ?? null;

function write(core: Core, document: HouseholdDocument): void {
  core.db.run(
    'INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, ?, ?)',
    KEY,
    JSON.stringify(document),
    isoNow(core),
  );
  core.feed.touch('household', document.id);
}

/** Writes every listen's date anew, a stretch of one offset at a time. */
function redate(core: Core): void {
  const { first, last } = core.db.get<{ first: number | null; last: number }>(
    'SELECT min(timestamp) AS first, max(timestamp) AS last FROM listening_history',
  )!;
  for (let at = first ?? Infinity; at <= last;) {
    const { end, offset } = core.days.segmentAt(at);
    core.db.run(
      `UPDATE listening_history SET date = date(timestamp + ?, 'unixepoch') WHERE timestamp >= ? AND timestamp < ?`,
      offset,
      at,
      end,
    );
    at = end;
  }
}
