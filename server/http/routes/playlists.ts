import { randomUUID } from 'node:crypto';
import { API_BASE, type ParsedInput } from '#shared/api/contract.ts';
import {
  addPlaylistTracks,
  cancelPlaylist,
  createPlaylist,
  deletePlaylist,
  downloadPlaylist,
  generatePlaylist,
  getPlaylist,
  listPlaylists,
  regeneratePlaylist,
  removePlaylistTrack,
  renamePlaylist,
  reorderPlaylist,
  replacePlaylistName,
  restorePlaylist,
  type PlaylistItem,
} from '#shared/api/playlists.ts';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { exportPlaylist } from '#shared/playlists/export/formats.ts';
import { foreignOption } from '#shared/playlists/ownOptions.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Library } from '../../library/api/library.ts';
import { AI_LENGTH } from '../../playlists/aiPrompt.ts';
import type { AiPlaylistWriter } from '../../playlists/aiWriter.ts';
import { EditError, reordered, withoutEntry, withTracks } from '../../playlists/edits.ts';
import type { PlaylistMaker } from '../../playlists/playlistMaker.ts';
import { attachment } from '../attachment.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { listAnswer } from '../lists.ts';
import { reply, route } from '../route.ts';
import { drawAnswer, exportedPlaylist, itemAnswer, playlistAnswer } from './playlistAnswers.ts';

const SECONDS_TO_LOOK_AGAIN = '2';

export interface PlaylistRoutesOptions {
  library: Library;
  maker: PlaylistMaker;
  writer: AiPlaylistWriter;
  clock: Clock;
  /** Throws what there is to say when no model can be asked at all. */
  modelIsThere: () => void;
}

