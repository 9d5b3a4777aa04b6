export interface Changes {
  count: number;
  /** The first of them, a line each. */
  examples: string[];
}

export interface WhatChanged {
  /** Listens that were merged into others. */
  joined: Changes;
  /** Listens that are now of their own. */
  separated: Changes;
  /** Listens that are filed under another track. */
  refiled: Changes;
  /** Listens with another time, source, zone or number of source reports. */
  corrected: Changes;
}

export interface Reresolution extends WhatChanged {
  reports: number;
  listensBefore: number;
  listensAfter: number;
}

export interface ReresolveOptions {
  onProgress?: (done: number, total: number) => void;
  /** Lets others have their turn between two slices. */
  breathe?: () => Promise<unknown>;
}
