import type { Changes, WhatChanged } from '../api/reresolve.ts';
import type { Core } from '../core.ts';

/** A listen as it is compared: what it is of, and when and where it was. */
interface Fact {
  trackId: number;
  playedAt: number;
  /** Source, zone and number of reports. */
  provenance: string;
}

/** Every listen, and the names of the tracks they are of. */
export interface ListenFacts {
  listens: ReadonlyMap<number, Fact>;
  names: ReadonlyMap<number, string>;
}

const MOST_EXAMPLES = 12;

export function listenFacts({ db }: Core): ListenFacts {
  const listens = db.rows<
    [id: number, trackId: number, playedAt: number, source: string, zone: string | null, reportCount: number]
  >('SELECT id, track_id, timestamp, source, zone, witnesses FROM listening_history');
  const names = db.rows<[id: number, name: string]>(
    `SELECT tracks.id, ifnull(name, '') || ' – ' || tracks.title || ifnull(' (' || albums.title || ')', '') FROM tracks
     LEFT JOIN albums ON albums.id = album_id LEFT JOIN artists ON artists.id = ifnull(
       (SELECT artist_id FROM track_artist WHERE track_artist.track_id = tracks.id ORDER BY position LIMIT 1),
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1))
     WHERE plays > 0`,
  );
  return {
    listens: new Map(
      listens.map(([id, trackId, playedAt, source, zone, reportCount]) => [
        id,
        {
          trackId,
          playedAt,
          provenance: `${source}${zone === null ? '' : ` in ${zone}`}, ${reportCount} ${reportCount === 1 ? 'source' : 'sources'}`,
        },
      ]),
    ),
    names: new Map(names),
  };
}

/** What two states of the journal do not have in common. */
export function whatChanged(before: ListenFacts, after: ListenFacts): WhatChanged {
  const changes: WhatChanged = { joined: none(), separated: none(), refiled: none(), corrected: none() };
  for (const [id, was] of before.listens) {
    const is = after.listens.get(id);
    const name = before.names.get(was.trackId) ?? '';
    if (is === undefined) note(changes.joined, `${dateOf(was)}  ${name}: listen ${id} is part of another now`);
    else {
      const nameNow = after.names.get(is.trackId) ?? '';
      if (is.trackId !== was.trackId) note(changes.refiled, `${dateOf(was)}  ${name} → ${nameNow}`);
      if (is.provenance !== was.provenance || is.playedAt !== was.playedAt)
        note(
          changes.corrected,
          `${dateOf(was)}  ${nameNow}: ${was.provenance} → ${is.playedAt === was.playedAt ? '' : `${dateOf(is)}, `}${is.provenance}`,
        );
    }
  }
  for (const [id, is] of after.listens) {
    if (!before.listens.has(id))
      note(changes.separated, `${dateOf(is)}  ${after.names.get(is.trackId) ?? ''}: listen ${id} is new`);
  }
  return changes;
}

const none = (): Changes => ({ count: 0, examples: [] });

function note(changes: Changes, example: string): void {
  changes.count += 1;
  if (changes.examples.length < MOST_EXAMPLES) changes.examples.push(example);
}

const dateOf = ({ playedAt }: Fact): string => new Date(playedAt * 1000).toISOString().slice(0, 19).replace('T', ' ');
