import { mkdirSync } from 'node:fs';
import { keepPlaying } from '#tests/simulators/lastfm/listener.ts';
import { startDemoServices } from '#tests/simulators/demoServices.ts';

/** The server as it is, against simulated services on loopback; its data and settings live under data/demo. */
const services = await startDemoServices();
mkdirSync('data/demo/config', { recursive: true });
Object.assign(process.env, { AIME_DATA_DIR: 'data/demo', AIME_CONFIG_DIR: 'data/demo/config', ...services.environment });
keepPlaying(services.lastfm);
await import('#server/main.ts');
