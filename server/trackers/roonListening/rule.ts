import { Draft } from './draft.ts';
import type { ListeningEvent, ZonesEvent } from './events.ts';
import type { ListeningState } from './state.ts';
import { zonePolicy, type ZonePolicyOptions } from './zonePolicy.ts';

export interface ListeningOptions extends ZonePolicyOptions {
  /** Whether what a radio plays becomes listens, where its lines name it. Default false. */
  radio?: boolean;
}

export interface ListeningRule {
  step(state: ListeningState, event: ZonesEvent): { state: ListeningState; events: ListeningEvent[] };
}

/**
 * What counts as a listen: a track longer than 30 s of which half, or 4 minutes, was really heard. Heard is what the
 * zone's position passed in forward steps of at most 3 s, whatever the clock on the wall says; larger steps are seeks,
 * a pause moves nothing, and a passage heard twice in one play counts once, so seeking back earns nothing. A track that
 * comes round again is a second play. A play belongs to the music, not to the zone: grouped zones are one, and a play
 * goes on through grouping, ungrouping and transfer.
 */
export function createListeningRule(options: ListeningOptions = {}): ListeningRule {
  const policy = zonePolicy(options);
  const radio = options.radio ?? false;
  return {
    step(state, event) {
      const draft = new Draft(state, policy, radio);
      if (event.type === 'lost') draft.lose();
      else draft.hear(event.zones, event.at);
      return draft.result();
    },
  };
}
