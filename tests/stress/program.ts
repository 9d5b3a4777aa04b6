import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** A program made of sources of this repository, bundled as the server is, so that it starts fast enough to be killed often. */
export interface BuiltProgram {
  run(args: readonly string[], options?: RunOptions): ProgramRun;
  dispose(): void;
}

export interface RunOptions {
  /** Another program than the usual. */
  main?: string;
  /** Instead of this process's own. */
  environment?: Record<string, string>;
  /** Not a byte can be written to any file, as on a full disk. */
  withoutRoom?: boolean;
}

export interface ProgramRun {
  readonly child: ChildProcess;
  /** Everything it printed so far, both streams. */
  output(): string;
  /** Resolves when a line that begins so was printed, with the rest of the line. @throws when the program ends without. */
  says(beginning: string): Promise<string>;
  /** Resolves when it has ended, with how. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** A new folder for what is built. Below node_modules, so that packages are found as from the sources. */
export function programsFolder(): string {
  const cache = resolve('node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'aime-program-'));
}

/**
 * @param entries output name → source, all in one folder so that workers find their place; `main` is what runs.
 * @param folder where they go; {@link BuiltProgram.dispose} removes it.
 */
export async function buildProgram(
  main: string,
  entries: Record<string, string>,
  folder = programsFolder(),
): Promise<BuiltProgram> {
  await build({
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  return {
    run: (args, options) =>
      started(
        [join(folder, `${options?.main ?? main}.js`), ...args],
        options?.environment ?? process.env,
        options?.withoutRoom,
      ),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function started(args: readonly string[], env: NodeJS.ProcessEnv, withoutRoom = false): ProgramRun {
  const [command, ...before] = withoutRoom
    ? ['sh', '-c', 'ulimit -S -f 0 && exec "$0" "$@"', process.execPath]
    : [process.execPath];
  const child = spawn(command, [...before, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const look = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const each of look) each();
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve_) =>
    child.once('close', (code, signal) => resolve_({ code, signal })),
  );
  const lineOf = (beginning: string) =>
    output
      .split('\n')
      .slice(0, -1)
      .find((line) => line.startsWith(beginning));
  return {
    child,
    ended,
    output: () => output + errors,
    says: (beginning) =>
      new Promise((found, missing) => {
        const check = () => {
          const line = lineOf(beginning);
          if (line !== undefined) found(line.slice(beginning.length).trim());
        };
        look.add(check);
        check();
        void ended.then(({ code, signal }) =>
          missing(new Error(`It ended with ${code ?? signal} without saying ${beginning}\n${errors}`)),
        );
      }),
  };
}
