import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { textKey } from '#shared/matching/identity.ts';
import type { MutationTarget, TargetOf } from '#shared/mutations/targets.ts';
import { resolveAlbumId, resolveArtistId, resolveId } from '../curation/redirects.ts';
import { type Core, listed } from '../core.ts';
import { artistsShownAs } from './findByName.ts';
import { SERVER_ID } from './targets.ts';

/** What somebody reported of a play: names as a source reports them, now or before it corrected them. */
interface ReportedName {
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
}

/**
 * True when what an id leads to today is, as far as anything shows, what the person saw: by a name that it has, had before it became
 * part of another, or is reported under. A thing that was renamed since is still itself. Also true where the id leads to nothing:
 * nothing is done to that.
 */
export function matchesTarget(core: Core, target: MutationTarget): boolean {
  switch (target.kind) {
    case 'listen':
      return listenFits(core, target);
    case 'track':
      return trackFits(core, resolveId(core, 'track', target.id), target);
    case 'album':
      return albumFits(core, target);
    case 'artist': {
      const today = resolveArtistId(core, Number(target.id));
      return today === null || artistsShownAs(core, target.name).includes(today);
    }
    case 'image': {
      const image = core.db.get<{ source: string }>('SELECT source FROM images WHERE id = ?', target.id);
      return image === undefined || image.source === target.source;
    }
    case 'scrobble': {
      const report = core.db.get<{ source: string; at: number }>(
        'SELECT source, played_at AS at FROM scrobbles WHERE id = ?',
        target.id,
      );
      return (
        report === undefined ||
        (report.source === target.source && Math.abs(report.at - target.playedAt) <= MAX_GAP_SECONDS)
      );
    }
  }
}

/** The largest difference of two sources about the moment of one play, in seconds. */
const MAX_GAP_SECONDS = 900;

interface Moment {
  at: number;
  trackId: number;
}

/** No two things are heard at one moment; where a better source moved the moment, the names and a moment close by say that it is the same. */
function listenFits(core: Core, { id, playedAt, title, artist }: TargetOf<'listen'>): boolean {
  const today = resolveId(core, 'listen', id);
  const moments = core.db.all<Moment>(
    `SELECT timestamp AS at, track_id AS trackId FROM listening_history WHERE id IN (?1, ?2)
     UNION ALL SELECT listen ->> 'timestamp', listen ->> 'track_id' FROM deleted_listens WHERE listen_id = ?1`,
    id,
    today,
  );
  if (moments.length === 0) return true;
  const reported = core.db.all<{ at: number }>(
    'SELECT played_at AS at FROM scrobbles WHERE listen_id IN (?, ?)',
    id,
    today,
  );
  const isThen = [...moments, ...reported].some(({ at }) => at === playedAt);
  if (isThen && playedAt !== DATE_UNKNOWN) return true;
  const isClose = isThen || [...moments, ...reported].some(({ at }) => Math.abs(at - playedAt) <= MAX_GAP_SECONDS);
  return (
    isClose && moments.some(({ trackId }) => trackFits(core, resolveId(core, 'track', trackId), { title, artist }))
  );
}

function trackFits(core: Core, id: number, { title, artist }: Pick<TargetOf<'track'>, 'title' | 'artist'>): boolean {
  const row = core.db.get<{ key: string; albumId: number | null }>(
    'SELECT title_key AS key, album_id AS albumId FROM tracks WHERE id = ?',
    id,
  );
  if (row === undefined) return true;
  const credited = core.db.all<{ id: number }>(
    'SELECT artist_id AS id FROM track_artist WHERE track_id = ?1 UNION SELECT artist_id FROM album_artist WHERE album_id = ?2',
    id,
    row.albumId,
  );
  const fitting: Fitting = { title: row.key === textKey(title), artist: isCredited(core, credited, artist) };
  return bothFit(
    core,
    fitting,
    () => reportedNamesOf(core, [id]),
    (names) => textKey(names.title) === textKey(title),
    artist,
  );
}

function albumFits(core: Core, { id, title, artist, discogsId }: TargetOf<'album'>): boolean {
  if (!SERVER_ID.test(id)) return true;
  const today = resolveAlbumId(core, Number(id));
  if (today === null) return true;
  const titles = core.db.all<{ key: string; discogsId: string | null }>(
    `SELECT title_key AS key, discogs_id AS discogsId FROM albums WHERE id = ?1
     UNION ALL SELECT title_key, NULL FROM album_merges WHERE album_id = ?1 OR former_id = ?2`,
    today,
    Number(id),
  );
  if (discogsId != null && titles.some((row) => row.discogsId === discogsId)) return true;
  const credited = core.db.all<{ id: number }>('SELECT artist_id AS id FROM album_artist WHERE album_id = ?', today);
  const fitting: Fitting = {
    title: titles.some(({ key }) => key === textKey(title)),
    artist: isCredited(core, credited, artist),
  };
  const names = () =>
    reportedNamesOf(
      core,
      core.db.all<{ id: number }>('SELECT id FROM tracks WHERE album_id = ?', today).map((track) => track.id),
    );
  return bothFit(core, fitting, names, ({ album }) => album !== null && textKey(album) === textKey(title), artist);
}

interface Fitting {
  title: boolean;
  artist: boolean;
}

/** Reports are asked only where the names that the library shows do not say it. */
function bothFit(
  core: Core,
  fitting: Fitting,
  reports: () => ReportedName[],
  isTitled: (names: ReportedName) => boolean,
  artist: string,
): boolean {
  if (fitting.title && fitting.artist) return true;
  const names = reports();
  const title = fitting.title || names.some(isTitled);
  return (
    title &&
    (fitting.artist ||
      names.some(
        (each) =>
          isSameArtist(core, each.artist, artist) ||
          (each.albumArtist !== null && isSameArtist(core, each.albumArtist, artist)),
      ))
  );
}

/** '' is what is credited to nobody. */
const isCredited = (core: Core, credited: readonly { id: number }[], name: string): boolean => {
  if (name === '') return true;
  const shown = artistsShownAs(core, name);
  return credited.some(({ id }) => shown.includes(id));
};

function isSameArtist(core: Core, one: string, other: string): boolean {
  const shown = artistsShownAs(core, other);
  return textKey(one) === textKey(other) || artistsShownAs(core, one).some((id) => shown.includes(id));
}

function reportedNamesOf(core: Core, trackIds: readonly number[]): ReportedName[] {
  const rows = core.db.all<ReportedName & { earlier: string | null }>(
    `SELECT DISTINCT artist, album_artist AS albumArtist, title, album, corrected_from AS earlier FROM listening_history JOIN scrobbles ON listen_id = listening_history.id
     WHERE listening_history.track_id IN (SELECT value FROM json_each(?))`,
    listed(trackIds),
  );
  return rows.flatMap(({ earlier, ...names }) => [names, ...(JSON.parse(earlier ?? '[]') as ReportedName[])]);
}
