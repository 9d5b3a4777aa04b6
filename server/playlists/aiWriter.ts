import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { PlaylistEntry } from '#shared/library/playlist.ts';
import type { Progress, StreamEvent } from '#shared/sync/stream.ts';
import { chooseAiCandidates } from '#shared/playlists/aiSelection.ts';
import { Draw } from '#shared/playlists/candidates.ts';
import { PlaylistOptions } from '#shared/playlists/options.ts';
import type { LibraryView } from '../analytics/libraryView.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';
import type { SetAside } from '../kit/http/setAside.ts';
import { isUpstreamError, UpstreamError } from '../kit/http/upstreamError.ts';
import type { Log } from '../kit/log.ts';
import { problemOf } from '../kit/problemOf.ts';
import type { Library } from '../library/api/library.ts';
import type { PlaylistItem } from '#shared/api/playlists.ts';
import { type EuriaAccess, withoutObject } from '../upstreams/euria/index.ts';
import { choicesSoFar, playlistRequest, readChoices } from './aiPrompt.ts';

export interface AiWriterOptions {
  library: Library;
  view: LibraryView;
  clock: Clock;
  log: Log;
  euria: EuriaAccess;
  /** BCP 47, of the reasons. */
  language: () => string;
  publish: (event: StreamEvent) => void;
  /** Called with choices that could not be read. */
  onSetAside: (list: string, entries: SetAside[]) => void;
}

interface Written {
  entries: PlaylistEntry[];
  /** Choices that name no track it could choose from, name one twice or break an option. */
  dropped: number;
}

/**
 * Has the model write playlists, one at a time. What is to be written stands in the library, so that a restart goes on with it;
 * what comes of it is announced on the event stream and stays in the library: the tracks, or in words why there are none.
 *
 * Not a `ResumableRun` for each: what a run persists would say a second time what the playlist says, and one that is cancelled has to be
 * announced as such at once, and may be begun anew, where a run waits for its work to end.
 */
