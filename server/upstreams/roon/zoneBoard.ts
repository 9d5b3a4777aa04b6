import type { RoonZone, RoonZonesMessage } from './schema.ts';

/**
 * The zones as Roon last reported them. Zones are never changed in place: a list handed out stays what it was.
 */
export class ZoneBoard {
  #zones = new Map<string, RoonZone>();

  list(): RoonZone[] {
    return [...this.#zones.values()];
  }

  replace(zones: readonly RoonZone[]): void {
    this.#zones = new Map(zones.map((zone) => [zone.id, zone]));
  }

  /**
   * Removed, added, changed, then seek positions: Roon does not say in which order one message means them, and
   * regrouping names one speaker in both the zone that goes and the zone that comes.
   * @returns whether anything but positions was reported.
   */
  apply(message: RoonZonesMessage): boolean {
    for (const id of message.removed) this.#zones.delete(id);
    for (const zone of [...message.added, ...message.changed]) this.#zones.set(zone.id, zone);
    for (const { zoneId, seekPosition } of message.seekChanged) {
      const zone = this.#zones.get(zoneId);
      // A seek only moves the position; a zone nobody has described yet is not made up from it.
      if (!zone?.nowPlaying) continue;
      this.#zones.set(zoneId, { ...zone, nowPlaying: { ...zone.nowPlaying, seekPosition } });
    }
    return message.removed.length + message.added.length + message.changed.length > 0;
  }

  /** Whether `zones` hold other zones, states or items than the board; positions aside, as they always move. */
  differsFrom(zones: readonly RoonZone[]): boolean {
    const facts = (list: readonly RoonZone[]) =>
      list.map((zone) => JSON.stringify({ ...zone, nowPlaying: { ...zone.nowPlaying, seekPosition: null } })).sort();
    return JSON.stringify(facts(zones)) !== JSON.stringify(facts(this.list()));
  }
}
