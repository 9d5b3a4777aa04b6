import type { LibraryView } from '../analytics/libraryView.ts';
import { AiPlaylistWriter } from '../playlists/aiWriter.ts';
import { PlaylistMaker } from '../playlists/playlistMaker.ts';
import type { EuriaAccess } from '../upstreams/euria/index.ts';
import type { ModuleContext, Module } from './module.ts';
import { setAsideSink } from './setAsideSink.ts';
import { textLanguage } from './textLanguage.ts';

export interface PlaylistsModule extends Module {
  maker: PlaylistMaker;
  /** Has a model choose and write. */
  writer: AiPlaylistWriter;
}

export function createPlaylistsModule(context: ModuleContext, view: LibraryView, euria: EuriaAccess): PlaylistsModule {
  const { library, hub, clock, log } = context;
  const writer = new AiPlaylistWriter({
    library,
    view,
    euria,
    clock,
    log,
    language: () => textLanguage(context),
    publish: (event) => hub.publish(event),
    onSetAside: setAsideSink(library, 'euria'),
  });
  const maker = new PlaylistMaker({ library, view, writer, clock });
  return {
    maker,
    writer,
    greeting: () => [...writer.running],
    start: () => writer.resume(),
    close: () => writer.close(),
  };
}
