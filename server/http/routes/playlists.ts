import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import * as v from 'valibot';
import { listOf, pageQuery } from '#shared/api/lists.ts';
import { Positive } from '#shared/library/identifiers.ts';
import { PlaylistDocument } from '#shared/library/playlist.ts';
import { exportPlaylist, ExportFormats } from '#shared/playlists/export/formats.ts';
import { GeneratePlaylist, PlaylistOptions } from '#shared/playlists/options.ts';
import { foreignOption } from '#shared/playlists/ownOptions.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Library } from '../../library/api/library.ts';
import type { PlaylistItem } from '../../library/api/playlists.ts';
import { AI_LENGTH } from '../../playlists/aiPrompt.ts';
import type { AiPlaylistWriter } from '../../playlists/aiWriter.ts';
import { EditError, MOST_ENTRIES, reordered, withoutEntry, withTracks } from '../../playlists/edits.ts';
import type { PlaylistMaker } from '../../playlists/playlistMaker.ts';
import { attachment } from '../attachment.ts';
import { HttpError } from '../httpError.ts';
import { listAnswer } from '../lists.ts';
import { API_BASE, defineRoute } from '../route.ts';
import {
  drawAnswer,
  exportedPlaylist,
  itemAnswer,
  PlaylistAnswer,
  playlistAnswer,
  PlaylistItemAnswer,
} from './playlistAnswers.ts';

