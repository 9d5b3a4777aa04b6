import type { RoonZone } from '#server/upstreams/roon/index.ts';

export interface ZonePolicyOptions {
  /** Zones that are left out, each by its id or its name. */
  excluded?: readonly string[];
  /** Other names for zones, by id or by Roon's name. */
  names?: Readonly<Record<string, string>>;
}

export interface ZonePolicy {
  counts(zone: RoonZone): boolean;
  nameOf(zone: RoonZone): string;
}

/**
 * Which zones count and what they are called. A group is left out only when every one of its speakers is, and takes the
 * other name of the zone that leads it: with "Kitchen" called "Küche", "Kitchen + 1" is "Küche + 1".
 */
export function zonePolicy({ excluded = [], names = {} }: ZonePolicyOptions): ZonePolicy {
  const left = new Set(excluded);
  const named = new Map(Object.entries(names));
  return {
    counts({ id, name, outputs }) {
      if (left.has(id) || left.has(name)) return false;
      const isLeftOut = (output: RoonZone['outputs'][number]) =>
        left.has(ownZoneId(output.id)) || left.has(output.name);
      return outputs.length === 0 || !outputs.every(isLeftOut);
    },
    nameOf({ id, name, outputs }) {
      const own = named.get(id) ?? named.get(name);
      if (own !== undefined) return own;
      const lead = outputs.find((output) => name.startsWith(`${output.name} + `));
      const called = lead && (named.get(ownZoneId(lead.id)) ?? named.get(lead.name));
      return called === undefined ? name : called + name.slice(lead!.name.length);
    },
  };
}

/** A speaker's zone when it plays alone: in every recording of a Core the two ids differ in their prefix only. */
export const ownZoneId = (outputId: string): string => outputId.replace(/^1701/, '1601');
