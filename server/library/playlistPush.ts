import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { PlaylistConflict, PlaylistFromDevice, Playlists, PlaylistState } from './contract.ts';
import type { Core } from './core.ts';
import { keepClash } from './playlistNames.ts';
import { keepWrite, ownWrite } from './playlistWrites.ts';

/**
 * Takes what a device made of a playlist, unless somebody else changed it meanwhile. What that device itself wrote before never
 * counts against it, whether it heard that it was taken or not; nor does what the library by itself puts right in a playlist.
 *
 * @returns what stands against it; null once it is taken.
 */
export function pushPlaylist(core: Core, playlists: Pick<Playlists, 'master' | 'put' | 'remove'>, write: PlaylistFromDevice): PlaylistConflict | null {
  const { document, deleted, assumed, deviceId } = write;
  const master = playlists.master(document.id);
  const own = ownWrite(core, document.id, deviceId, assumed);
  const base = own ? { ...own.document, _deleted: own.deleted } : assumed;
  if (master && !(base && says(base) === says({ ...master.document, _deleted: master.deleted }))) {
    keepClash(core, { mine: { document, deleted }, master, assumed: nameOf(base), deviceId: deviceId ?? null });
    return { master, base: own };
  }
  if (deleted) playlists.remove(document.id, deviceId);
  else playlists.put(master && !isExact(assumed, master) ? inItsPlaces(document, master.document) : document, deviceId);
  const now = playlists.master(document.id);
  if (deviceId !== undefined && now) keepWrite(core, deviceId, assumed, now);
  return null;
}

type Said = Readonly<Record<string, unknown>>;

/** What a person may have changed: not when, nor what the library finds a place to hold. */
function says({ name, algorithm, aiPrompt, options, entries, _deleted }: Said): string {
  const places = Array.isArray(entries) ? entries.map((entry: unknown) => (entry as { entry?: unknown } | null)?.entry) : null;
  return canonical([name, algorithm, aiPrompt, options ?? null, places, _deleted === true]);
}

function isExact(assumed: Said | null, { document, deleted }: PlaylistState): boolean {
  return assumed !== null && canonical(assumed) === canonical({ ...document, _deleted: deleted });
}

/** What a place holds was found anew in the meantime, or named in words: the device has not heard of it. */
function inItsPlaces(document: PlaylistDocument, { entries }: PlaylistDocument): PlaylistDocument {
  const known = new Map(entries.map((entry) => [entry.entry, entry]));
  return { ...document, entries: document.entries.map((entry) => known.get(entry.entry) ?? entry) };
}

function nameOf(base: Said | null): { name: string } | null {
  return base && typeof base.name === 'string' ? { name: base.name } : null;
}
