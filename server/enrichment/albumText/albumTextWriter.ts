import type { Problem } from '#shared/errors/errors.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { problemOf } from '../../kit/problemOf.ts';
import type { Facts } from '../../library/api/facts.ts';
import { type EuriaAccess, textsSoFar, instructionsIn, withoutObject } from '../../upstreams/euria/index.ts';
import { type EnrichmentTask, subjectId } from '../task.ts';
import { parseAlbumText, albumTextRequest } from './prompt.ts';

export interface AlbumTextOptions {
  facts: Facts;
  euria: EuriaAccess;
  language: () => string;
  publish: (event: StreamEvent) => void;
}

/** Has the model write about albums: once an album and language where it writes by itself, again only when a person asks. */
export class AlbumTextWriter {
  readonly #o: AlbumTextOptions;

  constructor(options: AlbumTextOptions) {
    this.#o = options;
  }

  /** The queue's task: silent, and only where nothing is written yet. */
  task(): EnrichmentTask {
    return {
      kind: 'words',
      run: async (task, signal) => {
        const album = this.#o.facts.album(subjectId(task));
        if (!album) return { giveUp: 'gone' };
        const language = this.#o.language();
        if (album.albumText?.language === language) return { giveUp: 'nothing-to-do' };
        const answer = await this.#o.euria.ask('own', (client) =>
          client.chat({ ...albumTextRequest(album, language), signal }),
        );
        const albumText = parseAlbumText(answer.json, { model: answer.model, language });
        if (!albumText) throw withoutObject(answer);
        return { keep: () => this.#o.facts.saveAlbumText(album.id, albumText) };
      },
    };
  }

  /** A person waits for it: the text is announced as it is written. @throws UpstreamError */
  async writeNow(albumId: number): Promise<void> {
    const { facts, publish, language } = this.#o;
    const album = facts.album(albumId);
    if (!album) return;
    let [text, instructions] = ['', ''];
    const publishText = (done: boolean, why: { failed?: string; problem?: Problem } = {}) =>
      publish({ event: 'words', data: { albumId: String(albumId), text: shown(text, instructions), done, ...why } });
    try {
      const inLanguage = language();
      const request = albumTextRequest(album, inLanguage);
      instructions = instructionsIn(request);
      const answer = await this.#o.euria.ask('asked', (client) =>
        client.chatStream({
          ...request,
          onText(soFar) {
            text = soFar;
            publishText(false);
          },
        }),
      );
      const albumText = parseAlbumText(answer.json, { model: answer.model, language: inLanguage });
      if (!albumText) throw withoutObject(answer);
      facts.saveAlbumText(albumId, albumText);
      publishText(true);
    } catch (error) {
      publishText(true, { failed: error instanceof Error ? error.message : String(error), problem: problemOf(error) });
      throw error;
    }
  }
}

/** What a person may read of an answer that is still being written. @param instructions what the model was asked for as its form. */
function shown(text: string, instructions: string): string {
  const { haiku, summary } = textsSoFar(text, instructions);
  return [haiku, summary].filter((part) => part !== undefined).join('\n\n');
}
