import type { SetAside } from '#server/kit/http/setAside.ts';
import { isUpstreamError } from '#server/kit/http/upstreamError.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { createDiscogsClient } from '#server/upstreams/discogs/index.ts';
import { createEuriaClient } from '#server/upstreams/euria/index.ts';
import { createLastfmClient } from '#server/upstreams/lastfm/index.ts';
import { createMusicBrainzClient } from '#server/upstreams/musicbrainz/index.ts';
import { playAlbum } from '#server/upstreams/roon/browse.ts';
import { readZones, readZonesMessage } from '#server/upstreams/roon/schema.ts';
import { createSpotifyClient } from '#server/upstreams/spotify/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';

/** Longer than any text that leaves a client; what a service was told to write is bounded by its reader. */
const LONGEST = 10_000;
/** The last second of a date, and the last whole number, that JavaScript holds. */
const LAST_SECOND = 8.64e12;

/** What must not leave a client, by its place: halves of characters and controls, texts without end, numbers that are none. */
export function unfit(value: unknown, place = ''): string[] {
  if (typeof value === 'string') {
    return /\\u(?:d[89a-f]|000[0-8bcef])/i.test(JSON.stringify(value)) || value.length > LONGEST ? [place] : [];
  }
  if (typeof value === 'number') {
    // A report is stored as it came, numbers included.
    if (place.includes('.raw.')) return [];
    const isTime = /(?:At|dateAdded)$/.test(place) && !place.endsWith('playedAt');
    return Number.isFinite(value) && Math.abs(value) <= (isTime ? LAST_SECOND : Number.MAX_SAFE_INTEGER) ? [] : [place];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'setAside' ? [] : unfit(inner, `${place}.${name}`),
  );
}

const aside: SetAside[] = [];

const common = () => ({
  clock: new ImpatientClock(),
  userAgent: 'AIME/4.0.0 (tests)',
  timeoutMs: 5_000,
  intervalMs: 0,
  onSetAside: (_list: string, entries: SetAside[]) => void aside.push(...entries),
});
const secret = new Redacted('secret');
const url = 'http://127.0.0.1:9';
const discogs = () => createDiscogsClient({ ...common(), settings: { url, authorizeUrl: url, token: secret } });
const spotify = () =>
  createSpotifyClient({ ...common(), settings: { url, accountsUrl: url, clientId: secret, clientSecret: secret } });
const musicbrainz = () =>
  createMusicBrainzClient({ ...common(), settings: { url, coverArtUrl: url, contact: 'someone@example.org' } });
export const lastfm = () =>
  createLastfmClient({
    ...common(),
    settings: { url, authUrl: url, apiKey: secret, apiSecret: secret, sessionKey: secret, username: 'ada' },
  });
const euria = () => createEuriaClient({ ...common(), settings: { url, token: secret, model: 'm' } });
const album = { artist: 'Ada Nordlund', title: 'Harbour Lights' };

const basics = {
  id: 1,
  master_id: 2,
  title: 'Harbour Lights',
  year: 1974,
  cover_image: 'https://i.example/1.jpg',
  thumb: 'https://i.example/1s.jpg',
  artists: [
    { id: 3, name: 'Ada Nordlund (2)', anv: 'A. Nordlund', join: '&' },
    { id: 4, name: 'Choir', join: '' },
  ],
  labels: [{ name: 'Phare', catno: 'PH 1' }],
  formats: [{ name: 'Vinyl', qty: '2', descriptions: ['LP'], text: 'Blue' }],
  genres: ['Jazz'],
  styles: ['Modal'],
};
const pagination = { page: 1, pages: 1, items: 1 };
const tracklist = [
  {
    type_: 'track',
    position: 'A1',
    title: 'Ferry',
    duration: '3:10',
    artists: [{ name: 'Guest' }],
    sub_tracks: [{ position: 'A1a', title: 'Ebb', duration: '1:00' }],
  },
];
const images = [
  { type: 'primary', uri: 'https://i.example/1.jpg', uri150: 'https://i.example/1s.jpg', width: 600, height: 600 },
];
const attributes = { user: 'ada', page: '1', perPage: '50', totalPages: '1', total: '1' };
const credit = [{ name: 'Ada Nordlund', joinphrase: ' & ' }];
const mbid = '0a1b2c3d-0a1b-4c3d-8e9f-0a1b2c3d4e5f';
const pictures = [{ url: 'https://i.example/1.jpg', width: 640, height: 640 }];
const sizes = [{ size: 'large', '#text': 'https://i.example/1.png' }];

