import { describeSyncProtocol } from '#tests/contracts/syncProtocol.ts';
import { ModelServer } from './modelServer.ts';

describeSyncProtocol('the model of a server', () => {
  const model = new ModelServer();
  let albums = 0;
  return {
    transport: (deviceId) => model.transport(deviceId),
    addAlbum() {
      const id = String((albums += 1));
      model.put('albums', { id, title: `Album ${id}`, rating: 0 } as never);
      return id;
    },
  };
});
