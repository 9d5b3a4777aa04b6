import { existsSync } from 'node:fs';

/** The browser tests drive what was built, as a person would: build first. */
export default function checkBuild(): void {
  for (const file of ['build/server/main.js', 'build/web/index.html']) {
    if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first`);
  }
}
