import { kindOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';

/** An answer that is a refusal: what a handler throws and the server writes as a Status. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: object | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: object,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.headers = headers;
  }

  /** The Status object, as the API server writes it. */
  status(): object {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** `pods`, `deployments.apps`: a resource as messages name it. */
export function qualified({ plural, group }: Pick<Kind, 'plural' | 'group'>): string {
  return group ? `${plural}.${group}` : plural;
}

export function notFound(kind: Pick<Kind, 'plural' | 'group'>, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualified(kind)} "${name}" not found`, {
    name,
    ...(kind.group && { group: kind.group }),
    kind: kind.plural,
  });
}

/** The path names nothing that this server serves. */
export function unknownPath(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function conflict(kind: Kind, name: string): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    { name, ...(kind.group && { group: kind.group }), kind: kind.plural },
  );
}

/** The object is another one than the client has seen, in the words of the storage. */
export function otherUid(kind: Kind, name: string, wanted: string, found: string): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`,
    { name, ...(kind.group && { group: kind.group }), kind: kind.plural },
  );
}

export function alreadyExists(kind: Kind, name: string): ApiError {
  return new ApiError(409, 'AlreadyExists', `${qualified(kind)} "${name}" already exists`, {
    name,
    ...(kind.group && { group: kind.group }),
    kind: kind.plural,
  });
}

/** What is wrong with a field. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** The object is not valid, in a field's words. */
export function invalid(kind: Kind, name: string, field: string, message: string): ApiError {
  return invalidFields(kind, name, [{ field, message }]);
}

/** The object is not valid, in the words of each field that is not. */
export function invalidFields(
  { kind, group }: Kind,
  name: string,
  problems: readonly FieldProblem[],
): ApiError {
  const told = problems.map(({ field, message }) => `${field}: ${message}`).join(', ');
  return new ApiError(
    422,
    'Invalid',
    `${kind}${group && `.${group}`} "${name}" is invalid: ${problems.length > 1 ? `[${told}]` : told}`,
    {
      name,
      ...(group && { group }),
      kind,
      causes: problems.map(({ field, message }) => ({
        reason: message.startsWith('Required') ? 'FieldValueRequired' : 'FieldValueInvalid',
        message,
        field,
      })),
    },
  );
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

/** The kind of the namespace resource, for messages about a namespace that is not there. */
export function namespaceNotFound(name: string): ApiError {
  return notFound(kindOf('namespaces'), name);
}
