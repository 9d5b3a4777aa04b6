import { randomUUID } from 'node:crypto';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { ModelDevice } from './modelDevice.ts';

/** What a person did, in names and moments: no id. */
interface Deed {
  about: string;
  value: string | number | boolean;
  id: string;
}

/** A person with a device who keeps records, has opinions of them and notes down what was played, all of it to be found again by its names. */
export class Collector {
  readonly device: ModelDevice;
  readonly deeds: Deed[] = [];
  readonly #chance: SeededChance;
  readonly #name: string;
  readonly #begun = Math.floor(Date.now() / 1000) - 30 * 86_400;
  #number = 0;

  /** @param name makes what this person adds somebody's own. */
  constructor(
    name: string,
    { url, moment, chance }: { url: () => string; moment: () => number; chance: SeededChance },
  ) {
    this.device = new ModelDevice(url, moment);
    this.#chance = chance;
    this.#name = name;
  }

  /** Does one thing; adds a record where there is nothing yet to do it to. */
  act(): void {
    const album = this.#anAlbum();
    const kind = album === undefined ? 0 : this.#chance.whole(0, 4);
    if (kind === 0) return this.#addRecord();
    const { target, track } = album!;
    if (kind === 1)
      this.#do(
        `rating ${named(target)}`,
        this.#chance.whole(1, 5),
        (rating) => ({ kind: 'rate-album', albumId: target.id, rating: Number(rating) }),
        target,
      );
    if (kind === 2)
      this.#do(
        `note ${named(target)}`,
        `Note ${randomUUID()}`,
        (note) => ({ kind: 'note-album', albumId: target.id, note: String(note) }),
        target,
      );
    if (kind === 3)
      this.#do(
        `love ${named(track)}`,
        this.#chance.happens(0.5),
        (loved) => ({ kind: 'love-track', trackId: track.id, loved: loved === true }),
        track,
      );
    if (kind === 4) this.#hear(track);
  }

  /** What was done and not refused, the latest change of each thing. */
  wanted(): Map<string, Deed['value']> {
    return new Map(this.deeds.map(({ about, value }) => [about, value]));
  }

  refusals(): string[] {
    return this.deeds.flatMap(({ about, id }) => {
      const result = this.device.mutations.get(id)?.verdict;
      return result?.state === 'applied' ? [] : [`${about}: ${result?.message ?? 'no result'}`];
    });
  }

  #addRecord(): void {
    const number = (this.#number += 1);
    const [title, artist] = [`Record ${number} of ${this.#name}`, `Artist ${number % 3} of ${this.#name}`];
    this.#do(`record ${title} by ${artist}`, true, () => ({
      kind: 'add-record',
      alias: randomUUID(),
      title,
      artists: [artist],
      year: 1990,
      support: 'Vinyl',
      tracks: [`Side one ${number} of ${this.#name}`, `Side two ${number} of ${this.#name}`],
    }));
  }

  #hear(track: MutationTarget & { kind: 'track' }): void {
    const playedAt = this.#begun + (this.#number += 1) * 1_000;
    this.#do(
      `listen ${playedAt} ${track.title}`,
      true,
      () => ({
        kind: 'add-listens',
        group: randomUUID(),
        playedAt,
        tracks: [{ trackId: track.id, durationSeconds: 200 }],
      }),
      track,
    );
  }

  /** One of this person's own: nobody else has a later word on it. */
  #anAlbum() {
    const own = [...(this.device.documents.get('albums')?.values() ?? [])]
      .map((document) => document as unknown as AlbumDocument)
      .filter(({ title }) => title.endsWith(` of ${this.#name}`));
    if (own.length === 0) return undefined;
    const { id, title, artists, tracks, discogsId } = this.#chance.one(own);
    const artist = artists[0]?.name ?? '';
    const { id: trackId, title: trackTitle } = this.#chance.one(tracks);
    return {
      target: { kind: 'album' as const, id, title, artist, discogsId },
      track: { kind: 'track' as const, id: trackId, title: trackTitle, artist, album: title, discogsId },
    };
  }

  #do(
    about: string,
    value: Deed['value'],
    mutation: (value: Deed['value']) => Mutation,
    ...targets: MutationTarget[]
  ): void {
    const { id } = this.device.mutate(mutation(value), this.device.epoch, targets);
    this.deeds.push({ about, value, id });
  }
}

const named = (target: { title: string; artist: string }): string => `${target.title} by ${target.artist}`;
