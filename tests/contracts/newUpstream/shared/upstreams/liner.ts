import type { SharedUpstream } from '#shared/upstreams/upstream.ts';

export const liner = {
  name: 'Liner Notes',
  kind: 'lookups',
  looksUp: true,
  fields: [{ setting: 'liner.token', hint: true }],
  keysAt: 'https://liner.example/developers',
} as const satisfies SharedUpstream;
