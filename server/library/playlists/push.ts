import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { PlaylistConflict, PlaylistFromDevice, Playlists, PlaylistState } from '../api/playlists.ts';
import type { Core } from '../core.ts';
import { keepClash } from './names.ts';
import { isOwnState, keepWrite, ownWrite, says } from './deviceWrites.ts';

/**
 * Takes what a device made of a playlist, unless somebody else changed it meanwhile. What that device itself wrote before never
 * counts against it, whether it heard that it was taken or not; nor does what the library by itself puts right in a playlist. A push
 * that was overtaken by a later one of its device changes nothing: that one said all.
 *
 * @returns what stands against it; null once it is taken.
 */
export function pushPlaylist(
  core: Core,
  playlists: Pick<Playlists, 'master' | 'put' | 'remove'>,
  write: PlaylistFromDevice,
): PlaylistConflict | null {
  const { document, deleted, assumed, deviceId, push } = write;
  const master = playlists.master(document.id);
  const own = ownWrite(core, document.id, deviceId);
  const isOwn = own !== null && isOwnState(own, assumed);
  const base = isOwn ? own : null;
  if (own && master && push !== undefined && push <= own.push && !isExact(assumed, master))
    return push === own.push && isLike(own, master) ? null : { master, base };
  if (master && !standsOn(master, assumed, base)) {
    const common = base ? { ...base.document, _deleted: base.deleted } : assumed;
    keepClash(core, { mine: { document, deleted }, master, assumed: nameOf(common), deviceId: deviceId ?? null });
    return { master, base };
  }
  if (deleted) playlists.remove(document.id, deviceId);
  else playlists.put(master && !isExact(assumed, master) ? inItsPlaces(document, master.document) : document, deviceId);
  const now = playlists.master(document.id);
  const goesOn = base && (!master || isLike(base, master)) ? base.states : [];
  if (deviceId !== undefined && now)
    keepWrite(core, { deviceId, push }, now, goesOn, [assumed, { ...document, _deleted: deleted }]);
  return null;
}

type Said = Readonly<Record<string, unknown>>;

/** Whether the library has what the device stands on: its own last write, or what it knows the library to have. */
function standsOn(master: PlaylistState, assumed: Said | null, own: PlaylistState | null): boolean {
  if (own && isLike(own, master)) return true;
  if (assumed === null || says(assumed) !== says({ ...master.document, _deleted: master.deleted })) return false;
  // The same once more, made by somebody else: the device stands on that only where it has seen it.
  return own === null || assumed.updatedAt === master.document.updatedAt;
}

const isLike = (one: PlaylistState, other: PlaylistState): boolean =>
  says({ ...one.document, _deleted: one.deleted }) === says({ ...other.document, _deleted: other.deleted });

function isExact(assumed: Said | null, { document, deleted }: PlaylistState): boolean {
  return assumed !== null && canonical(assumed) === canonical({ ...document, _deleted: deleted });
}

/** What a place holds was found anew in the meantime, or written as text: the device does not know it yet. */
function inItsPlaces(document: PlaylistDocument, { entries }: PlaylistDocument): PlaylistDocument {
  const known = new Map(entries.map((entry) => [entry.entry, entry]));
  return { ...document, entries: document.entries.map((entry) => known.get(entry.entry) ?? entry) };
}

function nameOf(base: Said | null): { name: string } | null {
  return base && typeof base.name === 'string' ? { name: base.name } : null;
}
