import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { freePort } from '#tests/kit/freePort.ts';
import { BrowseService, type SimulatedAlbum } from './browse.ts';
import { ExtensionLink, type Answer } from './extensionLink.ts';
import { writeFrame, type CoreFrame } from './frames.ts';
import { SimulatedTransport } from './transport.ts';
import { SoodResponder } from './sood.ts';
import type { SimulatedZone } from './zone.ts';

export interface SimulatedCoreOptions {
  id?: string;
  name?: string;
  version?: string;
  /** 0, the default, for any free port. */
  port?: number;
  /** UDP port of the search; 0, the default, for any free one. */
  soodPort?: number;
  /** Whether every extension is enabled without asking. */
  approved?: boolean;
  /** Seconds of music in a second of real time; 0, the default: time passes only by `tick`. */
  speed?: number;
}

/** How a Core can be silent: its requests unanswered, its pushes missing, or its whole machine hanging. */
export type Silence = 'answers' | 'pushes' | 'everything';

const PAIRING = 'com.roonlabs.pairing:1';

/** A Roon Core on loopback, with a whole household's zones behind it. Faithful to the protocol, and strict about it. */
export class SimulatedCore {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly transport: SimulatedTransport;
  /** Covers by key, as the image service gives them. */
  readonly images = new Map<string, { type: string; bytes: Uint8Array }>();
  readonly albums: SimulatedAlbum[] = [];
  /** Names of all requests received, in order. */
  readonly requests: string[] = [];
  /** Bodies of `register`, in order. */
  readonly registrations: Record<string, unknown>[] = [];
  /** Mistakes of extensions, connection by connection. */
  readonly faults: string[] = [];
  readonly #links = new Set<ExtensionLink>();
  readonly #waiting: { link: ExtensionLink; requestId: string; extensionId: string }[] = [];
  readonly #tokens = new Map<string, string>();
  readonly #silences = new Set<Silence>();
  readonly #browse: BrowseService;
  readonly #sood: SoodResponder;
  #server: Server | null = null;
  #speed = 0;
  #timer: NodeJS.Timeout | null = null;
  #approved: boolean;
  #fragmentBytes: number | null = null;
  port = 0;

