import { isUpstreamError, type UpstreamError } from '#server/kit/http/upstreamError.ts';
import { roonFailure } from './failure.ts';
import { identify, register } from './registration.ts';
import type { SessionOptions } from './sessionContext.ts';
import { ZoneSubscription } from './zoneSubscription.ts';

/**
 * One life of a connection: names, registration (as long as a person takes to approve it), zones, and a poll that
 * notices when the Core, though connected, no longer speaks.
 * @returns why it ended; it ends only with its connection.
 */
export async function runSession(options: SessionOptions): Promise<UpstreamError> {
  const { connection, clock, pollMs } = options;
  try {
    const core = await identify(options);
    options.events.identified(core);
    await register(options, core);
    const zones = new ZoneSubscription(options);
    zones.subscribe();
    // By hand: what fails here ends the connection, and the client connects anew.
    for (;;) {
      await clock.sleep(pollMs, connection.ending);
      await zones.reconcile();
    }
  } catch (error) {
    if (isUpstreamError(error)) {
      connection.close(error);
    } else {
      options.log.error('roon.session.failed', { error });
      connection.close(roonFailure('broken', 'AIME failed to follow Roon; connecting anew', error));
    }
  }
  return connection.closed;
}
