import { SimulatedZone, type ZoneOutput, type ZoneReports } from './zone.ts';

/** One `Changed` of the transport service. */
export type ZonesChanged = Record<string, unknown>;

/** The zones of a household, their grouping, and the seconds that pass in them. */
export class SimulatedTransport {
  readonly #zones = new Map<string, SimulatedZone>();
  readonly #notify: (change: ZonesChanged) => void;
  readonly #reports: ZoneReports;
  #groups = 0;

  constructor(notify: (change: ZonesChanged) => void) {
    this.#notify = notify;
    this.#reports = {
      changed: (zone) => this.#notify({ zones_changed: [zone.toMessage()] }),
      seekChanged: (zones) => this.#notify({ zones_seek_changed: zones.map((zone) => zone.seekToMessage()) }),
    };
  }

  zones(): SimulatedZone[] {
    return [...this.#zones.values()];
  }

  /** The zone of this name, created when there is none. */
  zone(name: string): SimulatedZone {
    const known = this.zones().find((each) => each.name === name);
    if (known) return known;
    const zone = this.#zoneOf(name, [{ id: `1701${name}`, name }], `1601${name}`);
    this.#zones.set(zone.id, zone);
    this.#notify({ zones_added: [zone.toMessage()] });
    return zone;
  }

  /** Somebody unplugs it. */
  remove(name: string): void {
    const zone = this.zone(name);
    this.#zones.delete(zone.id);
    this.#notify({ zones_removed: [zone.id] });
  }

  /** Groups zones: the lead's queue plays on everywhere. All old zones go and a new one comes, in one message. */
  group(lead: string, ...others: string[]): SimulatedZone {
    const members = [lead, ...others].map((name) => this.zone(name));
    const outputs = members.flatMap((zone) => zone.outputs);
    this.#groups += 1;
    const id = `1603${String(this.#groups).padStart(8, '0')}`;
    const grouped = this.#zoneOf(`${lead} + ${outputs.length - 1}`, outputs, id);
    take(grouped, members[0]!);
    for (const member of members) this.#zones.delete(member.id);
    this.#zones.set(grouped.id, grouped);
    this.#notify({ zones_removed: members.map((member) => member.id), zones_added: [grouped.toMessage()] });
    return grouped;
  }

  /** Ungroups: the first speaker plays on, the others fall silent. */
  ungroup(name: string): SimulatedZone[] {
    const grouped = this.zone(name);
    const zones = grouped.outputs.map((output) => this.#zoneOf(output.name, [output], `1601${output.name}`));
    take(zones[0]!, grouped);
    this.#zones.delete(grouped.id);
    for (const zone of zones) this.#zones.set(zone.id, zone);
    this.#notify({ zones_removed: [grouped.id], zones_added: zones.map((zone) => zone.toMessage()) });
    return zones;
  }

  /** Moves what one zone plays to another, as Roon's "transfer" does. */
  transfer(from: string, to: string): void {
    const [source, target] = [this.zone(from), this.zone(to)];
    take(target, source);
    source.queue = [];
    source.state = 'stopped';
    source.position = 0;
    this.#notify({ zones_changed: [source.toMessage(), target.toMessage()] });
  }

  /** One second passes everywhere; all positions travel in one message. */
  second(): void {
    const moved = this.zones().filter((zone) => zone.second());
    if (moved.length > 0) this.#reports.seekChanged(moved);
  }

  #zoneOf(name: string, outputs: ZoneOutput[], id: string): SimulatedZone {
    return new SimulatedZone(id, name, outputs, this.#reports);
  }
}

function take(zone: SimulatedZone, from: SimulatedZone): void {
  zone.queue = [...from.queue];
  zone.position = from.position;
  zone.state = from.state;
  zone.loop = from.loop;
}
