/** Notifies readers that something changed. Reading `track()` inside a template, `$derived` or `$effect` makes it run again. */
export interface Signal {
  track(): void;
  bump(): void;
}