export const playlistRoutes = ({ library, maker, writer, clock, modelIsThere }: PlaylistRoutesOptions) => {
  const { playlists } = library;
  const itemOf = (id: string): PlaylistItem => {
    const item = playlists.item(id);
    if (!item) throw new HttpError({ code: 'unknown-playlist', params: { id } });
    return item;
  };
  /** The playlist as it stands. @throws HttpError while there is none yet, and when its writing failed. */
  const documentOf = (id: string): PlaylistDocument => {
    const { state, failure } = itemOf(id);
    const document = playlists.get(id);
    if (document) return document;
    if (state === 'failed') throw new HttpError({ code: 'not-written' }, failure === null ? {} : { message: failure });
    throw new HttpError({ code: 'still-being-written' });
  };
  const answer = (id: string) => playlistAnswer(library, itemOf(id), documentOf(id));
  /** One that failed and never had tracks is there all the same: with its state, and why. */
  const answerAsItIs = (id: string) => {
    const item = itemOf(id);
    return item.state === 'failed' && !playlists.get(id) ? { ...itemAnswer(item), tracks: [] } : answer(id);
  };
  const beingWritten = (item: PlaylistItem) =>
    reply(202, itemAnswer(item), { 'retry-after': SECONDS_TO_LOOK_AGAIN, location: placeOf(item.id) });
  const placeOf = (id: string) => `${API_BASE}/playlists/${id}`;

  /** Changes a playlist in place. @throws HttpError naming what was wrong. */
  const edit = (id: string, change: (document: PlaylistDocument) => Partial<PlaylistDocument>) => {
    const before = documentOf(id);
    try {
      playlists.put({ ...before, ...change(before), updatedAt: Math.max(before.updatedAt, nowSeconds(clock)) });
    } catch (error) {
      if (error instanceof EditError) throw new HttpError(error.problem, { field: error.field });
      throw error;
    }
    return answer(id);
  };
  const rename = ({ params, body }: ParsedInput<typeof renamePlaylist>) =>
    body.name === undefined ? answer(params.id) : edit(params.id, () => ({ name: body.name! }));
  const known = (trackIds: readonly number[]): readonly number[] => {
    const unknown = library.reads.tracks(trackIds).indexOf(null);
    if (unknown >= 0)
      throw new HttpError(
        { code: 'unknown-track', params: { id: trackIds[unknown]! } },
        { field: `trackIds.${unknown}` },
      );
    return trackIds;
  };

  return [
    route(listPlaylists, ({ query }) => {
      const { items, total } = playlists.page(query);
      return listAnswer(query, { items: items.map(itemAnswer), total });
    }),
    route(createPlaylist, ({ body, c }) => {
      const now = nowSeconds(clock);
      const document = {
        id: randomUUID(),
        name: body.name,
        algorithm: null,
        aiPrompt: null,
        createdAt: now,
        updatedAt: now,
        entries: [],
      };
      playlists.put({ ...document, entries: withTracks(document, known(body.trackIds)) });
      c.header('location', placeOf(document.id));
      return answer(document.id);
    }),
    route(generatePlaylist, async ({ body }) => {
      const { algorithm } = body;
      const { algorithm: _algorithm, name: _name, keep: _keep, ...options } = body;
      const option = foreignOption(algorithm, options);
      if (option !== undefined)
        throw new HttpError({ code: 'foreign-option', params: { option, algorithm } }, { field: option });
      if (algorithm === 'ai') {
        if (!body.keep) throw new HttpError({ code: 'always-kept' }, { field: 'keep' });
        if (body.length > AI_LENGTH)
          throw new HttpError({ code: 'model-length', params: { most: AI_LENGTH } }, { field: 'length' });
        modelIsThere();
        return beingWritten(maker.begin({ ...body, algorithm }));
      }
      const { playlist, explanation } = await maker.draw({ ...body, algorithm });
      if (!body.keep) return reply(200, drawAnswer(library, playlist, explanation));
      playlists.put(playlist);
      return reply(201, playlistAnswer(library, itemOf(playlist.id), playlist, explanation), {
        location: placeOf(playlist.id),
      });
    }),
    route(getPlaylist, ({ params }) => {
      const item = itemOf(params.id);
      return item.state === 'writing' ? beingWritten(item) : reply(200, answerAsItIs(params.id));
    }),
    route(replacePlaylistName, rename),
    route(renamePlaylist, rename),
    route(reorderPlaylist, ({ params, body }) =>
      edit(params.id, (document) => ({ entries: reordered(document, body.entries) })),
    ),
    route(addPlaylistTracks, ({ params, body }) =>
      edit(params.id, (document) => ({ entries: withTracks(document, known(body.trackIds), body.position) })),
    ),
    route(removePlaylistTrack, ({ params }) =>
      edit(params.id, (document) => {
        const entries = withoutEntry(document, params.entry);
        if (!entries) throw new HttpError({ code: 'unknown-place', params: { entry: params.entry } });
        return { entries };
      }),
    ),
    route(deletePlaylist, ({ params }) => {
      if (!playlists.remove(params.id)) throw new HttpError({ code: 'unknown-playlist', params });
      writer.cancel(params.id);
    }),
    route(cancelPlaylist, ({ params }) => {
      if (itemOf(params.id).state !== 'writing') throw new HttpError({ code: 'not-being-written' });
      const document = playlists.get(params.id);
      if (document) playlists.put(document);
      else playlists.remove(params.id);
      writer.cancel(params.id);
    }),
    route(restorePlaylist, ({ params }) => {
      playlists.restore(params.id);
      const item = itemOf(params.id);
      if (playlists.get(params.id) || item.state === 'failed') return reply(200, answerAsItIs(params.id));
      writer.write(params.id);
      return beingWritten(item);
    }),
    route(regeneratePlaylist, async ({ params, body }) => {
      const { algorithm, state } = itemOf(params.id);
      if (algorithm === null) throw new HttpError({ code: 'made-by-hand' });
      if (algorithm === 'ai') {
        modelIsThere();
        if (state !== 'writing') maker.writeAnew(params.id);
        return beingWritten(itemOf(params.id));
      }
      const { playlist, explanation } = await maker.drawAnew({ ...documentOf(params.id), algorithm }, body.seed);
      return reply(200, playlistAnswer(library, itemOf(params.id), playlist, explanation));
    }),
    route(downloadPlaylist, ({ params, query }) => {
      const { body, mediaType, fileName } = exportPlaylist(
        exportedPlaylist(library, documentOf(params.id)),
        query.format,
      );
      return new Response(body, {
        headers: { 'content-type': mediaType, 'content-disposition': attachment(fileName) },
      });
    }),
  ];
};
