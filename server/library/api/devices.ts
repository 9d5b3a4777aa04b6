export interface Devices {
  seen(id: string, details: { userAgent?: string; name?: string; seq?: number }): void;
  all(): {
    id: string;
    name: string | null;
    userAgent: string | null;
    firstSeen: number;
    lastSeen: number;
    lastSeq: number | null;
  }[];
}
