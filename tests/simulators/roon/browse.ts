import type { SimulatedTransport } from './transport.ts';
import type { SimulatedTrack } from './zone.ts';

export interface SimulatedAlbum {
  title: string;
  artist: string;
  tracks: SimulatedTrack[];
}

interface Entry {
  title: string;
  subtitle?: string;
  hint: 'list' | 'action_list' | 'action';
  open(zoneId: string): Entry[] | null;
}

/** Roon's menus as far as search → Albums → an album → Play Album → Play Now. One walk at a time. */
export class BrowseService {
  readonly #albums: SimulatedAlbum[];
  readonly #transport: SimulatedTransport;
  #list: Entry[] = [];

  constructor(albums: SimulatedAlbum[], transport: SimulatedTransport) {
    this.#albums = albums;
    this.#transport = transport;
  }

  browse(body: Record<string, unknown>): Record<string, unknown> {
    if (typeof body.input === 'string') {
      this.#list = this.#results(body.input);
    } else {
      const entry = this.#list[Number(body.item_key)];
      if (!entry) return { action: 'message', is_error: true, message: 'That item is no longer there' };
      const next = entry.open(String(body.zone_or_output_id));
      if (next === null) return { action: 'none' };
      this.#list = next;
    }
    return { action: 'list', list: { level: 0, title: 'Search', count: this.#list.length } };
  }

  load(): Record<string, unknown> {
    const items = this.#list.map(({ title, subtitle, hint }, index) => {
      return { title, subtitle, hint, item_key: String(index) };
    });
    return { items, offset: 0, list: { level: 0, count: items.length } };
  }

  #results(input: string): Entry[] {
    const tokens = input.toLowerCase().split(/\s+/);
    const found = this.#albums.filter(({ title, artist }) =>
      tokens.every((word) => `${artist} ${title}`.toLowerCase().includes(word)),
    );
    if (found.length === 0) return [];
    return [{ title: 'Albums', hint: 'list', open: () => found.map((album) => this.#album(album)) }];
  }

  #album(album: SimulatedAlbum): Entry {
    const playNow: Entry = {
      title: 'Play Now',
      hint: 'action',
      open: (zoneId) => {
        this.#transport
          .zones()
          .find(({ id }) => id === zoneId)
          ?.play(...album.tracks);
        return null;
      },
    };
    const playAlbum: Entry = { title: 'Play Album', hint: 'action_list', open: () => [playNow] };
    return { title: album.title, subtitle: album.artist, hint: 'list', open: () => [playAlbum] };
  }
}