type Asked = [of: string, usual: unknown, ask: () => Promise<unknown>];

/** An answer of each list and each record that AIME reads, and how it is asked for. */
export const ANSWERS: readonly Asked[] = [
  [
    'Discogs’ collection',
    {
      pagination,
      releases: [
        {
          instance_id: 9,
          folder_id: 1,
          rating: 4,
          date_added: '2015-11-30T10:54:13-08:00',
          notes: [{ field_id: 1, value: 'Mint' }],
          basic_information: basics,
        },
      ],
    },
    () => discogs().collectionPage('ada', 1),
  ],
  [
    'Discogs’ wantlist',
    {
      pagination,
      wants: [
        { rating: 4, notes: 'First pressing', date_added: '2015-11-30T10:54:13-08:00', basic_information: basics },
      ],
    },
    () => discogs().wantlistPage('ada', 1),
  ],
  [
    'a Discogs release',
    {
      ...basics,
      tracklist,
      images,
      released: '1974-03-00',
      country: 'Norway',
      identifiers: [{ type: 'Barcode', value: '5 01' }],
      uri: 'https://discogs.example/1',
    },
    () => discogs().release(1),
  ],
  [
    'a Discogs master',
    {
      id: 2,
      main_release: 1,
      title: 'Harbour Lights',
      year: 1974,
      artists: basics.artists,
      tracklist,
      images,
      genres: ['Jazz'],
      styles: ['Modal'],
    },
    () => discogs().master(2),
  ],
  [
    'Discogs’ search',
    {
      results: [
        {
          id: 1,
          type: 'release',
          master_id: 2,
          title: 'Ada Nordlund - Harbour Lights',
          year: '1974',
          format: ['Vinyl'],
          label: ['Phare'],
          catno: 'PH 1',
          country: 'Norway',
          barcode: ['501'],
          cover_image: '',
          thumb: '',
        },
      ],
    },
    () => discogs().search({ query: 'x' }),
  ],
  ['Discogs’ folders', { folders: [{ id: 0, name: 'All', count: 1 }] }, () => discogs().folders('ada')],
  [
    'Discogs’ fields',
    { fields: [{ id: 1, name: 'Media', position: 1, type: 'dropdown', options: ['Mint'], public: true }] },
    () => discogs().fields('ada'),
  ],
  ['a Discogs identity', { id: 1, username: 'ada' }, () => discogs().identity()],
  [
    'MusicBrainz’ albums',
    {
      'release-groups': [
        {
          id: mbid,
          title: 'Harbour Lights',
          score: 100,
          'artist-credit': credit,
          'primary-type': 'Album',
          'first-release-date': '1974-03',
        },
      ],
    },
    () => musicbrainz().searchReleaseGroups(album),
  ],
  [
    'MusicBrainz’ editions',
    {
      releases: [
        {
          id: mbid,
          title: 'Harbour Lights',
          score: 100,
          'artist-credit': credit,
          date: '1974',
          'release-group': { id: mbid, 'primary-type': 'Album' },
        },
      ],
    },
    () => musicbrainz().searchReleases(album),
  ],
  [
    'Spotify’s albums',
    {
      access_token: 't',
      expires_in: 3600,
      albums: {
        items: [
          {
            id: 'a',
            name: 'Harbour Lights',
            artists: [{ name: 'Ada Nordlund' }],
            images: pictures,
            release_date: '1974',
            album_type: 'album',
            external_urls: { spotify: 'https://open.example/a' },
          },
        ],
      },
    },
    () => spotify().searchAlbums(album),
  ],
  [
    'Spotify’s artists',
    {
      access_token: 't',
      expires_in: 3600,
      artists: {
        items: [
          { id: 'a', name: 'Ada Nordlund', images: pictures, external_urls: { spotify: 'https://open.example/a' } },
        ],
      },
    },
    () => spotify().searchArtists('Ada'),
  ],
  [
    'a Spotify token',
    { access_token: 't', expires_in: 3600 },
    async () => ({ expiresAt: (await spotify().refreshToken()) / 1000 }),
  ],
  ['EurIA’s models', { data: [{ id: 'm', name: 'm', type: 'llm', info_status: 'ready' }] }, () => euria().models()],
  [
    'an EurIA completion',
    {
      model: 'm',
      choices: [{ message: { content: 'Words', reasoning: '', reasoning_content: '' }, finish_reason: 'stop' }],
    },
    async () => {
      const { text: _bounded, ...rest } = await euria().chat({ messages: [], maxTokens: 10 });
      return rest;
    },
  ],
  [
    'Last.fm’s plays',
    {
      recenttracks: {
        track: [
          {
            artist: { '#text': 'Ada Nordlund', mbid },
            name: 'Ferry',
            album: { '#text': 'Harbour Lights', mbid },
            date: { uts: '1700000000' },
            image: sizes,
            mbid,
            url: 'https://last.example/music/Ada/_/Ferry',
            loved: '1',
          },
          { artist: { name: 'Ada Nordlund' }, name: 'Ebb', '@attr': { nowplaying: 'true' } },
        ],
        '@attr': attributes,
      },
    },
    () => lastfm().recentPlays({}),
  ],
  [
    'Last.fm’s loves',
    {
      lovedtracks: {
        track: [
          {
            name: 'Ferry',
            artist: { name: 'Ada Nordlund', mbid, url: 'https://last.example/a' },
            date: { uts: '1700000000' },
          },
        ],
        '@attr': attributes,
      },
    },
    () => lastfm().lovedTracks(1),
  ],
  [
    'a Last.fm profile',
    { user: { name: 'ada', playcount: '10', registered: { unixtime: '1200000000' } } },
    () => lastfm().profile(),
  ],
  ['a Last.fm session', { session: { name: 'ada', key: 'k' } }, () => lastfm().getSession('t')],
  [
    'a Last.fm album',
    { album: { name: 'Harbour Lights', url: 'https://last.example/a', mbid, image: sizes, artist: 'Ada Nordlund' } },
    () => lastfm().albumInfo('Ada', 'Harbour'),
  ],
  [
    'a Last.fm artist',
    { artist: { name: 'Ada Nordlund', url: 'https://last.example/a', mbid, image: sizes } },
    () => lastfm().artistInfo('Ada'),
  ],
  [
    'Last.fm’s word on plays',
    { scrobbles: { scrobble: [{ ignoredMessage: { code: '0' } }] } },
    () => lastfm().scrobble([{ playedAt: 1_700_000_000, artist: 'Ada', title: 'Ferry' }]),
  ],
];

