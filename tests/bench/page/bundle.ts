import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** A program of this folder as one script for a browser. @param name the file, without its ending */
export async function bundled(program: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(program)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
