import type { CollectionName } from '#shared/sync/collections.ts';
import type { Held } from '../held.ts';
import { Device, until } from './device.ts';
import { ModelServer } from './modelServer.ts';

const devices: Device[] = [];

export const album = (id: number, rating = 0) =>
  ({ id: String(id), title: `Album ${id}`, rating, tracks: [{ id: id * 10 }], images: [{ id: id + 500 }] }) as never;

/** A new device that has pulled everything; {@link closeDevices} closes it. */
export async function open(server: ModelServer, names?: readonly CollectionName[]): Promise<Device> {
  const device = await new Device(server, names).open();
  devices.push(device);
  await until(() => device.replica.status.firstSyncDone);
  return device;
}

/** A server with so many albums, and a device that holds them. */
export async function shelf(count: number): Promise<{ server: ModelServer; device: Device }> {
  const server = new ModelServer();
  for (let id = 1; id <= count; id++) server.put('albums', album(id));
  return { server, device: await open(server) };
}

/** Waits until the device asks about the server's library. */
export const held = (device: Device) => until(() => device.replica.status.held);
/** Everything that the device asks from now on. */
export function questions({ replica }: Device): Held[] {
  const asked: Held[] = [];
  replica.onStatus(({ held: question }) => {
    if (question) asked.push(question);
  });
  return asked;
}

export const albumsOf = async (device: Device) => (await device.all('albums')).length;

export async function closeDevices(): Promise<void> {
  for (const device of devices.splice(0)) await device.close();
}
