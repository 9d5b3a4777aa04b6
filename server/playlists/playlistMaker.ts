import { randomInt, randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import { drawPlaylist, type DrawExplanation } from '#shared/playlists/draw.ts';
import { defaultName } from '#shared/playlists/defaultName.ts';
import { type GeneratePlaylist, PlaylistOptions } from '#shared/playlists/options.ts';
import { ownOptions } from '#shared/playlists/ownOptions.ts';
import type { LibraryView } from '../analytics/libraryView.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';
import type { Library } from '../library/api/library.ts';
import type { PlaylistItem } from '#shared/api/playlists.ts';
import type { AiPlaylistWriter } from './aiWriter.ts';

export interface PlaylistMakerOptions {
  library: Library;
  view: LibraryView;
  writer: AiPlaylistWriter;
  clock: Clock;
}

export interface DrawnDocument {
  playlist: PlaylistDocument;
  explanation: DrawExplanation;
}

type LocalAlgorithm = Parameters<typeof drawPlaylist>[0]['algorithm'];
const MOST_SEED = 2 ** 31;

/** Draws playlists with the functions the app draws with, and has the model write the others. */
export class PlaylistMaker {
  readonly #o: PlaylistMakerOptions;

  constructor(options: PlaylistMakerOptions) {
    this.#o = options;
  }

  /** Draws a list with one of the algorithms that need no AI; it is not stored. */
  async draw(request: GeneratePlaylist & { algorithm: LocalAlgorithm }): Promise<DrawnDocument> {
    const { algorithm, prompt: _prompt, name, keep: _keep, ...options } = request;
    const { entries, ...drawn } = await this.#draw(algorithm, options);
    const playlist = { ...this.#facts(request, name), options: { ...drawn.options }, entries };
    return { playlist, explanation: drawn.explanation };
  }

  /** Begins a list that the model writes. @returns it, as it is being written. */
  begin(request: GeneratePlaylist & { algorithm: 'ai' }): PlaylistItem {
    const { library, writer } = this.#o;
    const { algorithm: _algorithm, prompt: _prompt, name, keep: _keep, ...options } = request;
    const facts = this.#facts(request, name);
    library.playlists.begin({ ...facts, options });
    writer.write(facts.id);
    return library.playlists.item(facts.id)!;
  }

  /** Draws other tracks for a stored list, as it was drawn before. @param seed any other than before where not given. */
  async drawAnew(
    stored: PlaylistDocument & { algorithm: LocalAlgorithm },
    seed?: string | number,
  ): Promise<DrawnDocument> {
    const { library, clock } = this.#o;
    const { seed: _before, ...options } = v.parse(PlaylistOptions, ownOptions(stored.algorithm, stored.options ?? {}));
    const { entries, ...drawn } = await this.#draw(stored.algorithm, {
      ...options,
      ...(seed !== undefined && { seed }),
    });
    const playlist = {
      ...stored,
      options: { ...drawn.options },
      entries,
      updatedAt: Math.max(stored.updatedAt, nowSeconds(clock)),
    };
    library.playlists.put(playlist);
    return { playlist, explanation: drawn.explanation };
  }

  /** Has the model write a list anew; until it is there, its tracks stay. */
  writeAnew(uid: string): void {
    this.#o.library.playlists.beginAnew(uid);
    this.#o.writer.write(uid);
  }

  async #draw(
    algorithm: LocalAlgorithm,
    options: PlaylistOptions,
  ): Promise<{ entries: PlaylistEntry[]; explanation: DrawExplanation; options: PlaylistOptions }> {
    const analysis = await this.#o.view.analysis();
    const seeded = { ...options, seed: options.seed ?? randomInt(MOST_SEED) };
    const { entries, ...drawn } = drawPlaylist({
      algorithm,
      analysis,
      options: seeded,
      now: nowSeconds(this.#o.clock),
    });
    return { ...drawn, entries: entries.map(({ trackId }) => ({ entry: randomUUID(), trackId })) };
  }

  #facts(request: GeneratePlaylist, name: string | undefined): Omit<PlaylistDocument, 'entries' | 'options'> {
    const { library, clock } = this.#o;
    const { algorithm, prompt, decade } = request;
    const now = nowSeconds(clock);
    const language = library.household.get().language ?? 'en';
    const aiPrompt = algorithm === 'ai' ? (prompt ?? null) : null;
    return {
      id: randomUUID(),
      name: name ?? defaultName({ algorithm, decade, prompt: aiPrompt ?? undefined, options: request }, language, now),
      algorithm,
      aiPrompt,
      createdAt: now,
      updatedAt: now,
    };
  }
}
