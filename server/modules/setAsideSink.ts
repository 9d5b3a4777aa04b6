import { randomUUID } from 'node:crypto';
import type { UpstreamId } from '#shared/upstreams/registry.ts';
import type { SetAside } from '../kit/http/setAside.ts';
import type { Library } from '../library/api/library.ts';

/** Of what reads answers that are asked for again anyway: nothing has to be read twice. */
const READER = 1;

/** Keeps what a service's client could not read, at the latest when the library can be written again. */
export function setAsideSink(library: Library, service: UpstreamId): (list: string, entries: SetAside[]) => void {
  return (list, entries) =>
    library.availability.soon(
      `set-aside:${randomUUID()}`,
      () => void library.setAside.keep(service, list, entries, READER),
    );
}
