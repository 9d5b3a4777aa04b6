import type { JsonSchema } from './jsonSchema.ts';

/** A turn of the conversation. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ChatRequest {
  messages: ChatMessage[];
  /** The most the model may write, in tokens. */
  maxTokens: number;
  temperature?: number;
  /** A JSON schema the answer must fit. Services that refuse one get it in words; validate what comes either way. */
  schema?: JsonSchema;
  /** Letters, digits, - and _. */
  schemaName?: string;
  /** Instead of the one in the settings. */
  model?: string;
  signal?: AbortSignal;
}

/** How a model wants to be asked. Services that speak OpenAI's language differ in these three. */
export interface Dialect {
  takesSchema: boolean;
  tokens: 'max_completion_tokens' | 'max_tokens';
  /** `off` asks it not to think; `fixed` means that it refuses to be asked. */
  thinking: 'as-it-likes' | 'off' | 'fixed';
}

export const FIRST_DIALECT: Dialect = { takesSchema: true, tokens: 'max_completion_tokens', thinking: 'as-it-likes' };

/** The body of a chat completion request. */
export function chatBody(
  request: ChatRequest,
  model: string,
  dialect: Dialect,
  stream: boolean,
): Record<string, unknown> {
  const { messages, schema, schemaName = 'answer', maxTokens, temperature } = request;
  const schemaInstruction =
    schema && !dialect.takesSchema
      ? [
          {
            role: 'system',
            content: `Answer with one JSON object that fits this JSON schema and nothing else: ${JSON.stringify(schema)}`,
          },
        ]
      : [];
  return {
    model,
    messages: [...schemaInstruction, ...messages],
    [dialect.tokens]: maxTokens,
    stream,
    ...(temperature !== undefined && { temperature }),
    ...(schema &&
      dialect.takesSchema && {
        response_format: { type: 'json_schema', json_schema: { name: schemaName, strict: true, schema } },
      }),
    ...(dialect.thinking === 'off' && { reasoning_effort: 'none' }),
  };
}

/** Words about the form of the answer, or no words at all behind the status. */
const ABOUT_THE_FORM = /response_format|schema|format|guided|json|unsupported|not support|\(4\d\d\)$/i;

/**
 * Another way to ask after a refusal that `words` explain, most recent attempt undone first.
 * @returns null when nothing is left to try.
 */
export function otherDialect(dialect: Dialect, text: string, withSchema: boolean): Dialect | null {
  if (dialect.thinking === 'off') return { ...dialect, thinking: 'fixed' };
  if (dialect.tokens === 'max_completion_tokens' && /max_completion_tokens|max_tokens/i.test(text))
    return { ...dialect, tokens: 'max_tokens' };
  if (withSchema && dialect.takesSchema && ABOUT_THE_FORM.test(text)) return { ...dialect, takesSchema: false };
  return null;
}
