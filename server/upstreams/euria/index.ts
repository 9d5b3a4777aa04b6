export { EuriaAccess, type EuriaShare } from './access.ts';
export { createEuriaClient, type EuriaClient } from './client.ts';
export type { ChatRequest } from './dialect.ts';
export { ModelUnknownError, withoutObject } from './errorMapping.ts';
export { textsSoFar } from './json.ts';
export { instructionsIn } from './placeholders.ts';
export type { EuriaSettings } from './settings.ts';
