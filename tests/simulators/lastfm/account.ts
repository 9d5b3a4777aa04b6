import type { LastfmLie } from './lies.ts';
import { LovedTracks } from './lovedTracks.ts';
import { PlayHistory, type SimulatedPlay, type SimulatedTrack } from './playHistory.ts';

/** The one person of a simulated Last.fm, with all that a test may set. */
export class SimulatedAccount {
  user: string;
  /** The `@attr.user` that answers state when it is not the person's: the real one has mixed people up. */
  answersAs: string | null = null;
  /** How the next answer about recent plays lies; null for the truth. */
  nextLie: () => LastfmLie | null = () => null;
  liesServed = 0;
  /** Recent listening is shown to the person alone. */
  isPrivate = false;
  nowPlaying: SimulatedTrack | null = null;
  readonly registeredAt: number;
  readonly history: PlayHistory;
  readonly loved = new LovedTracks();
  /** Session keys that stand for this person. */
  readonly sessions = new Set<string>();
  /** Tokens given out: approved ones can be exchanged once. */
  readonly tokens = new Map<string, { approved: boolean; expired: boolean }>();

  constructor(user: string, plays: readonly SimulatedPlay[], registeredAt?: number) {
    this.user = user;
    this.history = new PlayHistory(plays);
    this.registeredAt = registeredAt ?? this.history.all[0]?.playedAt ?? 1_177_185_149;
  }

  is(user: string): boolean {
    return user.toLowerCase() === this.user.toLowerCase();
  }
}
