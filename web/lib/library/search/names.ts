import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { otherNames } from '#shared/matching/distinct.ts';
import { creditLine } from '../credits.ts';
import type { NameIndex } from './nameIndex.ts';

/** Fields of a line: what it names (`r` artist, `a` album, `p` playlist, and after either of the first two `t` its tracks), id, name, detail. */
type Line = readonly [kind: string, id: string, name: string, detail: string];

const line = (...fields: Line): string => fields.map((field) => field.replace(/[\t\n]/g, ' ')).join('\t');

export function albumLines({ id, title, artists, tracks }: AlbumDocument): string[] {
  const credits = creditLine(artists);
  const lines = [line('a', id, title, credits)];
  for (const track of tracks) {
    if (track.kind === 'heading') continue;
    const own = track.artists?.length ? creditLine(track.artists) : credits;
    lines.push(line('t', String(track.id), track.title, `${own} · ${title}`));
  }
  return lines;
}

export function artistLines({ id, name, aliases = [], tracks }: ArtistDocument): string[] {
  const other = otherNames(
    name,
    aliases.map((alias) => alias.name),
  ).join(' · ');
  return [line('r', id, name, other), ...tracks.map((track) => line('t', String(track.id), track.title, name))];
}

export function playlistLines({ id, name }: PlaylistDocument): string[] {
  return [line('p', id, name, '')];
}

const KINDS = { r: 'artist', a: 'album', p: 'playlist' } as const;

/** Whose tracks are being read. */
interface TrackOwner {
  key: string;
  /** As a listen names it: album id, or minus the artist's. */
  number: number;
  tracks: Set<string>;
}

/** Takes lines into an index, and out of it the tracks that their album or artist no longer has. */
export class NameReader {
  readonly #index: NameIndex;
  readonly #tracks = new Map<string, ReadonlySet<string>>();

  constructor(index: NameIndex) {
    this.#index = index;
  }

  read(lines: string): void {
    let owner: TrackOwner | undefined;
    for (const each of lines.split('\n')) {
      const [kind = '', id = '', name = '', detail = ''] = each.split('\t');
      if (kind === 't') {
        owner?.tracks.add(id);
        this.#index.set({ kind: 'track', id, name, detail, ...(owner && { ownerId: owner.number }) });
      } else if (kind === 'r' || kind === 'a' || kind === 'p') {
        if (owner) this.#end(owner);
        this.#index.set({ kind: KINDS[kind], id, name, detail });
        owner = { key: `${KINDS[kind]} ${id}`, number: kind === 'a' ? Number(id) : -Number(id), tracks: new Set() };
      }
    }
    if (owner) this.#end(owner);
  }

  remove(kind: 'album' | 'artist' | 'playlist', ids: readonly string[]): void {
    for (const id of ids) {
      this.#index.remove(kind, id);
      this.#end({ key: `${kind} ${id}`, number: kind === 'album' ? Number(id) : -Number(id), tracks: new Set() });
    }
  }

  #end({ key, number, tracks }: TrackOwner): void {
    for (const id of this.#tracks.get(key) ?? []) {
      // One that another document has taken over stays there.
      if (!tracks.has(id) && this.#index.get('track', id)?.ownerId === number) this.#index.remove('track', id);
    }
    if (tracks.size > 0) this.#tracks.set(key, tracks);
    else this.#tracks.delete(key);
  }
}
