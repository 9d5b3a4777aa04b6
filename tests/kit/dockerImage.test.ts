import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { settingDefinitions } from '#server/settings.ts';
import { dockerImage } from './dockerImage.ts';

interface Package {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
}

const image = dockerImage();
const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as Package;
const inImage = new Set(image.files.map(({ to }) => to));
const programs = JSON.parse(readFileSync('scripts/programs.json', 'utf8')) as Record<string, string>;
const builtFiles = Object.keys(programs).map((program) => `build/${program}.js`);

it('the image copies what there is', () => {
  expect(image.files.length).toBeGreaterThan(5);
  for (const { from, to } of image.files) {
    expect(to).toBe(from);
    if (!['build', 'node_modules'].includes(from)) expect(existsSync(from), from).toBe(true);
  }
});

it('the image runs and looks after programs that are built, as an unprivileged user, and signals reach Node', () => {
  expect(builtFiles).toContain(image.command[1]);
  expect(builtFiles).toContain(image.healthCheck[1]);
  expect([image.command[0], image.healthCheck[0]]).toEqual(['node', 'node']);
  expect(image.user).toBe('node');
});

it.each(['start', 'restore', 'restore-archive', 'reresolve'])('`npm run %s` has all its files in the image', (name) => {
  const script = packageJson.scripts[name]!.replace('node ', '');
  const needed = [script];
  for (const path of needed) {
    expect(inImage, `${path}, for npm run ${name}`).toContain(path);
    for (const [, relative] of readFileSync(path, 'utf8').matchAll(/from '\.\/([\w.-]+)'/g))
      needed.push(`scripts/${relative}`);
  }
  const [, folder, file] = /'build', '(\w+)', '([\w.-]+)'/.exec(readFileSync(script, 'utf8'))!;
  expect(builtFiles).toContain(`build/${folder}/${file}`);
});

it('the packages that the built programs import are the dependencies, and no others: the rest is not in the image', async () => {
  const { metafile } = await build({
    entryPoints: Object.values(programs),
    outdir: 'unwritten',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  const names = imported
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  expect([...new Set(names)].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
});

it('docker-compose.yml speaks of settings that exist, and of the places that the image has', () => {
  const yaml = readFileSync('docker-compose.yml', 'utf8');
  const known: string[] = Object.values(settingDefinitions).flatMap((definition) =>
    'env' in definition ? [definition.env] : [],
  );
  const passed = [...yaml.matchAll(/^ {6}([A-Z_0-9]+): (.*)$/gm)];
  expect(passed.length).toBeGreaterThan(4);
  for (const [, name, value] of passed) {
    expect(known).toContain(name);
    // What nobody chose stays empty: the environment goes over what a household says in the app.
    expect(value).toMatch(new RegExp(`^\\$\\{${name}:(-|\\?.+)\\}$`));
  }
  const { AIME_DATA_DIR: data, AIME_CONFIG_DIR: config } = image.environment;
  expect(yaml).toContain(`- ./data:${data}`);
  expect(yaml).toContain(`- ./config:${config}`);
  expect(yaml).toContain(`:${settingDefinitions.port.fallback}']`);
});
