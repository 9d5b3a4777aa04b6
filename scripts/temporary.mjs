/** Where the tests put what they throw away. */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's number of a file system in memory. */
const TMPFS = 0x01021994;
/** With less, a disk is the better place: a run that fills the memory would fail for no reason of its own. */
const ROOM_BYTES = 4 * 2 ** 30;
const IN_MEMORY = '/dev/shm';

/**
 * Has this process and what it starts put temporary files in a folder of its own, which is removed when it ends: in memory where
 * the system offers enough of it, as some thousand transactions wait for a disk otherwise. What a killed process wrote is there
 * afterwards, as it is on a disk.
 */
export function useTemporaryFolder() {
  const folder = mkdtempSync(join(hasRoomInMemory() ? IN_MEMORY : tmpdir(), 'aime-tests-'));
  // A test runs the server as another user, who has to come through.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function hasRoomInMemory() {
  try {
    const { type, bavail, bsize } = statfsSync(IN_MEMORY);
    return type === TMPFS && bavail * bsize >= ROOM_BYTES && process.availableMemory() >= 2 * ROOM_BYTES;
  } catch {
    return false;
  }
}
