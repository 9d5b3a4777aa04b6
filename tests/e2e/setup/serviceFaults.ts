/** Of a fault: at every request, until faults are cleared. */
export const FOR_EVER = { times: Infinity } as const;

/** A simulated service takes the key no more, so many times. */
export const refuses = (times: number) => ({ kind: 'status', status: 401, times }) as const;
