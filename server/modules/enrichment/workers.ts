import type { LookupId, TextsId } from '#shared/upstreams/registry.ts';
import type { AlbumTextWriter } from '../../enrichment/albumText/albumTextWriter.ts';
import type { EnrichmentTask } from '../../enrichment/task.ts';
import { discogsArtist, discogsMaster, discogsRelease } from '../../enrichment/tasks/discogs.ts';
import { EnrichmentWorker } from '../../enrichment/worker.ts';
import type { EuriaAccess } from '../../upstreams/euria/index.ts';
import type { DiscogsModule } from '../discogs.ts';
import type { ModuleContext } from '../module.ts';
import type { LookupClients } from './clients.ts';
import { connected } from './lookups/connected.ts';
import type { OnlyLookupId } from './lookups/lookup.ts';

/** The queue's workers by their upstream. */
export type LookupWorkers = Record<LookupId | TextsId, EnrichmentWorker>;

interface WorkersDependencies {
  clients: LookupClients;
  discogs: DiscogsModule['client'];
  albumTextWriter: AlbumTextWriter;
  euria: EuriaAccess;
  onChange: () => void;
}

/** One worker an upstream, each with the tasks that it is asked for. */
export function createLookupWorkers(
  { config, library, clock, log }: ModuleContext,
  { clients, discogs, albumTextWriter, euria, onChange }: WorkersDependencies,
): LookupWorkers {
  const { facts, images, queue } = library;
  const worker = (
    upstream: string,
    ready: () => boolean,
    tasks: readonly EnrichmentTask[],
    waitSeconds?: () => number,
  ) =>
    new EnrichmentWorker({
      upstream,
      ready,
      tasks,
      queue,
      clock,
      log,
      written: (work, signal) =>
        library.availability.written(() => library.atomically(work), { patienceMs: Infinity, signal }),
      blocked: {
        get: () => library.states.get<number>(`blocked:${upstream}`) ?? 0,
        set: (until) => library.states.set(`blocked:${upstream}`, until),
      },
      paused: {
        get: () => library.states.get<{ wished: boolean }>(`paused:${upstream}`)?.wished ?? false,
        set: (isPaused) => library.states.set(`paused:${upstream}`, { wished: isPaused }),
      },
      onChange,
      ...(waitSeconds && { waitSeconds }),
    });
  const discogsClient = () => connected(discogs(), 'discogs');
  const lookups = Object.fromEntries(
    Object.values(clients.lookups).map((lookup) => [
      lookup.id,
      worker(lookup.id, () => lookup.isReady(), lookup.tasks),
    ]),
  ) as Record<OnlyLookupId, EnrichmentWorker>;
  return {
    discogs: worker('discogs', () => discogs() !== null, [
      discogsRelease({ facts, writeDetails: library.shelf.writeDetails, client: discogsClient }),
      discogsMaster({ facts, client: discogsClient }),
      discogsArtist({ facts, images, client: discogsClient }),
    ]),
    ...lookups,
    euria: worker(
      'euria',
      () => clients.euria !== null && config.get('euria.background'),
      [albumTextWriter.task()],
      () => euria.share('own').waitSeconds(),
    ),
  };
}
