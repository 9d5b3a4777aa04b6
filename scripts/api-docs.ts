/** `npm run api-docs`: writes docs/API.md from the routes themselves. */
import { writeFileSync } from 'node:fs';
import { apiReference } from './apiReference.ts';

writeFileSync('docs/API.md', await apiReference());
