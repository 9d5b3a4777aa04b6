/** A track in a zone's queue, or a radio when it has no length. */
export interface SimulatedTrack {
  title: string;
  /** Second line as Roon shows it: "Performer / Composer". */
  artists?: string;
  album?: string;
  /** Seconds; left out for a radio. */
  length?: number;
  imageKey?: string;
}

export interface ZoneOutput {
  id: string;
  name: string;
}

/** What a zone reports to its Core, which passes it on to whoever subscribed. */
export interface ZoneReports {
  changed(zone: SimulatedZone): void;
  seekChanged(zones: SimulatedZone[]): void;
}

/** A zone as a person in the house handles it. Every change is reported at once, as Roon does. */
export class SimulatedZone {
  readonly id: string;
  readonly outputs: ZoneOutput[];
  name: string;
  state: 'playing' | 'paused' | 'loading' | 'stopped' = 'stopped';
  queue: SimulatedTrack[] = [];
  position = 0;
  loop: 'disabled' | 'loop' | 'loop_one' = 'disabled';
  volume = 30;
  readonly #reports: ZoneReports;

  constructor(id: string, name: string, outputs: ZoneOutput[], reports: ZoneReports) {
    this.id = id;
    this.name = name;
    this.outputs = outputs;
    this.#reports = reports;
  }

  get current(): SimulatedTrack | undefined {
    return this.queue[0];
  }

  /** Replaces the queue and plays. Roon reports it twice: while it loads, then when it sounds. */
  play(...tracks: SimulatedTrack[]): this {
    this.queue = tracks;
    this.position = 0;
    this.state = 'loading';
    this.#reports.changed(this);
    this.state = 'playing';
    this.#reports.changed(this);
    return this;
  }

  /** Adds to the queue's end. */
  enqueue(...tracks: SimulatedTrack[]): this {
    this.queue.push(...tracks);
    this.#reports.changed(this);
    return this;
  }

  pause(): this {
    this.state = 'paused';
    this.#reports.changed(this);
    return this;
  }

  resume(): this {
    this.state = 'playing';
    this.#reports.changed(this);
    return this;
  }

  /** Stops and forgets the queue: nothing is playing any more. */
  stop(): this {
    this.state = 'stopped';
    this.queue = [];
    this.position = 0;
    this.#reports.changed(this);
    return this;
  }

  seek(position: number): this {
    this.position = position;
    this.#reports.seekChanged([this]);
    return this;
  }

  next(): this {
    this.#advance();
    return this;
  }

  /** A person turns the volume: the whole zone is sent again though the track is the same. */
  turnVolume(value: number): this {
    this.volume = value;
    this.#reports.changed(this);
    return this;
  }

  rename(name: string): this {
    this.name = name;
    this.#reports.changed(this);
    return this;
  }

  /** One second of the music. @returns whether only the position moved. */
  second(): boolean {
    if (this.state !== 'playing' || !this.current) return false;
    this.position += 1;
    if (this.current.length === undefined || this.position < this.current.length) return true;
    this.#advance();
    return false;
  }

  #advance(): void {
    const finished = this.queue[0];
    if (this.loop !== 'loop_one') this.queue.shift();
    if (this.loop === 'loop' && finished) this.queue.push(finished);
    this.position = 0;
    if (this.queue.length === 0) this.state = 'stopped';
    this.#reports.changed(this);
  }

  /** The zone in Roon's words. */
  toMessage(): Record<string, unknown> {
    const { current } = this;
    return {
      zone_id: this.id,
      display_name: this.name,
      outputs: this.outputs.map(({ id, name }) => ({
        output_id: id,
        zone_id: this.id,
        can_group_with_output_ids: [id],
        display_name: name,
        volume: { type: 'number', min: 0, max: 100, value: this.volume, step: 1, is_muted: false },
        source_controls: [{ control_key: '1', display_name: name, supports_standby: false, status: 'indeterminate' }],
      })),
      state: this.state,
      is_next_allowed: this.queue.length > 1,
      is_previous_allowed: true,
      is_pause_allowed: this.state === 'playing',
      // True even while playing in recordings of a real Core.
      is_play_allowed: true,
      is_seek_allowed: current?.length !== undefined,
      queue_items_remaining: this.queue.length,
      queue_time_remaining: this.queue.reduce((sum, { length = 0 }) => sum + length, -this.position),
      settings: { loop: this.loop, shuffle: false, auto_radio: true },
      ...(current ? { now_playing: this.#nowPlaying(current) } : {}),
    };
  }

  seekToMessage(): Record<string, unknown> {
    const left = this.queue.reduce((sum, { length = 0 }) => sum + length, -this.position);
    return { zone_id: this.id, queue_time_remaining: left, seek_position: this.position };
  }

  #nowPlaying({ title, artists = '', album = '', length, imageKey }: SimulatedTrack): Record<string, unknown> {
    return {
      seek_position: this.position,
      ...(length === undefined ? {} : { length }),
      ...(imageKey === undefined ? {} : { image_key: imageKey }),
      one_line: { line1: artists ? `${title} - ${artists}` : title },
      two_line: { line1: title, line2: artists },
      three_line: { line1: title, line2: artists, line3: album },
    };
  }
}
