/** One request as a simulator sees and logs it. */
export interface SimulatedRequest {
  /** Milliseconds since the epoch at which it had arrived whole. */
  at: number;
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** The body as form fields; empty unless it was sent as `application/x-www-form-urlencoded`. */
  form: URLSearchParams;
  headers: Record<string, string>;
  body: string;
}

/** What a simulator answers. Exactly one of `json`, `text`, `bytes`, `chunks`; none for an empty body. */
export interface SimulatedAnswer {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  bytes?: Uint8Array;
  /** Sent piece by piece as they come, without a length. It ends early when the client goes away. */
  chunks?: AsyncIterable<string | Uint8Array>;
}

export type Handle = (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>;
