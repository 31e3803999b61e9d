/** Bodies of requests, held against the types of the API as `fieldValidation` asks for. */
import type { Kind } from '../../world/kinds.ts';
import { PROTOBUF } from '../protobuf.ts';
import { parseObject } from '../request.ts';
import type { ApiRequest } from '../request.ts';
import { ApiError, badRequest } from '../status.ts';
import { decode, type Decoded, type Json, TypeMismatch } from './decode.ts';
import { duplicateKeys } from './duplicates.ts';
import { modelNameOf } from './models.ts';

type Typed = Pick<Kind, 'group' | 'version' | 'kind' | 'custom'>;

/**
 * The object of a POST or a PUT: fields that its type does not have are left out, and told or
 * refused as the request says.
 * @throws {ApiError} 400
 */
export function objectOf(kind: Typed, body: Buffer, request: ApiRequest): Json {
  const sent = parseObject(body);
  if (request.http.headers['content-type']?.startsWith(PROTOBUF)) return sent;
  const refuse = (why: string): ApiError =>
    badRequest(
      `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`,
    );
  const { object, unknown } = decoded(kind, sent, refuse);
  judge(request, [...unknown.map(unknownField), ...duplicatesIn(body.toString())], refuse);
  return object;
}

/** A patch as it was sent. */
interface Patch {
  readonly type: string;
  readonly body: string;
}

/** The object that a patch makes. @throws {ApiError} 422 */
export function objectPatched(
  kind: Typed,
  patched: object,
  { type, body }: Patch,
  request: ApiRequest,
): Json {
  // A strategic patch is shown as Go prints it, of the others what they make of the object.
  const strategic = type.includes('strategic');
  const shown = strategic ? goText(JSON.parse(body)) : JSON.stringify(patched);
  const refuse = (why: string): ApiError => {
    const message = `Invalid value: ${JSON.stringify(shown)}: ${why}`;
    return new ApiError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
      causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
    });
  };
  const { object, unknown } = decoded(
    kind,
    patched as Json,
    refuse,
    strategic ? 'converted' : 'message',
  );
  judge(request, [...duplicatesIn(body), ...unknown.map(unknownField)], refuse);
  return object;
}

/** A value as Go's %v prints it. */
function goText(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, each]) => `${key}:${goText(each)}`).join(' ')}]`;
}

/**
 * The object of a server-side apply, all of whose fields must be of its type.
 * @param name of the object with its namespace, as the refusal has it
 * @throws {ApiError} 500, as API servers have it
 */
export function objectApplied(kind: Typed, applied: Json, name: string): Json {
  const group = kind.group === '' ? '' : `${kind.group}/`;
  const refuse = (why: string): ApiError =>
    new ApiError(
      500,
      '',
      `failed to create typed patch object (${name}; ${group}${kind.version}, Kind=${kind.kind}): ${why}`,
    );
  const { object, unknown } = decoded(kind, applied, refuse, 'typed');
  const [first] = unknown;
  if (first !== undefined) throw refuse(`.${first}: field not declared in schema`);
  return object;
}

function decoded(
  kind: Typed,
  value: Json,
  refuse: (why: string) => ApiError,
  words: 'message' | 'converted' | 'typed' = 'message',
): Decoded {
  const model = modelNameOf(kind);
  if (model === undefined) return { object: value, unknown: [] };
  try {
    return decode(model, value);
  } catch (error) {
    throw error instanceof TypeMismatch ? refuse(error[words]) : error;
  }
}

const unknownField = (path: string): string => `unknown field ${JSON.stringify(path)}`;

const duplicatesIn = (json: string): readonly string[] =>
  duplicateKeys(json).map((path) => `duplicate field ${JSON.stringify(path)}`);

const DIRECTIVES = ['Ignore', 'Strict', 'Warn'];

/** Refuses, warns of or passes over what is wrong, as the request says. */
function judge(
  { query, response }: ApiRequest,
  wrong: readonly string[],
  refuse: (why: string) => ApiError,
): void {
  const directive = query.get('fieldValidation') || 'Warn';
  if (!DIRECTIVES.includes(directive)) {
    const message = `Unsupported value: ${JSON.stringify(directive)}: supported values: "Ignore", "Strict", "Warn"`;
    throw new ApiError(
      422,
      'Invalid',
      `CreateOptions.meta.k8s.io "" is invalid: fieldValidation: ${message}`,
      { causes: [{ reason: 'FieldValueNotSupported', message, field: 'fieldValidation' }] },
    );
  }
  if (wrong.length === 0 || directive === 'Ignore') return;
  if (directive === 'Strict') throw refuse(`strict decoding error: ${wrong.join(', ')}`);
  response.setHeader(
    'warning',
    wrong.map((each) => `299 - ${JSON.stringify(each)}`),
  );
}
