import { HttpError } from '../http/httpError.ts';
import { playlistRoutes } from '../http/routes/playlists.ts';
import type { LibraryView } from '../analytics/libraryView.ts';
import { AiPlaylistWriter } from '../playlists/aiWriter.ts';
import { PlaylistMaker } from '../playlists/playlistMaker.ts';
import type { EuriaAccess } from '../upstreams/euria/index.ts';
import type { ModuleContext, Module } from './module.ts';
import { setAsideSink } from './setAsideSink.ts';
import { writingLanguage } from './writingLanguage.ts';

export function createPlaylistsModule(context: ModuleContext, view: LibraryView, euria: EuriaAccess): Module {
  const { library, hub, clock, log } = context;
  const writer = new AiPlaylistWriter({
    library,
    view,
    euria,
    clock,
    log,
    language: () => writingLanguage(context),
    publish: (event) => hub.publish(event),
    onSetAside: setAsideSink(library, 'euria'),
  });
  const maker = new PlaylistMaker({ library, view, writer, clock });
  const modelIsThere = () => {
    if (!euria.client) throw new HttpError({ code: 'euria-not-connected' });
  };
  return {
    routes: playlistRoutes({ library, maker, writer, clock, modelIsThere }),
    greeting: () => [...writer.running],
    start: () => writer.resume(),
    close: () => writer.close(),
  };
}
