import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { demandFreePorts, DemoPortTaken } from '#tests/simulators/demoPorts.ts';

it('the demo says in words which port is taken, and by what it would be used', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const asked = demandFreePorts({ discogs: port });
  await expect(asked).rejects.toThrow(DemoPortTaken);
  await expect(asked).rejects.toThrow(new RegExp(`Port ${port} .*discogs`));
  await new Promise((resolve) => other.close(resolve));
  await expect(demandFreePorts({ discogs: port })).resolves.toBeUndefined();
});
