import type { Awaiting, Rebuild, RefusedDocument, TakenDocuments } from '../api/rebuild.ts';
import { inTurn } from '../../kit/inTurn.ts';
import * as v from 'valibot';
import { collections, isCollectionName, type CollectionName } from '#shared/sync/collections.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormedValue } from '#shared/text/wellFormed.ts';
import type { Playlists } from '../api/playlists.ts';
import type { Core } from '../core.ts';
import type { Rollups } from '../api/rollups.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import { type ForeignIds, foreignIds } from './ids.ts';
import { asNotTaken, asStorageFailure } from './notTaken.ts';
import { openTaking, type Part, type ReadDocument, type Taking } from './taking.ts';
import { openWaiting, type Waiting } from './waiting.ts';

export function openRebuild(core: Core, playlists: Playlists, rollups: Rollups): Rebuild {
  const taking = openTaking(core, playlists, rollups);
  const waiting = openWaiting(core);
  const oneByOne = inTurn();
  return {
    take: (collection, documents, { life = '', ...pace } = {}) =>
      oneByOne(() => take(core, { taking, waiting }, collection, documents, foreignIds(core, life), pace)),
    settle: (pace = {}) => oneByOne(() => settle(core, { taking, waiting }, pace)),
  };
}

interface RebuildDependencies {
  taking: Taking;
  waiting: Waiting;
}

async function take(
  core: Core,
  dependencies: RebuildDependencies,
  collection: CollectionName,
  documents: readonly unknown[],
  ids: ForeignIds,
  pace: Pace,
): Promise<TakenDocuments> {
  const refused: RefusedDocument[] = [];
  const valid: ReadDocument[] = [];
  await inSlices(
    documents,
    pace,
    (slice) => {
      for (const document of slice) {
        const { read, problem } = readDocument(collection, document);
        if (problem !== undefined) refused.push(problem);
        if (read !== undefined) valid.push(read);
      }
    },
    1,
  );
  const outcome = await takeParts(
    core,
    dependencies,
    ids,
    valid.flatMap((document) => dependencies.taking.parts(collection, document)),
    pace,
  );
  if (outcome.taken.size > 0 && (collection === 'artists' || collection === 'albums')) {
    for (const { collection: of, document } of dependencies.waiting.ready(ids)) {
      await takeParts(core, dependencies, ids, dependencies.taking.parts(of, document), pace);
    }
  }
  const waits = new Set(valid.map(({ id }) => id).filter((id) => dependencies.waiting.holds(ids.life, collection, id)));
  const gone = new Set([...refused, ...outcome.refused].map(({ id }) => id));
  const taken = [...outcome.taken].filter((id) => !gone.has(id)).length;
  return {
    taken,
    known: valid.filter(({ id }) => !outcome.taken.has(id) && !waits.has(id) && !gone.has(id)).length,
    waiting: waits.size,
    refused: [...refused, ...outcome.refused],
  };
}

/** Playlists are stored as text, and what played at the turntable plays on; what else waits is reported and stays: it joins when what it names is given after all. */
async function settle(core: Core, { taking, waiting }: RebuildDependencies, pace: Pace): Promise<Awaiting[]> {
  for (const { life, collection, document } of waiting.ready(null)) {
    await takeParts(core, { taking, waiting }, foreignIds(core, life), taking.parts(collection, document), pace);
  }
  for (const { life, collection, document } of waiting.last()) {
    await takeParts(core, { taking, waiting }, foreignIds(core, life), taking.parts(collection, document), pace, true);
  }
  return waiting.reasons();
}

async function takeParts(
  core: Core,
  { taking, waiting }: RebuildDependencies,
  ids: ForeignIds,
  parts: readonly Part[],
  pace: Pace,
  atEnd = false,
) {
  const taken = new Set<string>();
  const refused: RefusedDocument[] = [];
  const takeOne = (part: Part) => {
    const { changed, needs, problems } = taking.take(ids, part, atEnd);
    waiting.keep(ids.life, part, needs);
    return { part, changed, problems };
  };
  const note = ({ part, changed, problems }: ReturnType<typeof takeOne>) => {
    if (changed) taken.add(part.document.id);
    refused.push(...problems.map((problem) => ({ id: part.document.id, ...problem })));
  };
  await inSlices(
    parts,
    pace,
    (slice) => {
      try {
        core.db.transaction(() => slice.map(takeOne)).forEach(note);
      } catch {
        // One that cannot be stored must not undo the others: each by itself.
        for (const part of slice) {
          try {
            note(core.db.transaction(() => takeOne(part)));
          } catch (error) {
            refused.push({ id: part.document.id, ...asStorageFailure(error) });
          }
        }
      }
    },
    1,
  );
  return { taken, refused };
}

function readDocument(
  collection: CollectionName,
  document: unknown,
): { read?: ReadDocument; problem?: RefusedDocument } {
  const named = (document as { id?: unknown } | null)?.id;
  const id = typeof named === 'string' || typeof named === 'number' ? String(named) : '?';
  if (!isCollectionName(collection))
    return { problem: { id, ...asNotTaken({ code: 'unknown-collection', params: { name: String(collection) } }) } };
  const read = v.safeParse(collections[collection].schema, wellFormedValue(document), { abortEarly: true });
  if (read.success) return { read: read.output };
  const [issue] = read.issues;
  const field = v.getDotPath(issue) ?? 'document';
  return {
    problem: {
      id,
      reason: `${field}: ${issue.message}`,
      problem: { code: 'document-unreadable', params: { field: cut(field, 200) } },
    },
  };
}
