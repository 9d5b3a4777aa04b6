import type { ConflictEntity } from '#shared/mutations/definition.ts';
import { definitionOf, type Mutation, MUTATIONS } from '#shared/mutations/registry.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { albumIdOf } from './targets.ts';

interface Entity {
  /** What an id leads to today. */
  resolve(core: Core, id: number | string): string | number | undefined;
  /** SQL: the ids that lead to one of these; `?` is the id that stands. */
  redirectsSql: string;
}

const ENTITIES: Readonly<Record<ConflictEntity, Entity>> = {
  recording: {
    resolve: (core, id) => recordingOf(core, Number(id)),
    redirectsSql: 'SELECT former_id FROM artist_aliases WHERE artist_id = ? AND former_id IS NOT NULL',
  },
  album: {
    resolve: (core, id) => albumIdOf(core, String(id)),
    redirectsSql: 'SELECT former_id FROM album_merges WHERE album_id = ?',
  },
  listen: {
    resolve: (core, id) => resolveId(core, 'listen', Number(id)),
    redirectsSql: `SELECT former_id FROM former_ids WHERE kind = 'listen' AND id = ?`,
  },
};

/** By the name that a key begins with. */
const REDIRECTS_SQL = new Map(
  Object.values(MUTATIONS).flatMap(({ conflictKey }): [string, string][] =>
    conflictKey === null ? [] : [[conflictKey.name, ENTITIES[conflictKey.entity].redirectsSql]],
  ),
);

type IdOf = (entity: ConflictEntity, id: number | string) => number | string;

/**
 * Conflict resolution of mutations: what a mutation decides, where of two devices' mutations the later one holds, whichever arrives
 * first; null where both hold.
 * @param idOf the id in this library of what the mutation names; the same where it is left out.
 */
export function conflictKeyOf(core: Core, mutation: Mutation, idOf: IdOf = (_entity, id) => id): string | null {
  const { conflictKey } = definitionOf(mutation);
  if (conflictKey === null) return null;
  const { name, entity } = conflictKey;
  return `${name}:${ENTITIES[entity].resolve(core, idOf(entity, conflictKey.id(mutation)))}`;
}

/** A key, and those of what was merged into the thing that it names. */
export function keysOfSame(core: Core, key: string): string[] {
  const [, name = '', id = '', more = ''] = /^([a-z-]+):(\d+)(.*)$/s.exec(key) ?? [];
  const redirectsSql = REDIRECTS_SQL.get(name);
  if (redirectsSql === undefined) return [key];
  return [key, ...core.db.rows<[number]>(redirectsSql, Number(id)).map(([former]) => `${name}:${former}${more}`)];
}

/** A love is of the recording, on whichever album it was given: its artist and title. */
function recordingOf(core: Core, trackId: number): string {
  const track = trackById(core, trackId);
  if (track === undefined) return String(trackId);
  const { title_key: title } = core.db.get<{ title_key: string }>(
    'SELECT title_key FROM tracks WHERE id = ?',
    track.id,
  )!;
  return `${track.artistId}:${title}`;
}
