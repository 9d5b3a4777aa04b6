/** A page about music elsewhere, as its address names it. `text` are those the address spells out, for finding it by name. */
export type MusicLink =
  | { service: 'discogs'; kind: 'release' | 'master' | 'artist'; id: string; text: string }
  | { service: 'lastfm'; kind: 'artist'; artist: string }
  | { service: 'lastfm'; kind: 'album'; artist: string; album: string }
  | { service: 'lastfm'; kind: 'track'; artist: string; album: string | null; track: string }
  | { service: 'spotify'; kind: 'album' | 'artist' | 'track'; id: string };

const ADDRESS = /https?:\/\/[^\s<>"]+|spotify:(?:album|artist|track):[A-Za-z0-9]+/g;

/** Reads an address; null when it leads to no record, artist or track on Discogs, Last.fm or Spotify. */
export function readMusicLink(address: string): MusicLink | null {
  const uri = /^spotify:(album|artist|track):([A-Za-z0-9]+)$/.exec(address.trim());
  if (uri) return { service: 'spotify', kind: uri[1] as 'album', id: uri[2] ?? '' };
  const trimmed = address.trim();
  if (!/^https?:/i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  const host = url.hostname.toLowerCase();
  const path = url.pathname.split('/').filter((part) => part !== '');
  if (isOf(host, 'discogs.com')) return readDiscogs(path);
  if (isOf(host, 'last.fm') || isOf(host, 'lastfm.com')) return readLastfm(path);
  if (host === 'open.spotify.com' || host === 'play.spotify.com') return readSpotify(path);
  return null;
}

/** What an app shares: an address in a field of its own or amid words; the first that is known. `text` is the rest. */
export function readShared(fields: readonly (string | null | undefined)[]): {
  link: MusicLink | null;
  address: string | null;
  text: string;
} {
  const texts = fields.filter((field) => typeof field === 'string');
  const addresses = texts.flatMap((text) => text.match(ADDRESS) ?? []);
  const address = addresses.find((candidate) => readMusicLink(candidate) !== null) ?? addresses[0] ?? null;
  const text = [...new Set(texts.map((text) => text.replaceAll(ADDRESS, ' ').replaceAll(/\s+/g, ' ').trim()))]
    .filter((text) => text !== '')
    .join(' ');
  return { link: address === null ? null : readMusicLink(address), address, text };
}

const isOf = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** `/release/249504-Artist-Title`, `/fr/master/1`, `/sell/release/1`, and `/Artist-Title/release/1` of older days. */
function readDiscogs(path: readonly string[]): MusicLink | null {
  for (const [index, part] of path.entries()) {
    if (part !== 'release' && part !== 'master' && part !== 'artist') continue;
    const [, id, slug] =
      /^(\d+)(?:-(.*))?$/.exec(path[index + 1] === 'view' ? (path[index + 2] ?? '') : (path[index + 1] ?? '')) ?? [];
    if (id === undefined) continue;
    const before = path[index - 1];
    const older = slug === undefined && before !== undefined && before.includes('-') ? before : '';
    return {
      service: 'discogs',
      kind: part,
      id,
      text: decoded(slug ?? older)
        .replaceAll('-', ' ')
        .trim(),
    };
  }
  return null;
}

/** `/music/Artist`, `/music/Artist/Album`, `/music/Artist/_/Track`, `/music/Artist/Album/Track`; with a language or a listener before. */
function readLastfm(path: readonly string[]): MusicLink | null {
  const at = path.indexOf('music');
  const user = path.indexOf('user');
  if (at < 0 || (at > 1 && user < 0)) return null;
  const [artist = '', second, third] = path
    .slice(at + 1)
    .filter((part) => !part.startsWith('+'))
    .map(spelt);
  if (artist === '') return null;
  if (second === undefined) return { service: 'lastfm', kind: 'artist', artist };
  if (third !== undefined)
    return { service: 'lastfm', kind: 'track', artist, album: second === '_' ? null : second, track: third };
  return second === '_'
    ? { service: 'lastfm', kind: 'artist', artist }
    : { service: 'lastfm', kind: 'album', artist, album: second };
}

/** `/album/4aawyAB9vmqN3uQ7FjRGTy`, `/intl-fr/album/…`, `/embed/album/…`. */
function readSpotify(path: readonly string[]): MusicLink | null {
  const at = path.findIndex((part) => part === 'album' || part === 'artist' || part === 'track');
  const id = path[at + 1];
  if (at < 0 || at > 1 || id === undefined || !/^[A-Za-z0-9]+$/.test(id)) return null;
  return { service: 'spotify', kind: path[at] as 'album', id };
}

/** Last.fm writes a space as +, and a plus as %2B that is encoded once more. */
const spelt = (part: string): string => decoded(decoded(part.replaceAll('+', ' '))).trim();

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
