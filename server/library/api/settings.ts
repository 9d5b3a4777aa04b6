/** One JSON value a key; what is stored and cannot be read is a symbol, which fits no setting. */
export interface Settings {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  all(): Record<string, unknown>;
}

/** One JSON value a service; survives restarts. Where it cannot be written at the moment it is remembered, and written as soon as it can be. */
export interface ServiceStates {
  get<T>(service: string): T | undefined;
  set(service: string, state: unknown): void;
}
