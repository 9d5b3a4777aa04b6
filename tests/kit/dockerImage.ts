import { readFileSync } from 'node:fs';

/** What the last stage of the Dockerfile says the image is: read from its text, since no engine is needed for that. */
export interface DockerImage {
  /** Paths in the repository (once it is built) → where they are in /app. */
  files: { from: string; to: string }[];
  environment: Record<string, string>;
  user: string | undefined;
  command: string[];
  healthCheck: string[];
}

/** Reads the repository's Dockerfile. @throws on an instruction of the last stage that it does not know. */
export function dockerImage(path = 'Dockerfile'): DockerImage {
  const image: DockerImage = { files: [], environment: {}, user: undefined, command: [], healthCheck: [] };
  for (const [instruction, rest] of lastStage(readFileSync(path, 'utf8'))) {
    if (instruction === 'COPY') image.files.push(...copied(rest));
    else if (instruction === 'ENV')
      Object.assign(
        image.environment,
        Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
      );
    else if (instruction === 'USER') image.user = rest;
    else if (instruction === 'CMD') image.command = JSON.parse(rest) as string[];
    else if (instruction === 'HEALTHCHECK') image.healthCheck = JSON.parse(/CMD (\[.*\])$/.exec(rest)![1]!) as string[];
    else if (!['FROM', 'WORKDIR', 'RUN', 'VOLUME', 'EXPOSE'].includes(instruction))
      throw new Error(`The Dockerfile says ${instruction}, which is not looked into`);
  }
  return image;
}

function lastStage(text: string): [instruction: string, rest: string][] {
  const lines = text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.slice(lines.findLastIndex((line) => line.startsWith('FROM '))).map((line) => {
    const [, instruction, rest] = /^(\w+)\s+(.*)$/.exec(line)!;
    return [instruction!, rest!];
  });
}

/** `--from=build /app/a /app/b ./folder/` */
function copied(rest: string): DockerImage['files'] {
  const paths = rest.replace('--from=build ', '').split(/\s+/);
  const target = paths.pop()!.replace(/^\.\//, '');
  return paths.map((path) => {
    const from = path.replace(/^\/app\//, '');
    return { from, to: target === '' || target.endsWith('/') ? `${target}${from.split('/').at(-1)}` : target };
  });
}
