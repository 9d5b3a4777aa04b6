import type { PartState } from '#shared/api/health.ts';

/** A device that the house knows. Times in seconds since the epoch. */
export interface HouseDevice {
  id: string;
  name: string | null;
  userAgent: string | null;
  lastSeen: number;
}

/** Whether the server and its parts are well. */
export interface Health {
  status: 'ok' | 'degraded' | 'recovery';
  version: string;
  uptimeSeconds: number;
  checks: Record<string, PartState>;
}