/** What came of an answer: what was read, or why it was refused, in words; and what was set aside on the way. */
interface Outcome {
  read?: unknown;
  refused?: string;
  aside: SetAside[];
}

/** @throws what is thrown that is no refusal: a fault of ours. */
export async function outcomeOf(said: unknown, ask: () => Promise<unknown>): Promise<Outcome> {
  const before = globalThis.fetch;
  const body = JSON.stringify(said);
  globalThis.fetch = () => Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }));
  aside.length = 0;
  try {
    const read = await ask();
    const own = (read as { setAside?: SetAside[] } | null)?.setAside ?? [];
    return { read, aside: [...aside, ...own] };
  } catch (error) {
    if (isUpstreamError(error)) return { refused: error.message, aside: [...aside] };
    throw new Error(`${body?.slice(0, 300)}`, { cause: error });
  } finally {
    globalThis.fetch = before;
  }
}

const line = (line1: string, line2 = '', line3 = '') => ({ line1, line2, line3 });
const zone = {
  zone_id: 'z',
  display_name: 'Salon',
  state: 'playing',
  outputs: [{ output_id: 'o', display_name: 'Salon' }],
  now_playing: {
    seek_position: 7,
    length: 109,
    image_key: 'k',
    one_line: line('Aurora - Varga'),
    two_line: line('Aurora', 'Varga'),
    three_line: line('Aurora', 'Varga', 'Lumières'),
  },
};
const menus = {
  action: 'list',
  message: 'No',
  is_error: false,
  items: [{ title: 'Albums', subtitle: 'Ada', item_key: '1', hint: 'list' }],
};

/** What a Core says comes by its socket, whose JSON is made fit before it is read. */
export const ROON_ANSWERS: readonly [of: string, usual: unknown, read: (body: unknown) => Promise<unknown>][] = [
  ['Roon’s zones', { zones: [zone, { ...zone, zone_id: 'y' }] }, async (body) => readZones(body)],
  [
    'Roon’s changes',
    {
      zones_removed: ['y'],
      zones_added: [zone],
      zones_changed: [zone],
      zones_seek_changed: [{ zone_id: 'z', seek_position: 8 }],
    },
    async (body) => readZonesMessage(body),
  ],
  [
    'Roon’s menus',
    menus,
    (body) =>
      playAlbum(
        { ask: () => Promise.resolve({ name: 'Success', final: true, body }) },
        { zoneId: 'z', artist: 'Ada', album: 'Albums' },
      ),
  ],
];
