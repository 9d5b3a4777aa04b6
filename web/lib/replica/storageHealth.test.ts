import { describe, expect, it } from 'vitest';
import { StorageFailed, StorageHealth } from './storageHealth.ts';

const gone = () => new DOMException('The database connection is closing.', 'InvalidStateError');
const nothing = () => Promise.resolve();

function listening(): { health: StorageHealth; reported: string[] } {
  const [health, reported] = [new StorageHealth(), [] as string[]];
  health.onFailure(({ failure }) => reported.push(failure));
  return { health, reported };
}

/** Work that fails so many times. */
function failing(times: number, error: () => unknown): () => Promise<string> {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(error()) : Promise.resolve('done'));
}

describe('the replica’s database', () => {
  it('is opened again when the browser has closed it, and the work done', async () => {
    const { health, reported } = listening();
    let reopened = 0;
    const reopen = () => Promise.resolve(void reopened++);
    expect(await health.run('write', reopen, failing(2, gone))).toBe('done');
    expect([reopened, reported]).toEqual([2, []]);
  });

  it('is given up after a few times, reported once, and not used until it is tried again', async () => {
    const { health, reported } = listening();
    await expect(health.run('read', nothing, failing(Infinity, gone))).rejects.toThrow(StorageFailed);
    let touched = false;
    const touch = () => Promise.resolve(void (touched = true));
    await expect(health.run('read', nothing, touch)).rejects.toThrow(StorageFailed);
    expect([reported, touched]).toEqual([['storage-failed'], false]);
    health.tryAgain();
    await health.run('read', nothing, touch);
    expect(touched).toBe(true);
  });

  it('that cannot be opened again has failed', async () => {
    const { health, reported } = listening();
    await expect(health.run('read', () => Promise.reject(gone()), failing(1, gone))).rejects.toThrow(StorageFailed);
    expect(reported).toEqual(['storage-failed']);
  });

  it('that is full takes nothing more and can still be read', async () => {
    const { health, reported } = listening();
    const full = () => Object.assign(new Error('QuotaExceededError: no'), { name: 'AbortError' });
    await expect(health.run('write', nothing, failing(Infinity, full))).rejects.toThrow(StorageFailed);
    await expect(health.run('write', nothing, failing(0, full))).rejects.toThrow(StorageFailed);
    expect(await health.run('read', nothing, failing(0, full))).toBe('done');
    expect(reported).toEqual(['quota-exceeded']);
  });

  it('that was deleted under the page stays lost; a mistake in the work is not its fault', async () => {
    const { health, reported } = listening();
    await expect(
      health.run(
        'write',
        nothing,
        failing(1, () => new TypeError('mine')),
      ),
    ).rejects.toThrow(TypeError);
    expect(health.failure).toBeNull();
    health.lost();
    health.tryAgain();
    await expect(health.run('read', nothing, failing(0, gone))).rejects.toThrow(StorageFailed);
    expect(reported).toEqual(['storage-lost']);
  });

  it('is opened again when the browser has closed it, though nobody works with it, and not once the replica is closed', async () => {
    const { health, reported } = listening();
    let opened = 0;
    const open = failing(1, gone);
    const reopen = () => open().then(() => opened++);
    await health.closed(reopen);
    expect([opened, reported]).toEqual([1, []]);
    await health.closed(() => Promise.reject(gone()));
    expect(reported).toEqual([]);
    health.close();
    await health.closed(reopen);
    expect(opened).toBe(1);
  });

  it('is closed without a word when the replica is', async () => {
    const { health, reported } = listening();
    health.close();
    health.lost();
    await expect(health.run('write', nothing, failing(1, gone))).rejects.toThrow(DOMException);
    expect(reported).toEqual([]);
  });
});
