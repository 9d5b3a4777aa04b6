import type { SetAsideEntries } from '../api/setAside.ts';
import { createHash } from 'node:crypto';
import { cut } from '#shared/text/cut.ts';
import { readJson } from '#shared/text/json.ts';
import { nowSeconds } from '../../kit/clock.ts';
import type { Core } from '../core.ts';
import { inSlices } from '../../kit/slices.ts';

/** Of an entry's text, in UTF-16 units. */
const LONGEST_RAW = 4_000;
/** Entries of one list whose text is stored; further ones are only counted. */
const MOST_TEXTS = 5_000;

export function openSetAside({ db, clock }: Core): SetAsideEntries {
  const textOf = (raw: unknown) => JSON.stringify(raw) ?? 'null';
  return {
    keep(service, list, entries, reader) {
      if (entries.length === 0) return [];
      return db.transaction(() => {
        const now = nowSeconds(clock);
        let texts =
          db.get<{ count: number }>(
            "SELECT count(*) AS count FROM set_aside WHERE service = ? AND list = ? AND raw <> ''",
            service,
            list,
          )?.count ?? 0;
        return entries.filter(({ reason, playedAt, raw }) => {
          const text = textOf(raw);
          const key = createHash('sha256').update(text).digest('hex');
          const known =
            db.run(
              'UPDATE set_aside SET seen_at = ? WHERE service = ? AND list = ? AND entry_key = ?',
              now,
              service,
              list,
              key,
            ).changes > 0;
          if (known) return false;
          const stored = texts < MOST_TEXTS ? cut(text, LONGEST_RAW, LONGEST_RAW) : '';
          texts += 1;
          db.run(
            `INSERT INTO set_aside (service, list, reason, entry_key, at, raw, whole, reader, first_seen_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)`,
            service,
            list,
            reason,
            key,
            playedAt,
            stored,
            Number(stored === text),
            reader,
            now,
          );
          return true;
        });
      });
    },
    settle(service, list, readAt, window) {
      const within = window ? 'AND at >= ?4 AND at < ?5' : '';
      db.run(
        `DELETE FROM set_aside WHERE service = ?1 AND list = ?2 AND seen_at < ?3 ${within}`,
        service,
        list,
        readAt,
        ...(window ? [window.from, window.to] : []),
      );
    },
    async reread(service, list, reader, take, pace = {}) {
      const rows = db.all<{ id: number; raw: string }>(
        'SELECT id, raw FROM set_aside WHERE service = ?1 AND list = ?2 AND (?3 IS NULL OR reader < ?3) AND whole = 1 ORDER BY id',
        service,
        list,
        reader === 'all' ? null : reader,
      );
      let taken = 0;
      const offer = ({ id, raw }: (typeof rows)[number]) => {
        // Read meanwhile, by a poll or at another person's request.
        if (db.get('SELECT 1 FROM set_aside WHERE id = ?', id) === undefined) return;
        if (take(readJson(raw))) {
          db.run('DELETE FROM set_aside WHERE id = ?', id);
          taken += 1;
        } else if (reader !== 'all') db.run('UPDATE set_aside SET reader = ? WHERE id = ?', reader, id);
      };
      await inSlices(rows, pace, (slice) => db.transaction(() => slice.forEach(offer)));
      return taken;
    },
    counts: () =>
      db.all(
        'SELECT service, list, reason, count(*) AS count, max(seen_at) AS lastSeenAt FROM set_aside GROUP BY service, list, reason ORDER BY service, list, reason',
      ),
    page: (service, { page, pageSize }) => ({
      items: db.all(
        `SELECT id, list, reason, raw, first_seen_at AS firstSeenAt, seen_at AS lastSeenAt FROM set_aside WHERE service = ? ORDER BY id DESC LIMIT ? OFFSET ?`,
        service,
        pageSize,
        (page - 1) * pageSize,
      ),
      total:
        db.get<{ total: number }>('SELECT count(*) AS total FROM set_aside WHERE service = ?', service)?.total ?? 0,
    }),
  };
}
