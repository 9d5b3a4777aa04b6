import {
  type CollectionItem,
  type CreditedArtist,
  describeFormats,
  type ReleaseBasics,
} from '../upstreams/discogs/index.ts';
import type { CopyFacts, CreditFacts, ReleaseFacts } from '../library/api/shelf.ts';

export const creditFacts = ({ id, name, creditedAs, join }: CreditedArtist): CreditFacts => ({
  discogsId: id === null ? null : String(id),
  name,
  creditedAs,
  join,
});

export const releaseFacts = (release: ReleaseBasics): ReleaseFacts => ({
  discogsId: String(release.id),
  masterId: release.masterId === null ? null : String(release.masterId),
  title: release.title,
  year: release.year,
  support: release.support,
  artists: release.artists.map(creditFacts),
  labels: release.labels.map(({ name, catno }) => ({ name, catalogueNumber: catno })),
  genres: release.genres,
  styles: release.styles,
  formats: release.formats,
  coverUrl: release.coverUrl ?? release.thumbUrl,
  discogsUrl: `https://www.discogs.com/release/${release.id}`,
});

export const copyFacts = (item: CollectionItem, publicPart = false): CopyFacts => ({
  instanceId: String(item.instanceId),
  publicPart,
  folderId: String(item.folderId),
  dateAdded: item.dateAdded,
  rating: item.rating,
  notes: item.notes.map(({ fieldId, value }) => ({ fieldId: String(fieldId), value })),
  format: describeFormats(item.release.formats),
  release: releaseFacts(item.release),
});
