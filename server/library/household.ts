import type { HouseholdDocument } from '#shared/library/household.ts';
import type { Household, HouseholdChange } from './contract.ts';
import { type Core, isoNow } from './core.ts';

const KEY = 'household';

/** The one document of what every device should know about the house. */
export function household(core: Core): Household {
  /** Noticed, and not written yet. */
  let noted: HouseholdChange = {};
  const get = () => ({ ...readHousehold(core), ...noted });
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

/** Begins with this time zone when none was chosen yet; a chosen one stays. */
export function startHousehold(core: Core): void {
  core.db.transaction(() => {
    const chosen = storedHousehold(core);
    if (chosen === null) write(core, readHousehold(core));
    else core.days.use(chosen.timeZone);
  });
}

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
  const row = core.db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', KEY);
  return row === undefined ? null : (JSON.parse(row.value) as HouseholdDocument);
}

function write(core: Core, document: HouseholdDocument): void {
  core.db.run('INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, ?, ?)', KEY, JSON.stringify(document), isoNow(core));
  core.feed.touch('household', document.id);
}

/** Writes every listen's date anew, a stretch of one offset at a time. */
function redate(core: Core): void {
  const { first, last } = core.db.get<{ first: number | null; last: number }>('SELECT min(timestamp) AS first, max(timestamp) AS last FROM listening_history')!;
  for (let at = first ?? Infinity; at <= last; ) {
    const { end, offset } = core.days.segmentAt(at);
    core.db.run(`UPDATE listening_history SET date = date(timestamp + ?, 'unixepoch') WHERE timestamp >= ? AND timestamp < ?`, offset, at, end);
    at = end;
  }
}
