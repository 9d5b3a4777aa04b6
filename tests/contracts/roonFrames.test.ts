import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RoonFixture, until } from './roonFixture.ts';

const AURORA = { title: 'Aurora Street', artists: 'Mélodie Varga', album: 'Lumières', length: 200 };
/** Two, three and four bytes a character, so that most cuts fall inside one. */
const TITLES = 'é—𝄞東';

let fixture: RoonFixture;
beforeEach(() => {
  fixture = new RoonFixture();
});
afterEach(() => fixture.close());

describe('frames split anywhere', () => {
  it('reads a push cut in two at every byte, inside characters too', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { updates, client } = fixture.follow(core);
    await until(() => updates.length > 0);
    let length = 1;
    for (let at = 0; at <= length; at += 1) {
      const name = `${TITLES} ${at}`;
      length = core.pushSplit({ zones_changed: [{ ...core.zone('Kitchen').toMessage(), display_name: name }] }, at);
      await until(() => client.status().zones[0]?.name === name);
    }
    expect(length).toBeGreaterThan(600);
    expect(core.connections).toBe(1);
    expect(core.registrations).toHaveLength(1);
  });

  it('lives through a whole acquaintance in fragments of one byte', async () => {
    const core = await fixture.core();
    core.fragment(1);
    core.zone('Kitchen').play({ ...AURORA, title: TITLES });
    const { reaches, titles } = fixture.follow(core);
    await reaches('waiting-for-approval');
    core.approve();
    await reaches('paired');
    await until(() => titles()[0] === TITLES);
  });

  it('lives through a network that delivers one byte at a time', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play({ ...AURORA, title: TITLES });
    const drip = await drippingProxy(core.port);
    const { titles, client } = fixture.start({ settings: { host: '127.0.0.1', port: drip.port } });
    await until(() => titles()[0] === TITLES);
    await client.stop();
    drip.close();
  });
});

describe('hostile frames', () => {
  const answer = (head: string, body = '') => Buffer.from(`${head}\n\n${body}`);
  const broken: Record<string, Buffer> = {
    nothing: Buffer.alloc(0),
    'random bytes': Buffer.from([0, 255, 10, 10, 128, 7]),
    'a web page': Buffer.from('<!doctype html><h1>502</h1>\n\n'),
    'headers without an end': Buffer.from('MOO/1 COMPLETE Success\nRequest-Id: 0\n'),
    'no Request-Id': answer('MOO/1 COMPLETE Success'),
    'an answer to nothing asked': answer('MOO/1 COMPLETE Success\nRequest-Id: 999'),
    'a body cut short': answer(
      'MOO/1 CONTINUE Changed\nRequest-Id: 2\nContent-Length: 90\nContent-Type: application/json',
      '{"a":1}',
    ),
    'a body without a length': answer('MOO/1 CONTINUE Changed\nRequest-Id: 2', '{}'),
    'a negative length': answer(
      'MOO/1 CONTINUE Changed\nRequest-Id: 2\nContent-Length: -2\nContent-Type: application/json',
      '{}',
    ),
    'broken JSON': answer(
      'MOO/1 CONTINUE Changed\nRequest-Id: 2\nContent-Length: 2\nContent-Type: application/json',
      '{]',
    ),
  };

  it.each(Object.entries(broken))('hangs up on %s and connects anew', async (_name, frame) => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { updates, statuses, titles, reaches } = fixture.follow(core);
    await until(() => updates.length > 0);
    core.sendRaw(frame);
    await until(() => statuses.some(({ state }) => state === 'lost'));
    expect(statuses.find(({ state }) => state === 'lost')?.lastError).toContain('not its protocol');
    await reaches('paired');
    await until(() => titles()[0] === 'Aurora Street');
  });

  const odd: Record<string, unknown> = {
    null: null,
    'a number': 7,
    'lists of the wrong things': {
      zones_removed: [1, null],
      zones_added: 'x',
      zones_changed: [null, 3, {}],
      zones_seek_changed: {},
    },
    'a zone without an id': { zones_changed: [{ display_name: 'Ghost', state: 'playing' }] },
    'a seek to nowhere': { zones_seek_changed: [{ zone_id: 'ghost', seek_position: 5 }] },
    'names of prototypes': { __proto__: { zones_removed: ['1601Kitchen'] }, constructor: {} },
  };

  it.each(Object.entries(odd))('takes %s for a push without losing anything', async (_name, body) => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { updates, client, statuses } = fixture.follow(core);
    await until(() => updates.length === 1);
    core.push(body);
    core.tick();
    await until(() => client.status().zones[0]?.nowPlaying?.seekPosition === 1);
    expect(client.status().zones).toHaveLength(1);
    expect(statuses.map(({ state }) => state)).not.toContain('lost');
  });

  it('keeps a zone whose fields have wrong types, without them', async () => {
    const core = await fixture.core({ approved: true });
    const { updates, client } = fixture.follow(core);
    await until(() => updates.length === 1);
    core.push({
      zones_added: [
        {
          zone_id: 'odd',
          display_name: 5,
          state: 'dancing',
          outputs: [7, { output_id: 'o1' }],
          now_playing: {
            seek_position: -4,
            length: 'long',
            image_key: {},
            one_line: [],
            three_line: { line1: '<b>Loud</b>', line2: 9 },
          },
        },
      ],
    });
    await until(() => client.status().zones.length === 1);
    expect(client.status().zones[0]).toEqual({
      id: 'odd',
      name: 'odd',
      state: 'stopped',
      outputs: [{ id: 'o1', name: '' }],
      nowPlaying: {
        title: '<b>Loud</b>',
        artists: '',
        album: '',
        lengthSeconds: null,
        seekPosition: null,
        imageKey: null,
      },
    });
  });
});

/** Passes everything on, towards the client one byte a write. */
async function drippingProxy(port: number): Promise<{ port: number; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.push(near, far);
    near.setNoDelay(true);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far);
    far.on('data', (data: Buffer) => {
      for (const byte of data) near.write(Buffer.of(byte));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
