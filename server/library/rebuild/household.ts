import type { HouseholdDocument } from '#shared/library/household.ts';
import type { Core } from '../core.ts';
import { household } from '../settings/household.ts';
import { settings as settingsOf } from '../settings/settings.ts';

/** The longest period that the setting takes, in days. */
const LONGEST_DAYS = 36_500;

/** Whether the household agreed on anything here: nothing of another life is taken over then. */
export const isAgreed = (core: Core): boolean => household(core).get().firstRunDone;

/**
 * What the household agreed on, as long as nobody agreed on anything here. Which services it uses, and their keys, are in no replica.
 *
 * @returns true when something of it was taken over.
 */
export function takeHousehold(core: Core, document: Omit<HouseholdDocument, 'turntable'>): boolean {
  const [here, settings] = [household(core), settingsOf(core)];
  const before = here.get();
  if (isAgreed(core) || JSON.stringify(before) === JSON.stringify(document)) return false;
  here.update(document);
  const keep = (key: string, value: unknown) => {
    if (settings.get(key) === undefined) settings.set(key, value);
  };
  keep('timezone', document.timeZone);
  if (document.retentionDays <= LONGEST_DAYS) keep('retention.days', document.retentionDays);
  const hidden = document.zones.filter((zone) => zone.hidden).map(({ id }) => id);
  if (hidden.length > 0) keep('roon.hiddenZones', hidden);
  if (document.zones.length > 0)
    keep('roon.zoneNames', Object.fromEntries(document.zones.map(({ id, name }) => [id, name])));
  return true;
}
