import type { ModelServer } from './modelServer.ts';
import { Device, until } from './device.ts';

const devices: Device[] = [];

/** A new device, which begins to pull; {@link closeStarted} closes it. */
export async function start(server: ModelServer): Promise<Device> {
  const device = await new Device(server).open();
  closeLater(device);
  return device;
}

export function closeLater(device: Device): void {
  devices.push(device);
}

export async function closeStarted(): Promise<void> {
  for (const device of devices.splice(0)) await device.close();
}

/** A mutation's result is known on the device. */
export const untilApplied = ({ replica }: Device, id: string) =>
  until(async () => (await replica.collection('intents').get([id]))[0]?.verdict?.state === 'applied');

/** All is pulled, and no playlist waits to be sent. */
export const inStep = ({ replica }: Device) =>
  until(() => replica.status.firstSyncDone && Object.keys(replica.status.unsentPlaylists).length === 0);
