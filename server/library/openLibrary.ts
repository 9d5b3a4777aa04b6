import type { Library, LibraryOptions } from './api/library.ts';
import { dirname, join } from 'node:path';
import { writeVerifiedCopy } from './database/verifiedCopy.ts';
import { openArchive } from './archive/index.ts';
import { openAvailability } from './database/availability.ts';
import type { Feed } from './api/feed.ts';
import type { Core } from './core.ts';
import { openRedirects } from './curation/redirects.ts';
import { openDatabase } from './database/database.ts';
import { rebuildIdentity } from './derivedKeys/identity.ts';
import { openEnrichmentQueue } from './jobs/enrichmentQueue.ts';
import { openFacts } from './metadata/facts.ts';
import { openImages } from './metadata/images.ts';
import { openJobRuns } from './jobs/jobRuns.ts';
import { openShelf } from './shelf/shelf.ts';
import { journalPages } from './documents/journal.ts';
import { openFeed } from './feed/changeFeed.ts';
import { openFollowUpNotes, openFollowUps } from './jobs/followUps.ts';
import { household, startHousehold } from './settings/household.ts';
import { mutations } from './mutations/mutations.ts';
import { reresolve } from './listens/reresolve.ts';
import { scrobbles } from './listens/scrobbles.ts';
import { openIdentity } from './identity/libraryIdentity.ts';
import { localDays } from './settings/localDays.ts';
import { loves } from './catalogue/loves.ts';
import { openScrobbleOutbox } from './listens/scrobbleOutbox.ts';
import { formerLife } from './inspect/formerLife.ts';
import { look } from './inspect/place.ts';
import { repairOnOpen } from './textRepair/repairOnOpen.ts';
import { LibraryFileError, migrate } from './migrations/migrate.ts';
import { playlists } from './playlists/playlists.ts';
import { pullFrom } from './feed/pull.ts';
import { openProbe } from './inspect/probe.ts';
import { openRebuild } from './rebuild/index.ts';
import { openRetention } from './archive/retention.ts';
import { openRollups } from './rollups/rollups.ts';
import { searchIndex } from './search/searchIndex.ts';
import { latestArrival, latestWord, madeWhen, openReceipts, openServerTime } from './mutations/receipts.ts';
import { reads } from './reads/index.ts';
import { openSetAside } from './listens/setAside.ts';
import { devices, serviceStates, settings } from './settings/settings.ts';
import { openTurntable } from './turntable/turntable.ts';
import { setUnreadableStatesAside } from './settings/unreadableRows.ts';

/**
 * Opens the library, bringing its file to the newest schema.
 *
 * @throws {LibraryFileError} for a file of a newer AIME or of somebody else, and where a library was and is lost. @throws {RangeError} for an unknown time zone.
 */
export function openLibrary({
  file,
  clock,
  log,
  timeZone,
  backupsDir,
  begin,
  unreadableTexts = false,
}: LibraryOptions): Library {
  const days = localDays(timeZone);
  if (begin === undefined) refuseLost(file);
  const db = openDatabase(file);
  try {
    migrate(db, { backupsDir, clock, log });
    if (unreadableTexts) repairOnOpen(db, { backupsDir, clock, log });
    rebuildIdentity(db, { backupsDir, clock, log });
    const life = openIdentity(db, { clock, log, ...(begin && { begin }) });
    const feed = openFeed(db, life, log);
    const availability = openAvailability(db, log);
    const received = openReceipts(latestWord(db), clock);
    // What time it is, a word of a day on which the clock was ahead does not say for ever.
    const time = openServerTime(openReceipts(latestArrival(db), clock), clock, life.lastWrittenAt);
    const core: Core = {
      db,
      availability,
      feed,
      search: searchIndex(db),
      clock,
      log,
      days,
      received,
      time,
      followUps: openFollowUpNotes(db),
      redirects: openRedirects(db),
    };
    setUnreadableStatesAside(core);
    startHousehold(core);
    const rollups = openRollups(core);
    const lists = playlists(core);
    // From now on nobody waits inside SQLite: its waiting would hold the event loop.
    db.exec('PRAGMA busy_timeout = 0');
    return {
      file,
      availability,
      probe: openProbe({ db, availability, life, clock, log }),
      scrobbles: scrobbles(core, rollups),
      loves: loves(core),
      turntable: openTurntable(core),
      scrobbleOutbox: openScrobbleOutbox(core),
      life,
      feed: feedOf(core, pullFrom(core, journalPages(core))),
      mutations: mutations(core),
      reads: reads(core),
      settings: settings(core),
      states: serviceStates(core),
      setAside: openSetAside(core),
      playlists: lists,
      household: household(core),
      devices: devices(core),
      images: openImages(core),
      shelf: openShelf(core),
      facts: openFacts(core),
      queue: openEnrichmentQueue(core),
      jobRuns: openJobRuns(core),
      rollups,
      followUps: openFollowUps(core, rollups),
      retention: openRetention(core),
      archive: openArchive(core, rollups, join(dirname(file), 'archive')),
      rebuild: openRebuild(core, lists, rollups),
      reresolve: (options) => reresolve(core, options),
      writtenWhen: (madeAt, { now, offset }) =>
        madeWhen({
          madeAt,
          received: core.received(),
          ...(now !== undefined && { deviceNow: now }),
          ...(offset !== undefined && { offset }),
        }),
      time,
      atomically: (work) => db.transaction(work),
      copyTo: (path) => writeVerifiedCopy(db, path),
      close: once(() => {
        availability.close();
        life.close();
        db.close();
      }),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Never begins an empty library where there was one, and does not touch what is not AIME's. */
function refuseLost(file: string): void {
  const found = look(file, formerLife(file, dirname(file)));
  if (found.state === 'recovery') throw new LibraryFileError(found.reason, found.message);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/** What the rest of the server may do with the feed. */
function feedOf({ feed }: Core, pull: Feed['pull']): Feed {
  return {
    get epoch() {
      return feed.epoch;
    },
    lastSeq: feed.lastSeq,
    lastSeqOf: feed.lastSeqOf,
    documents: feed.documents,
    subscribe: feed.subscribe,
    pull,
  };
}
