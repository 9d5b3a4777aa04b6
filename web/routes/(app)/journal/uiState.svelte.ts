import type { JournalListen } from '$lib/library/index.ts';

/** What the reader has open on the Journal: one menu, one note, tracks on their way to a playlist, and which listens arrived while they looked. */
let menu = $state.raw<{ listen: JournalListen; anchor: HTMLElement } | null>(null);
let noting = $state<number | null>(null);
let adding = $state.raw<readonly number[] | null>(null);
let newestSeen = Infinity;
let openedAt = Date.now();

export const uiState = {
  get menu() {
    return menu;
  },
  openMenu(listen: JournalListen, anchor: HTMLElement): void {
    menu = { listen, anchor };
  },
  closeMenu(): void {
    menu = null;
  },
  /** Id of the listen whose note is being written. */
  get noting(): number | null {
    return noting;
  },
  note(listenId: number | null): void {
    noting = listenId;
  },
  /** Ids of the tracks for which a playlist is being chosen. */
  get adding(): readonly number[] | null {
    return adding;
  },
  add(trackIds: readonly number[] | null): void {
    adding = trackIds;
  },
  /** Milliseconds: when the Journal was opened. */
  get openedAt(): number {
    return openedAt;
  },
  /** Called as the Journal opens; everything up to this id was there already. */
  open(newestId: number): void {
    newestSeen = newestId;
    openedAt = Date.now();
  },
  isNew: (listenId: number): boolean => listenId > newestSeen,
};
