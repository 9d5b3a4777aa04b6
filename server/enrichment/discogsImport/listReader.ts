import type { CollectionPage, DiscogsClient, WantlistPage } from '../../upstreams/discogs/index.ts';
import { copyFacts, releaseFacts } from '../discogsFacts.ts';
import type { ImportContext, ImportState } from './importState.ts';
import { type ImportRequests, notRepeated } from './requests.ts';

/** What is set aside is read again with every pass. */
const READER = 1;

/** Reads the lists of an account page by page. Each page is one transaction. */
export class ListReader {
  readonly #c: ImportContext;
  readonly #requests: ImportRequests;

  constructor(context: ImportContext, requests: ImportRequests) {
    this.#c = context;
    this.#requests = requests;
  }

  get #state(): ImportState {
    return this.#c.run.state;
  }

  /** Whose records those are that the library has, from all pages, before the first of them makes or moves anything. */
  async learnNumbers(username: string, signal: AbortSignal): Promise<void> {
    const { shelf, written } = this.#c;
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await this.#requests.ask((client) => client.collectionPage(username, page, signal), signal);
      pages = answer.pages;
      await written(() => shelf.knowArtists(answer.copies.map(({ release }) => releaseFacts(release))), signal);
    }
    for (let page = 1, pages = this.#requests.isOwner ? 1 : 0; page <= pages; page += 1) {
      const answer = await this.#requests.ask((client) => client.wantlistPage(username, page, signal), signal);
      pages = answer.pages;
      await written(() => shelf.knowArtists(answer.wants.map(({ release }) => releaseFacts(release))), signal);
    }
  }

  /** Reads the collection from the page after the last one read, and takes each page over. */
  async readCollection(username: string, signal: AbortSignal): Promise<void> {
    const known = new Set<number>();
    do {
      const page = this.#state.page + 1;
      const keysOf = ({ copies }: CollectionPage) => copies.map(({ instanceId }) => instanceId);
      const ask = async (client: DiscogsClient) =>
        notRepeated(await client.collectionPage(username, page, signal), keysOf, known);
      const answer = await this.#requests.askWhole(ask, this.#state.total, signal);
      for (const key of keysOf(answer)) known.add(key);
      const counts = await this.#c.written(() => {
        this.#c.setAside.keep('discogs', 'collection', answer.setAside, READER);
        return this.#c.shelf.takeCopies(
          answer.copies.map((item) => copyFacts(item, !this.#requests.isOwner)),
          this.#state.pass,
        );
      }, signal);
      const total = this.#state.total ?? answer.items;
      this.#c.run.save({
        page,
        pages: answer.pages,
        total: answer.items,
        seen: this.#state.seen + answer.copies.length,
        added: this.#state.added + counts.added,
        changed: this.#state.changed + counts.changed,
        unreadable: this.#state.unreadable + answer.setAside.length,
        // Something was bought or sold while the pages were read: a copy may have slipped between two of them.
        whole: this.#state.whole && answer.setAside.length === 0 && total === answer.items,
      });
      await this.#c.written(() => this.#c.onAlbums(counts.albumIds), signal);
      this.#c.run.notify();
    } while (this.#state.page < this.#state.pages);
    this.#c.setAside.settle('discogs', 'collection', this.#state.startedAt ?? 0);
    const { seen, total, pass } = this.#state;
    // A copy listed twice stands for one that was not listed.
    const { keys, of } = this.#c.shelf.unseen(pass);
    if (total !== null && (seen !== total || of - keys.length < total)) this.#c.run.save({ whole: false });
  }

  /** @returns true when every entry was read; a wantlist is shown to its owner alone. */
  async readWants(username: string, signal: AbortSignal): Promise<boolean> {
    if (!this.#requests.isOwner) return false;
    let whole = true;
    let items: number | null = null;
    const seen = new Set<number>();
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const ask = async (client: DiscogsClient) =>
        notRepeated(
          await client.wantlistPage(username, page, signal),
          ({ wants }) => wants.map(({ release }) => release.id),
          seen,
        );
      const answer: WantlistPage = await this.#requests.askWhole(ask, items, signal);
      pages = answer.pages;
      for (const { release } of answer.wants) seen.add(release.id);
      whole &&=
        answer.setAside.length === 0 &&
        answer.items === (items ?? answer.items) &&
        (page < pages || seen.size === answer.items);
      items = answer.items;
      const { albumIds } = await this.#c.written(() => {
        this.#c.setAside.keep('discogs', 'wants', answer.setAside, READER);
        return this.#c.shelf.takeWants(
          answer.wants.map(({ release }) => releaseFacts(release)),
          this.#state.pass,
        );
      }, signal);
      await this.#c.written(() => this.#c.onAlbums(albumIds), signal);
    }
    await this.#c.written(() => this.#c.setAside.settle('discogs', 'wants', this.#state.startedAt ?? 0), signal);
    return whole;
  }
}
