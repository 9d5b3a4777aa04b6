import type { SharedUpstream } from './upstream.ts';

/** It looks nothing up: what it writes by itself has a switch and a cap of its own. */
export const euria = {
  name: 'EurIA',
  kind: 'texts',
  looksUp: false,
  fields: [{ setting: 'euria.url', hint: true }, { setting: 'euria.token' }],
  keysAt: 'https://manager.infomaniak.com/v3/ng/products/cloud/ai-tools',
  testable: true,
} as const satisfies SharedUpstream;