export class AiPlaylistWriter {
  readonly #o: AiWriterOptions;
  readonly #running = new Map<string, AbortController>();
  /** How far each is that is being written, as it was last announced. */
  readonly #latestProgress = new Map<string, StreamEvent>();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: AiWriterOptions) {
    this.#o = options;
  }

  /** Goes on with what a restart cut off. */
  resume(): void {
    for (const uid of this.#o.library.playlists.beingWritten()) this.write(uid);
  }

  /** Writes a playlist that the library holds as `beingWritten`. Returns at once. */
  write(uid: string): void {
    if (this.#running.has(uid)) return;
    const running = new AbortController();
    this.#running.set(uid, running);
    this.#publish(uid, { state: 'running', done: 0, total: null });
    const failed = (error: unknown) => this.#o.log.error('playlist left unwritten', { playlist: uid, error });
    this.#turn = this.#turn.then(() => this.#attempt(uid, running)).catch(failed);
  }

  /** Stops writing one that was deleted. */
  cancel(uid: string): void {
    const running = this.#running.get(uid);
    if (!running) return;
    running.abort();
    this.#running.delete(uid);
    this.#publish(uid, { state: 'cancelled', done: 0, total: null });
  }

  /** What a device that has just connected receives: how far each is that is being written. */
  get running(): readonly StreamEvent[] {
    return [...this.#latestProgress.values()];
  }

  /** Stops; what is not written yet is begun again at the next start. */
  async close(): Promise<void> {
    for (const running of this.#running.values()) running.abort();
    await this.#turn;
  }

  async #attempt(uid: string, running: AbortController): Promise<void> {
    const { library, log } = this.#o;
    try {
      const item = library.playlists.item(uid);
      if (running.signal.aborted || !item) return;
      const written = await this.#write(item, running.signal);
      await library.availability.written(() => this.#keep(uid, written), {
        patienceMs: Infinity,
        signal: running.signal,
      });
    } catch (error) {
      if (running.signal.aborted) return;
      const message = isUpstreamError(error) ? error.message : 'Something went wrong on the server; its log says what';
      const problem = problemOf(error);
      if (!isUpstreamError(error)) log.error('playlist not written', { playlist: uid, error });
      await library.availability.written(() => library.playlists.fail(uid, message, problem), {
        patienceMs: Infinity,
        signal: running.signal,
      });
      this.#publish(uid, { state: 'failed', done: 0, total: null, message, problem });
    } finally {
      if (this.#running.get(uid) === running) this.#running.delete(uid);
    }
  }

  async #write(item: PlaylistItem, signal: AbortSignal): Promise<Written> {
    const { euria, clock, language, view } = this.#o;
    const prompt = item.aiPrompt ?? '';
    const asked = v.parse(PlaylistOptions, item.options ?? {});
    const options = { ...asked, seed: asked.seed ?? String(clock.now()) };
    const analysis = await view.analysis();
    const candidates = chooseAiCandidates(analysis, prompt, options);
    if (candidates.length === 0)
      throw refused('nothing-to-choose', 'There is nothing in the library that EurIA could choose from');
    const offered = new Map(candidates.map(({ trackId }) => [trackId, analysis.library.trackIndex(trackId)]));
    const draw = new Draw(analysis, options);

    const total = Math.min(options.length, candidates.length);
    let done = 0;
    const answer = await euria.ask('asked', (client) =>
      client.chatStream({
        ...playlistRequest({ ...options, prompt, candidates, language: language() }),
        signal,
        onText: (soFar) => {
          const before = done;
          // What was counted in a draft is counted again in the list; what is none of the offered will not be on it.
          done = Math.min(total, choicesSoFar(soFar).filter((id) => offered.has(id)).length);
          if (done !== before) this.#publish(item.id, { state: 'running', done, total });
        },
      }),
    );
    const answered = readChoices(answer.json);
    if (!answered) throw withoutObject(answer);
    const { choices, setAside } = answered;
    if (setAside.length > 0) this.#o.onSetAside('choices', setAside);
    const entries = choices.flatMap((choice): PlaylistEntry[] => {
      const track = offered.get(choice.trackId);
      return track !== undefined && track !== null && draw.offer(track) ? [{ entry: randomUUID(), ...choice }] : [];
    });
    if (entries.length === 0) throw malformed('no-track-chosen', 'EurIA named no track that it could choose from');
    return { entries, dropped: choices.length + setAside.length - entries.length };
  }

  /** Takes over the tracks, as far as they are still there, with what a person changed about the playlist meanwhile. */
  #keep(uid: string, { entries, dropped }: Written): void {
    const { library, clock } = this.#o;
    const item = library.playlists.item(uid);
    if (!item) return;
    const there = library.reads.tracks(entries.map(({ trackId }) => trackId ?? 0));
    const remaining = entries.filter((_, place) => there[place] !== null);
    const lost = dropped + entries.length - remaining.length;
    const { id, name, algorithm, aiPrompt, createdAt, updatedAt } = item;
    const { dropped: _before, ...options } = item.options ?? {};
    library.playlists.put({
      id,
      name,
      algorithm,
      aiPrompt,
      createdAt,
      options: { ...options, ...(lost > 0 && { dropped: lost }) },
      updatedAt: Math.max(updatedAt, nowSeconds(clock)),
      entries: remaining,
    });
    const message =
      lost === 0
        ? {}
        : { message: `EurIA named ${lost} ${lost === 1 ? 'track' : 'tracks'} more that could not be used; left out` };
    this.#publish(uid, { state: 'done', done: remaining.length, total: remaining.length, ...message });
  }

  #publish(uid: string, progress: Omit<Progress, 'work'>): void {
    const event: StreamEvent = { event: 'progress', data: { work: `playlist:${uid}`, ...progress } };
    if (progress.state === 'running') this.#latestProgress.set(uid, event);
    else this.#latestProgress.delete(uid);
    this.#o.publish(event);
  }
}

const refused = (code: string, message: string) =>
  new UpstreamError({ upstream: 'EurIA', kind: 'refused', code, message });
const malformed = (code: string, message: string) =>
  new UpstreamError({ upstream: 'EurIA', kind: 'malformed', code, message });