  private constructor(options: SimulatedCoreOptions) {
    this.id = options.id ?? randomUUID();
    this.name = options.name ?? 'Test Core';
    this.version = options.version ?? '2.70 (build 1671) production';
    this.#approved = options.approved ?? false;
    this.transport = new SimulatedTransport((change) => this.#push(change));
    this.#browse = new BrowseService(this.albums, this.transport);
    this.#sood = new SoodResponder(() => ({
      name: this.name,
      display_version: this.version,
      unique_id: this.id,
      http_port: String(this.port),
      tcp_port: '9150',
      https_port: '55002',
    }));
  }

  static async start(options: SimulatedCoreOptions = {}): Promise<SimulatedCore> {
    const core = new SimulatedCore(options);
    await core.#listen(options.port ?? 0);
    await core.#sood.listen(options.soodPort ?? 0);
    core.setSpeed(options.speed ?? 0);
    return core;
  }

  readonly host = '127.0.0.1';

  get soodPort(): number {
    return this.#sood.port;
  }

  /** How often the search was answered. */
  get soodAnswers(): number {
    return this.#sood.answers;
  }

  /** Connections open now. */
  get connections(): number {
    return this.#links.size;
  }

  zone(name: string): SimulatedZone {
    return this.transport.zone(name);
  }

  /** The owner enables the extension: whoever waits is registered now, whoever comes later at once. */
  approve(): void {
    this.#approved = true;
    for (const { link, requestId, extensionId } of this.#waiting.splice(0)) {
      this.#register(link, requestId, extensionId);
    }
  }

  /** The owner disables the extension: tokens are worth nothing and registrations end. */
  revoke(): void {
    this.#approved = false;
    this.#tokens.clear();
    for (const link of this.#links) {
      if (link.registration !== null) link.answer('COMPLETE', 'Unregistered', link.registration);
      link.registration = null;
    }
  }

  /** @param speed seconds of music in a real second; 0 stops time. */
  setSpeed(speed: number): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#speed = speed;
    this.#timer = speed > 0 ? setInterval(() => this.transport.second(), 1000 / speed) : null;
  }

  /** Lets seconds of music pass at once, one push each. */
  tick(seconds = 1): void {
    for (let second = 0; second < seconds; second += 1) this.transport.second();
  }

  goSilent(silence: Silence): void {
    this.#silences.add(silence);
    if (silence === 'everything') for (const link of this.#links) link.freeze();
  }

  /** Speaks again, on new connections where the old ones hang. */
  speak(): void {
    this.#silences.clear();
  }

  /** Sends every message in WebSocket fragments of so many bytes; null for whole messages. */
  fragment(bytes: number | null): void {
    this.#fragmentBytes = bytes;
    for (const link of this.#links) link.fragmentBytes = bytes;
  }

  /** Sends bytes as they are to every extension, as one message. */
  sendRaw(bytes: Buffer): void {
    for (const link of this.#links) link.sendRaw(bytes);
  }

  /** A push of the zones subscription cut in two before byte `at`. @returns the frame's length in bytes. */
  pushSplit(change: Record<string, unknown>, at: number): number {
    let length = 0;
    for (const link of this.#links) {
      for (const requestId of link.zonesSubscriptions.values()) {
        const frame = writeFrame('CONTINUE', 'Changed', requestId, change);
        length = frame.length;
        link.sendSplit(frame, Math.min(at, frame.length));
      }
    }
    return length;
  }

  /** Any body as a push of the zones subscription. */
  push(change: unknown): void {
    this.#push(change);
  }

  /** Asks the extension, as its settings page does. @returns the first answer. */
  ask(name: string, body?: unknown): Promise<Answer> {
    const [link] = this.#links;
    return new Promise((resolve, reject) => {
      if (!link) return reject(new Error('no extension is connected'));
      link.ask(name, body, resolve);
    });
  }

  /** Cuts every connection; new ones are welcome. */
  drop(): void {
    for (const link of this.#links) link.hangUp();
  }

  /** Away, then back with the same identity, zones and tokens. @param options.port 0 for another port. */
  async restart(options: { port?: number; awayMs?: number } = {}): Promise<void> {
    const [soodPort, speed] = [this.soodPort, this.#speed];
    await this.close();
    await new Promise((resolve) => setTimeout(resolve, options.awayMs ?? 0));
    await this.#listen(options.port ?? this.port);
    await this.#sood.listen(soodPort);
    this.setSpeed(speed);
  }

  async close(): Promise<void> {
    this.setSpeed(0);
    this.#sood.close();
    this.drop();
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  async #listen(port: number): Promise<void> {
    const server = createServer((request, response) => {
      const image = this.images.get(/^\/api\/image\/([^?]+)/.exec(request.url ?? '')?.[1] ?? '');
      response.writeHead(image ? 200 : 404, { 'content-type': image?.type ?? 'text/html' });
      response.end(image?.bytes ?? '<h1>Not found</h1>');
    });
    const sockets = new WebSocketServer({ server, path: '/api' });
    sockets.on('connection', (socket) => {
      const link = new ExtensionLink(socket, (frame) => this.#answer(link, frame));
      link.fragmentBytes = this.#fragmentBytes;
      this.#links.add(link);
      if (this.#silences.has('everything')) link.freeze();
      socket.on('close', () => {
        this.#links.delete(link);
        this.faults.push(...link.faults);
        const index = this.#waiting.findIndex((each) => each.link === link);
        if (index >= 0) this.#waiting.splice(index, 1);
      });
    });
    const wanted = port || (await freePort());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, this.host, resolve);
    });
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  #answer(link: ExtensionLink, { name, requestId, body }: CoreFrame): void {
    this.requests.push(name);
    if (this.#silences.has('answers')) return;
    const complete = (outcome: string, answer?: unknown) => link.answer('COMPLETE', outcome, requestId, answer);
    const fields = (body ?? {}) as Record<string, unknown>;
    if (name === 'com.roonlabs.registry:1/info') {
      return complete('Success', { core_id: this.id, display_name: this.name, display_version: this.version });
    }
    if (name === 'com.roonlabs.registry:1/register') return this.#askToRegister(link, requestId, fields);
    if (link.registration === null) return complete('NotRegistered');
    switch (name) {
      case 'com.roonlabs.transport:2/subscribe_zones':
        link.zonesSubscriptions.set(fields.subscription_key, requestId);
        return link.answer('CONTINUE', 'Subscribed', requestId, this.#zonesBody());
      case 'com.roonlabs.transport:2/unsubscribe_zones': {
        const open = link.zonesSubscriptions.get(fields.subscription_key);
        link.zonesSubscriptions.delete(fields.subscription_key);
        if (open !== undefined) link.answer('COMPLETE', 'Unsubscribed', open);
        return complete('Unsubscribed');
      }
      case 'com.roonlabs.transport:2/get_zones':
        return complete('Success', this.#zonesBody());
      case 'com.roonlabs.browse:1/browse':
        return complete('Success', this.#browse.browse(fields));
      case 'com.roonlabs.browse:1/load':
        return complete('Success', this.#browse.load());
      default:
        return complete('InvalidRequest', { error: `unknown request name: ${name}` });
    }
  }

  #askToRegister(link: ExtensionLink, requestId: string, body: Record<string, unknown>): void {
    this.registrations.push(body);
    const texts = ['extension_id', 'display_name', 'display_version', 'publisher', 'email'];
    const wrong = texts.find((field) => typeof body[field] !== 'string' || body[field] === '');
    const required = body.required_services;
    if (wrong || !Array.isArray(required) || required.some((each) => each !== 'com.roonlabs.transport:2')) {
      const error = `bad registration: ${wrong ?? 'services'}`;
      return link.answer('COMPLETE', 'InvalidRequest', requestId, { error });
    }
    const extensionId = String(body.extension_id);
    const known = this.#tokens.get(extensionId);
    // Without approval there is no answer at all, for as long as it takes.
    if (this.#approved || (known !== undefined && known === body.token)) this.#register(link, requestId, extensionId);
    else this.#waiting.push({ link, requestId, extensionId });
  }

  #register(link: ExtensionLink, requestId: string, extensionId: string): void {
    const token = this.#tokens.get(extensionId) ?? randomUUID();
    this.#tokens.set(extensionId, token);
    link.registration = requestId;
    link.answer('CONTINUE', 'Registered', requestId, {
      core_id: this.id,
      display_name: this.name,
      display_version: this.version,
      token,
      provided_services: ['com.roonlabs.transport:2', 'com.roonlabs.browse:1', 'com.roonlabs.image:1'],
      http_port: this.port,
    });
    link.ask(`${PAIRING}/subscribe_pairing`, { subscription_key: 0 }, () => {});
  }

  #push(change: unknown): void {
    if (this.#silences.has('pushes') || this.#silences.has('everything')) return;
    for (const link of this.#links) {
      for (const requestId of link.zonesSubscriptions.values()) link.answer('CONTINUE', 'Changed', requestId, change);
    }
  }

  #zonesBody() {
    return { zones: this.transport.zones().map((zone) => zone.toMessage()) };
  }
}
