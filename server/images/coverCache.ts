import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Pictures cached on disk within a bound; what was not looked at for longest is evicted first. */
export class CoverCache {
  readonly #directory: string;
  readonly #mostBytes: () => number;
  #entries: Map<string, { size: number; usedAt: number }> | null = null;
  #bytes = 0;

  constructor(directory: string, mostBytes: () => number) {
    this.#directory = directory;
    this.#mostBytes = mostBytes;
  }

  /** A name that holds no part of the address. */
  static nameOf(url: string, variant: string | number): string {
    return `${createHash('sha256').update(url).digest('hex').slice(0, 32)}-${variant}.webp`;
  }

  async read(name: string): Promise<Buffer | null> {
    const entries = await this.#open();
    const entry = entries.get(name);
    if (!entry) return null;
    const bytes = await readFile(join(this.#directory, name)).catch(() => null);
    if (!bytes) {
      this.#forget(name);
      return null;
    }
    const now = Date.now();
    // Noted on disk once an hour at most, so that a restart still knows what is used.
    if (now - entry.usedAt > 3_600_000)
      await utimes(join(this.#directory, name), now / 1000, now / 1000).catch(() => this.#forget(name));
    entry.usedAt = now;
    return bytes;
  }

  async write(name: string, bytes: Buffer): Promise<void> {
    const entries = await this.#open();
    const path = join(this.#directory, name);
    const file = await open(`${path}.partial`, 'w', 0o600);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(`${path}.partial`, path);
    this.#forget(name);
    entries.set(name, { size: bytes.length, usedAt: Date.now() });
    this.#bytes += bytes.length;
    await this.#trim(entries);
  }

  async size(): Promise<{ files: number; bytes: number }> {
    const entries = await this.#open();
    return { files: entries.size, bytes: this.#bytes };
  }

  async #open(): Promise<Map<string, { size: number; usedAt: number }>> {
    if (this.#entries) return this.#entries;
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const found = new Map<string, { size: number; usedAt: number }>();
    let bytes = 0;
    for (const name of await readdir(this.#directory)) {
      if (name.endsWith('.partial')) await rm(join(this.#directory, name), { force: true });
      else {
        const { size, mtimeMs } = await stat(join(this.#directory, name));
        found.set(name, { size, usedAt: mtimeMs });
        bytes += size;
      }
    }
    if (!this.#entries) {
      this.#entries = found;
      this.#bytes = bytes;
    }
    return this.#entries;
  }

  #forget(name: string): void {
    this.#bytes -= this.#entries?.get(name)?.size ?? 0;
    this.#entries?.delete(name);
  }

  async #trim(entries: Map<string, { size: number; usedAt: number }>): Promise<void> {
    const bound = this.#mostBytes();
    if (this.#bytes <= bound) return;
    const oldest = [...entries].sort(([, one], [, other]) => one.usedAt - other.usedAt);
    for (const [name] of oldest) {
      if (this.#bytes <= bound * 0.9) return;
      this.#forget(name);
      await rm(join(this.#directory, name), { force: true });
    }
  }
}
