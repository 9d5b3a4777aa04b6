import { date, weekdays } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { PLACE_KEYS, type JournalPlace, type TrackView } from '$lib/library/index.ts';
import { genreName } from '../discogsTerms.ts';
import { supportName } from '../names.ts';
import { nameAlone, type Names } from '../namesakes.ts';

type Key = keyof JournalPlace;

/** One thing the Journal is narrowed by, in words; taking it away takes these keys away. */
export interface Narrowing {
  keys: readonly Key[];
  label: string;
}

/** What an address narrows the Journal by, but for the words that the search field shows itself. */
export function narrowingsOf(place: JournalPlace, library: Names): Narrowing[] {
  const { from, to } = place;
  const days: Narrowing[] =
    from === undefined && to === undefined ? [] : [{ keys: ['from', 'to'], label: daysLabel(from, to) }];
  const others = PLACE_KEYS.filter((key) => key !== 'from' && key !== 'to' && key !== 'q' && place[key] !== undefined);
  return [...days, ...others.map((key) => ({ keys: [key], label: labelOf(key, place, library) }))];
}

/** The same without these. */
export function without(place: JournalPlace, keys: readonly Key[]): JournalPlace {
  return Object.fromEntries(Object.entries(place).filter(([key]) => !keys.includes(key as Key)));
}

function daysLabel(from: string | undefined, to: string | undefined): string {
  if (from === to && from !== undefined) return date(from, 'shortYear');
  if (from === undefined) return t('journal.until', { date: date(to!, 'shortYear') });
  if (to === undefined) return t('journal.fromOn', { date: date(from, 'shortYear') });
  return t('journal.fromTo', {
    from: date(from, from.slice(0, 4) === to.slice(0, 4) ? 'short' : 'shortYear'),
    to: date(to, 'shortYear'),
  });
}

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;

/** @param track null where there is none, undefined while it may still arrive. */
function trackLabel(track: TrackView | null | undefined): string {
  if (track) return track.title || t('title.unknown');
  return t(track === null ? 'journal.noSuchTrack' : 'sync.syncing');
}

function labelOf(key: Key, place: JournalPlace, library: Names): string {
  const { albums, artists, tracks } = library;
  switch (key) {
    case 'artist':
      return (
        nameAlone('artist', place.artist!, library) ?? t(artists.complete ? 'journal.noSuchArtist' : 'sync.syncing')
      );
    case 'album':
      return nameAlone('album', place.album!, library) ?? t(albums.complete ? 'journal.noSuchAlbum' : 'sync.syncing');
    case 'track':
      return trackLabel(tracks.get(place.track!));
    case 'source':
      return t(`source.${place.source!}`);
    case 'loved':
      return t('journal.loved');
    case 'noted':
      return t('journal.noted.only');
    case 'genre':
      return genreName(place.genre!);
    case 'support':
      return supportName(place.support!);
    case 'decade':
      return t('journal.decade', { decade: String(place.decade) });
    case 'hour':
      return t('journal.hour', { from: clock(place.hour!), to: clock(place.hour! + 1) });
    case 'weekday':
      return weekdays('long')[place.weekday!]!;
    default:
      return String(place[key]);
  }
}
