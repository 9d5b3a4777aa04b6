import type { KnownDevice } from '#shared/api/household.ts';

export interface Devices {
  seen(id: string, details: { userAgent?: string; name?: string; seq?: number }): void;
  all(): KnownDevice[];
}
