import { inventedRecords, recordNamed } from '../catalogue/inventedRecords.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import type { PictureShelf } from '../kit/pictures.ts';
import { ArtistIds, copiesOf, releaseOf } from './generate.ts';
import type { SimulatedCopy, SimulatedRelease, SimulatedWant } from './release.ts';

export interface Folder {
  id: number;
  name: string;
}

export const FOLDERS: Folder[] = [
  { id: 1, name: 'Uncategorized' },
  { id: 2, name: 'Living room' },
  { id: 3, name: 'Attic' },
];

const CONDITIONS = ['Mint (M)', 'Near Mint (NM or M-)', 'Very Good Plus (VG+)', 'Very Good (VG)', 'Good (G)'];

export const FIELDS = [
  { id: 1, name: 'Media', position: 1, type: 'dropdown', options: CONDITIONS, public: true },
  {
    id: 2,
    name: 'Sleeve',
    position: 2,
    type: 'dropdown',
    options: ['Generic', 'No Cover', ...CONDITIONS],
    public: true,
  },
  { id: 3, name: 'Notes', position: 3, type: 'textarea', lines: 3, public: true },
  { id: 4, name: 'Price paid', position: 4, type: 'textarea', lines: 1, public: false },
];

/** What a person changes of a copy or of its release. */
export interface CopyChange {
  copy?: Partial<Omit<SimulatedCopy, 'instanceId' | 'releaseId'>>;
  release?: Partial<Omit<SimulatedRelease, 'id'>>;
}

/** A person's collection and wantlist, and the releases in them. */
export class Shelf {
  readonly releases = new Map<number, SimulatedRelease>();
  readonly wants: SimulatedWant[] = [];
  copies: SimulatedCopy[];
  readonly #ids = new ArtistIds();
  readonly #pictures: PictureShelf;
  #made = 0;

  constructor(pictures: PictureShelf, owned: readonly CatalogueRecord[], generated: number, wanted: number) {
    this.#pictures = pictures;
    this.copies = copiesOf([...owned, ...inventedRecords(generated)].map((album) => this.#make(album)));
    for (const album of inventedRecords(wanted, 99)) this.want(this.#make(album).id);
  }

  #make(album: CatalogueRecord, change: Partial<SimulatedRelease> = {}): SimulatedRelease {
    const release = { ...releaseOf(album, this.#made, this.#ids, this.#pictures), ...change };
    this.#made += 1;
    this.releases.set(release.id, release);
    return release;
  }

  /** Puts one more copy on the shelf, of a release that is there or of a new one. The latest date by default. */
  add(what: { releaseId?: number; artist?: string; title?: string } & CopyChange = {}): SimulatedCopy {
    const { releaseId, artist = 'Ada Nordlund', title = `Afterthought ${this.#made}` } = what;
    const release =
      (releaseId === undefined ? undefined : this.releases.get(releaseId)) ??
      this.#make(recordNamed(artist, title), what.release);
    const latest = this.copies.reduce((last, { dateAdded }) => Math.max(last, dateAdded), 0);
    const copy: SimulatedCopy = {
      instanceId: this.copies.reduce((last, { instanceId }) => Math.max(last, instanceId), 0) + 3,
      releaseId: release.id,
      folderId: 1,
      rating: 0,
      dateAdded: latest + 60,
      notes: [],
      ...what.copy,
    };
    this.copies.push(copy);
    return copy;
  }

  /** @returns false when there is no such copy. */
  sell(instanceId: number): boolean {
    const before = this.copies.length;
    this.copies = this.copies.filter((copy) => copy.instanceId !== instanceId);
    return this.copies.length < before;
  }

  /** @returns false when there is no such copy. */
  edit(instanceId: number, change: CopyChange): boolean {
    const copy = this.copies.find((one) => one.instanceId === instanceId);
    if (!copy) return false;
    Object.assign(copy, change.copy);
    Object.assign(this.releaseOf(copy), change.release);
    return true;
  }

  want(releaseId: number): void {
    this.wants.push({
      releaseId,
      rating: 4,
      notes: 'First pressing only',
      dateAdded: 1_600_000_000 + this.wants.length,
    });
  }

  releaseOf({ releaseId }: { releaseId: number }): SimulatedRelease {
    const release = this.releases.get(releaseId);
    if (!release) throw new Error(`The simulated Discogs has no release ${releaseId}`);
    return release;
  }
}
