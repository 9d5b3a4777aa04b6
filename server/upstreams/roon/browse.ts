import * as v from 'valibot';
import type { PlayOutcome } from '#shared/api/roon.ts';
import { entriesRead, type SetAside } from '#server/kit/http/setAside.ts';
import { cut } from '#shared/text/cut.ts';
import { looseText, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import type { RoonAnswer } from './connection.ts';
import { BROWSE } from './extension.ts';
import { roonFailure } from './failure.ts';

export interface BrowseDependencies {
  ask: (name: string, body: unknown) => Promise<RoonAnswer>;
  /** Called with entries of Roon's menus that could not be read. */
  onSetAside?: ((list: string, entries: SetAside[]) => void) | undefined;
}

/** What only stands in a list, as a heading does, has no key. */
const item = v.object({
  title: v.optional(looseText, ''),
  subtitle: v.optional(looseText, ''),
  item_key: v.nullish(v.string()),
  hint: v.optional(looseText, ''),
});
const browsed = v.object({
  action: v.string(),
  message: v.fallback(v.string(), ''),
  is_error: v.fallback(v.boolean(), false),
});
const page = v.object({ items: v.array(v.unknown()) });
type BrowseItem = v.InferOutput<typeof item> & { item_key: string };

const PAGE = 100;

/**
 * Plays an album now, the way a person would in Roon: search → Albums → the album → Play Album → Play Now.
 * Roon's browse service has no ids that outlive a session, so names are all there is to find an album by.
 */
export async function playAlbum(
  dependencies: BrowseDependencies,
  { zoneId, artist, album }: { zoneId: string; artist: string; album: string },
): Promise<PlayOutcome> {
  const browse = new BrowseSession(dependencies, zoneId);
  const categories = await browse.search(`${artist} ${album}`);
  const albums = categories.find(({ title }) => title === 'Albums');
  const candidates = albums ? await browse.into(albums) : [];
  const wanted = candidates.find((each) => fold(each.title) === fold(album) && isCredited(each.subtitle, artist));
  if (!wanted) return { found: false, reason: `Roon does not find "${album}" by ${artist}` };
  const play = await browse.untilAction(wanted, ['Play Album', 'Play Now']);
  if (!play) return { found: false, reason: `Roon finds "${wanted.title}" but offers no way to play it in this zone` };
  await browse.into(play);
  return { found: true, title: wanted.title };
}

/** One walk through Roon's menus, separated from any other by its session key. */
class BrowseSession {
  readonly #dependencies: BrowseDependencies;
  readonly #common: { hierarchy: string; multi_session_key: string; zone_or_output_id: string };

  constructor(dependencies: BrowseDependencies, zoneId: string) {
    this.#dependencies = dependencies;
    this.#common = { hierarchy: 'search', multi_session_key: 'aime', zone_or_output_id: zoneId };
  }

  search(input: string): Promise<BrowseItem[]> {
    return this.#step({ input, pop_all: true });
  }

  into(entry: BrowseItem): Promise<BrowseItem[]> {
    return this.#step({ item_key: entry.item_key });
  }

  /** Follows the first entry of each list while it leads from `titles[0]` on; the last title is the action itself. */
  async untilAction(from: BrowseItem, titles: readonly string[]): Promise<BrowseItem | null> {
    let items = await this.into(from);
    for (const title of titles.slice(0, -1)) {
      const next = items.find((each) => each.title === title);
      if (next) items = await this.into(next);
    }
    const last = titles.at(-1);
    return items.find((each) => each.title === last && each.hint === 'action') ?? null;
  }

  async #step(body: Record<string, unknown>): Promise<BrowseItem[]> {
    const answer = await this.#call('browse', body);
    const result = read(browsed, answer.body);
    if (result.is_error)
      throw roonFailure('bad-request', `Roon: ${upstreamMessage(result.message) || 'it could not be played'}`);
    if (result.action !== 'list') return [];
    const loaded = await this.#call('load', { offset: 0, count: PAGE });
    const { read: items, aside } = entriesRead(item, read(page, loaded.body).items);
    if (aside.length > 0) this.#dependencies.onSetAside?.('browse', aside);
    return items.flatMap(({ value }) =>
      typeof value.item_key === 'string' ? [{ ...value, item_key: value.item_key }] : [],
    );
  }

  async #call(method: string, body: Record<string, unknown>): Promise<RoonAnswer> {
    const answer = await this.#dependencies.ask(`${BROWSE}/${method}`, { ...this.#common, ...body });
    if (answer.name !== 'Success') {
      throw roonFailure('bad-request', `Roon could not look that up (${cut(answer.name, 100)})`);
    }
    return answer;
  }
}

function read<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) throw roonFailure('malformed', 'Roon answered a look-up with something else');
  return parsed.output;
}

/** Case, accents and punctuation aside. */
const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether the line under an album's title names the artist, alone or among others ("A / B"). */
const isCredited = (subtitle: string, artist: string): boolean =>
  fold(subtitle) === fold(artist) || subtitle.split(/ \/ |, | & /).some((name) => fold(name) === fold(artist));
