/** `npm run dev`: pages with hot reload on http://localhost:5173, the server restarting behind Vite's proxy. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, ensureNode, root } from './ready.mjs';

ensureNode();
ensureInstalled();
const bin = (...path) => join(root, 'node_modules', ...path);
const port = process.env.AIME_PORT ?? '8000';
const children = [
  spawn(process.execPath, [bin('tsx', 'dist', 'cli.mjs'), 'watch', 'server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_ENV: 'development', ...process.env },
  }),
  spawn(process.execPath, [bin('vite', 'bin', 'vite.js'), 'dev'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, AIME_DEV_API: `http://127.0.0.1:${port}` },
  }),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
