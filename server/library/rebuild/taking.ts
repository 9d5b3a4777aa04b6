import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import type { DeletionsDocument } from '#shared/journal/deletions.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { HouseholdDocument } from '#shared/library/household.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Playlists } from '../api/playlists.ts';
import type { Core } from '../core.ts';
import type { Rollups } from '../api/rollups.ts';
import { takeAlbum } from './albums.ts';
import { takeArtist } from './artists.ts';
import { takeDeletions } from './deletions.ts';
import { takeMutation } from './history.ts';
import { isAgreed, takeHousehold } from './household.ts';
import type { ForeignIds, Need } from './ids.ts';
import { takePage } from './journal.ts';
import { asNotTaken } from './notTaken.ts';
import type { NotTaken } from '../api/rebuild.ts';
import { takePlaylist } from './playlists.ts';
import { takeRevisions } from './revisions.ts';
import { takeRollup } from './rollups.ts';
import { takeSessions } from './sessions.ts';

/** A document that was found to be of its collection's shape. */
export type ReadDocument = { id: string } & Record<string, unknown>;

/** As much of a document as is taken at once. */
export interface Part {
  collection: CollectionName;
  document: ReadDocument;
  /** Of a journal page: which of its listens. */
  from: number;
  to: number;
}

interface Taken {
  /** The library lacked something of it. */
  changed: boolean;
  needs: Need[];
  /** What of it cannot be. */
  problems: NotTaken[];
}

export interface Taking {
  parts(collection: CollectionName, document: ReadDocument): Part[];
  /**
   * Inside a transaction. @param atEnd all was given: what a playlist names and no document gave is stored as text, and what played at the
   * turntable plays on. @throws for a document that cannot be stored. */
  take(ids: ForeignIds, part: Part, atEnd?: boolean): Taken;
}

/** Listens of one part: with their evidence about 10 ms of work. */
const LISTENS = 100;

export function openTaking(core: Core, playlists: Playlists, rollups: Rollups): Taking {
  const done = (changed: boolean): Taken => ({ changed, needs: [], problems: [] });
  return {
    parts(collection, document) {
      if (collection !== 'journal') return [{ collection, document, from: 0, to: 0 }];
      // By what it holds: how many it says it holds is somebody else's word.
      const { t } = document as unknown as JournalPage;
      return Array.from({ length: Math.ceil(t.length / LISTENS) }, (_, index) => ({
        collection,
        document,
        from: index * LISTENS,
        to: (index + 1) * LISTENS,
      }));
    },
    take(ids, { collection, document, from, to }, atEnd = false) {
      switch (collection) {
        case 'artists':
          return done(takeArtist(core, ids, document as unknown as ArtistDocument));
        case 'albums':
          return done(takeAlbum(core, ids, document as unknown as AlbumDocument));
        case 'rollups':
          return done(takeRollup(rollups, ids, document as unknown as MonthlyRollup));
        case 'revisions':
          return done(takeRevisions(core, ids, document as unknown as RevisionsDocument));
        case 'deletions':
          return done(takeDeletions(core, ids, document as unknown as DeletionsDocument));
        case 'household': {
          const { turntable = [], ...household } = document as unknown as HouseholdDocument;
          const isOpen = atEnd || !isAgreed(core);
          const changed = takeHousehold(core, household);
          return { changed, needs: isOpen ? takeSessions(core, ids, turntable, atEnd) : [], problems: [] };
        }
        case 'intents': {
          const mutation = document as unknown as MutationDocument;
          return mutation.verdict === undefined
            ? { changed: false, needs: [], problems: [asNotTaken({ code: 'change-unanswered' })] }
            : done(takeMutation(core, ids, mutation));
        }
        case 'playlists': {
          const needs = takePlaylist(core, ids, playlists, document as unknown as PlaylistDocument, atEnd);
          return { changed: needs?.length === 0, needs: needs ?? [], problems: [] };
        }
        case 'journal': {
          const { changed, needs, refused } = takePage(core, ids, document as unknown as JournalPage, { from, to });
          return { changed, needs, problems: refused };
        }
      }
    },
  };
}
