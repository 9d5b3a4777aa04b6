import type { SimulatedArtist, SimulatedCopy, SimulatedLine, SimulatedRelease, SimulatedWant } from './release.ts';

/** The API's own address, for `resource_url`s. */
type Base = string;

/** Discogs sends California's time, in winter eight hours behind; summer is left out here. */
function formatDate(seconds: number): string {
  return `${new Date((seconds - 8 * 3600) * 1000).toISOString().slice(0, 19)}-08:00`;
}

const artists = (credit: readonly SimulatedArtist[], base: Base) =>
  credit.map(({ id, name, anv = '', join = '' }) => ({
    name,
    anv,
    join,
    role: '',
    tracks: '',
    id,
    resource_url: `${base}/artists/${id}`,
  }));

const labels = (release: SimulatedRelease, base: Base) =>
  release.labels.map(({ id, name, catno }) => ({
    name,
    catno,
    entity_type: '1',
    entity_type_name: 'Label',
    id,
    resource_url: `${base}/labels/${id}`,
  }));

/** @param withImages false for a client without credentials: it gets no addresses. */
function basicInformation(release: SimulatedRelease, base: Base, withImages: boolean): Record<string, unknown> {
  const { id, masterId } = release;
  return {
    id,
    master_id: masterId,
    master_url: masterId === 0 ? null : `${base}/masters/${masterId}`,
    resource_url: `${base}/releases/${id}`,
    thumb: withImages ? release.thumbUrl : '',
    cover_image: withImages ? release.coverUrl : '',
    title: release.title,
    year: release.year,
    formats: release.formats,
    labels: labels(release, base),
    artists: artists(release.artists, base),
    genres: release.genres,
    styles: release.styles,
  };
}

export function formatCopy(
  copy: SimulatedCopy,
  release: SimulatedRelease,
  base: Base,
  withImages: boolean,
): Record<string, unknown> {
  return {
    id: release.id,
    instance_id: copy.instanceId,
    folder_id: copy.folderId,
    rating: copy.rating,
    date_added: formatDate(copy.dateAdded),
    basic_information: basicInformation(release, base, withImages),
    ...(copy.notes.length > 0 && { notes: copy.notes }),
  };
}

export function formatWant(
  want: SimulatedWant,
  release: SimulatedRelease,
  base: Base,
  user: string,
): Record<string, unknown> {
  return {
    id: release.id,
    rating: want.rating,
    notes: want.notes,
    notes_public: true,
    date_added: formatDate(want.dateAdded),
    resource_url: `${base}/users/${user}/wants/${release.id}`,
    basic_information: basicInformation(release, base, true),
  };
}

const lines = (tracklist: readonly SimulatedLine[], base: Base): unknown[] =>
  tracklist.map((line) => ({
    ...line,
    ...(line.artists && { artists: artists(line.artists, base) }),
    ...(line.sub_tracks && { sub_tracks: lines(line.sub_tracks, base) }),
  }));

function images(release: SimulatedRelease): unknown[] {
  if (release.coverUrl === '') return [];
  const { coverUrl, thumbUrl } = release;
  return [{ type: 'primary', uri: coverUrl, resource_url: coverUrl, uri150: thumbUrl, width: 600, height: 600 }];
}

export function formatRelease(release: SimulatedRelease, base: Base): Record<string, unknown> {
  const { cover_image: _cover, ...basics } = basicInformation(release, base, true);
  return {
    ...basics,
    status: 'Accepted',
    uri: `https://www.discogs.com/release/${release.id}`,
    artists_sort: release.artists.map(({ name }) => name).join(', '),
    released: release.released,
    released_formatted: release.released.slice(0, 4),
    country: release.country,
    identifiers: release.barcode === '' ? [] : [{ type: 'Barcode', value: release.barcode, description: 'Text' }],
    format_quantity: release.formats.length,
    tracklist: lines(release.tracklist, base),
    extraartists: [],
    companies: [],
    images: images(release),
    data_quality: 'Needs Vote',
  };
}

export function formatMaster(release: SimulatedRelease, base: Base): Record<string, unknown> {
  return {
    id: release.masterId,
    main_release: release.id,
    most_recent_release: release.id,
    resource_url: `${base}/masters/${release.masterId}`,
    main_release_url: `${base}/releases/${release.id}`,
    title: release.title,
    year: release.originalYear,
    artists: artists(release.artists, base),
    genres: release.genres,
    styles: release.styles,
    tracklist: lines(release.tracklist, base),
    images: images(release),
    data_quality: 'Correct',
  };
}

export function formatResult(release: SimulatedRelease): Record<string, unknown> {
  return {
    id: release.id,
    type: 'release',
    master_id: release.masterId,
    title: `${release.artists.map(({ name, anv }) => anv || name).join(' / ')} - ${release.title}`,
    ...(release.year > 0 && { year: String(release.year) }),
    format: release.formats.flatMap(({ name, descriptions = [] }) => [name, ...descriptions]),
    label: release.labels.map(({ name }) => name),
    catno: release.labels[0]?.catno ?? '',
    country: release.country,
    barcode: release.barcode === '' ? [] : [release.barcode],
    genre: release.genres,
    style: release.styles,
    cover_image: release.coverUrl,
    thumb: release.thumbUrl,
    uri: `/release/${release.id}`,
  };
}