const TAG = 'Playlists';
const idParam = { id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) };
const Name = PlaylistDocument.entries.name;
const TrackIds = v.pipe(v.array(Positive), v.maxLength(MOST_ENTRIES));
const Order = v.pipe(v.array(v.string()), v.maxLength(MOST_ENTRIES));
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
  const beingWritten = (c: Context, item: PlaylistItem) =>
    c.json(itemAnswer(item), 202, { 'retry-after': SECONDS_TO_LOOK_AGAIN, location: placeOf(item.id) });
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
  const rename = (method: 'put' | 'patch') =>
    defineRoute({
      method,
      path: '/playlists/:id',
      errors: ['unknown-playlist', 'still-being-written', 'not-written'],
      tag: TAG,
      summary: 'Rename a playlist',
      params: idParam,
      answer: PlaylistAnswer,
      body: v.strictObject({ name: v.optional(Name) }),
      handle: ({ params, body }) =>
        body.name === undefined ? answer(params.id) : edit(params.id, () => ({ name: body.name! })),
    });
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
    defineRoute({
      method: 'get',
      path: '/playlists',
      tag: TAG,
      summary: 'Playlists, the last made first; those being written and those that failed too',
      query: pageQuery(50),
      answer: listOf(PlaylistItemAnswer),
      handle({ query }) {
        const { items, total } = playlists.page(query);
        return listAnswer(query, { items: items.map(itemAnswer), total });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/playlists',
      errors: ['unknown-track', 'playlist-full'],
      tag: TAG,
      summary: 'A playlist by hand',
      status: 201,
      answer: PlaylistAnswer,
      body: v.strictObject({ name: Name, trackIds: v.optional(TrackIds, []) }),
      handle({ body, c }) {
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
      },
    }),
    defineRoute({
      method: 'post',
      path: '/playlists/generate',
      errors: ['foreign-option', 'always-kept', 'model-length', 'euria-not-connected'],
      tag: TAG,
      status: 201,
      answer: PlaylistAnswer,
      summary:
        'Draw a playlist and keep it (201), or only draw it with `keep: false` (200); `ai` is written in the background (202)',
      body: GeneratePlaylist,
      async handle({ body, c }) {
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
          return beingWritten(c, maker.begin({ ...body, algorithm }));
        }
        const { playlist, explanation } = await maker.draw({ ...body, algorithm });
        if (!body.keep) return c.json(drawAnswer(library, playlist, explanation), 200);
        playlists.put(playlist);
        c.header('location', placeOf(playlist.id));
        return playlistAnswer(library, itemOf(playlist.id), playlist, explanation);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/playlists/:id',
      errors: ['unknown-playlist'],
      tag: TAG,
      params: idParam,
      answer: PlaylistAnswer,
      summary:
        'A playlist with its tracks; 202 while a model writes it; with its state `failed` and the `problem` when that came to nothing',
      handle({ params, c }) {
        const item = itemOf(params.id);
        return item.state === 'writing' ? beingWritten(c, item) : answerAsItIs(params.id);
      },
    }),
    rename('put'),
    rename('patch'),
    defineRoute({
      method: 'put',
      path: '/playlists/:id/tracks',
      errors: ['unknown-playlist', 'still-being-written', 'not-written', 'place-not-there', 'places-missing'],
      tag: TAG,
      summary: 'Put the tracks in another order: all their places by name',
      params: idParam,
      body: v.strictObject({ entries: Order }),
      answer: PlaylistAnswer,
      handle: ({ params, body }) => edit(params.id, (document) => ({ entries: reordered(document, body.entries) })),
    }),
    defineRoute({
      method: 'post',
      path: '/playlists/:id/tracks',
      errors: [
        'unknown-playlist',
        'still-being-written',
        'not-written',
        'unknown-track',
        'position-beyond',
        'playlist-full',
      ],
      tag: TAG,
      summary: 'Add tracks, at the end or from a position on',
      params: idParam,
      status: 201,
      body: v.strictObject({ trackIds: v.pipe(TrackIds, v.minLength(1)), position: v.optional(Positive) }),
      answer: PlaylistAnswer,
      handle: ({ params, body }) =>
        edit(params.id, (document) => ({ entries: withTracks(document, known(body.trackIds), body.position) })),
    }),
    defineRoute({
      method: 'delete',
      path: '/playlists/:id/tracks/:entry',
      errors: ['unknown-playlist', 'still-being-written', 'not-written', 'unknown-place'],
      tag: TAG,
      summary: 'Take a track out, by its place',
      answer: PlaylistAnswer,
      params: { ...idParam, entry: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) },
      handle: ({ params }) =>
        edit(params.id, (document) => {
          const entries = withoutEntry(document, params.entry);
          if (!entries) throw new HttpError({ code: 'unknown-place', params: { entry: params.entry } });
          return { entries };
        }),
    }),
    defineRoute({
      method: 'delete',
      path: '/playlists/:id',
      errors: ['unknown-playlist'],
      tag: TAG,
      summary: 'Delete a playlist; it can be restored',
      params: idParam,
      status: 204,
      handle({ params }) {
        if (!playlists.remove(params.id)) throw new HttpError({ code: 'unknown-playlist', params });
        writer.cancel(params.id);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/playlists/:id/cancel',
      errors: ['unknown-playlist', 'not-being-written'],
      tag: TAG,
      params: idParam,
      status: 204,
      summary: 'Stop a model that writes a playlist: one that has tracks already keeps them, any other is deleted',
      handle({ params }) {
        if (itemOf(params.id).state !== 'writing') throw new HttpError({ code: 'not-being-written' });
        const document = playlists.get(params.id);
        if (document) playlists.put(document);
        else playlists.remove(params.id);
        writer.cancel(params.id);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/playlists/:id/restore',
      errors: ['unknown-playlist'],
      tag: TAG,
      summary: 'Bring a deleted playlist back',
      params: idParam,
      answer: PlaylistAnswer,
      handle({ params, c }) {
        playlists.restore(params.id);
        const item = itemOf(params.id);
        if (playlists.get(params.id) || item.state === 'failed') return answerAsItIs(params.id);
        writer.write(params.id);
        return beingWritten(c, item);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/playlists/:id/regenerate',
      errors: ['unknown-playlist', 'still-being-written', 'not-written', 'made-by-hand', 'euria-not-connected'],
      tag: TAG,
      params: idParam,
      answer: PlaylistAnswer,
      summary:
        'Draw other tracks for a playlist as it was drawn before; one written by a model is written anew (202), after a failure too',
      body: v.strictObject({ seed: PlaylistOptions.entries.seed }),
      async handle({ params, body, c }) {
        const { algorithm, state } = itemOf(params.id);
        if (algorithm === null) throw new HttpError({ code: 'made-by-hand' });
        if (algorithm === 'ai') {
          modelIsThere();
          if (state !== 'writing') maker.writeAnew(params.id);
          return beingWritten(c, itemOf(params.id));
        }
        const { playlist, explanation } = await maker.drawAnew({ ...documentOf(params.id), algorithm }, body.seed);
        return playlistAnswer(library, itemOf(params.id), playlist, explanation);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/playlists/:id/export',
      errors: ['unknown-playlist', 'still-being-written', 'not-written'],
      tag: TAG,
      summary: 'A playlist as a file: M3U8, XSPF, JSPF, CSV or JSON',
      params: idParam,
      query: { format: v.picklist(ExportFormats, `must be one of ${ExportFormats.join(', ')}`) },
      handle({ params, query }) {
        const { body, mediaType, fileName } = exportPlaylist(
          exportedPlaylist(library, documentOf(params.id)),
          query.format,
        );
        return new Response(body, {
          headers: { 'content-type': mediaType, 'content-disposition': attachment(fileName) },
        });
      },
    }),
  ];
};
