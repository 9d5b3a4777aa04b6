import { onTestFinished, vi } from 'vitest';
import { httpTransport } from '../../web/lib/replica/transport.ts';
import { openTestApp, own } from './testApp.ts';
import { describeSyncProtocol } from './syncProtocol.ts';

describeSyncProtocol('the server', async () => {
  const app = await openTestApp();
  vi.stubGlobal('fetch', app.fetch);
  vi.stubGlobal('reportError', (error: unknown) => {
    throw error;
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return {
    transport: (deviceId) => httpTransport(deviceId),
    addAlbum: () => String(own(app.library, [{ title: 'Rain', artist: 'The Gutters', tracks: ['Drops'] }])[0]),
  };
});
