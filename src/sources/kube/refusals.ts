import type { KubeErrorCause } from '../../ports/kube.ts';

/** What matters of a Status that says no; its texts are fit for one sentence. */
export interface Refusal {
  readonly code: number;
  /** The server's word for it, e.g. `Conflict`. */
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly KubeErrorCause[];
}

/** A sentence, and what to do. */
export interface Told {
  readonly message: string;
  readonly hint: string;
}

/**
 * Puts into words what a server's own do not tell whoever wanted to change something.
 * @param doing what was asked, e.g. `replace deployments/api in shop`
 * @returns null where the server's words will do
 */
export function toldOf(refusal: Refusal, doing: string): Told | null {
  const { code, reason, message } = refusal;
  if (code === 409 && reason === 'Conflict') return conflict(refusal, doing);
  if (code === 422 && message === NO_WORDS) {
    return {
      message: `${doing}: it is no longer as this change expects it`,
      hint: 'look at what it is now, and do it again',
    };
  }
  if (/field not declared in schema|strict decoding error: unknown field/.test(message)) {
    // A 500 in server-side apply, a 400 elsewhere: neither is anybody's fault but the text's.
    return { message, hint: 'is the field misspelled, or newer than this server?' };
  }
  if (code === 429 && refusal.causes.some((cause) => cause.reason === 'DisruptionBudget')) {
    return {
      message: [message, ...refusal.causes.map((cause) => cause.message)].join(' '),
      hint: 'it can be done once more pods of the budget are healthy',
    };
  }
  return null;
}

/**
 * A server's words without the object that they are about: a patch whose outcome does not fit is
 * answered with the whole of it, secrets included, before what is wrong with it.
 */
export function withoutObject(message: string): string {
  const begin = message.indexOf(OBJECT);
  if (begin < 0) return message;
  let end = begin + OBJECT.length;
  while (end < message.length && message[end] !== '"') end += message[end] === '\\' ? 2 : 1;
  // What names it has no name there: `"" is invalid: `.
  const before = message.slice(0, begin).replace(/(?:"" is invalid: )?(?:patch: )?$/, '');
  return before + message.slice(end + 1).replace(/^: /, '');
}

/** Where the object begins, as a text in quotes. */
const OBJECT = 'Invalid value: "{';

/** All that a server says where a JSON patch does not fit: its `test`, or a path that is not there. */
const NO_WORDS = 'the server rejected our request due to an error in our request';

function conflict({ message, causes }: Refusal, doing: string): Told | null {
  const owned = causes.filter(({ manager }) => manager !== '');
  if (owned.length > 0) {
    const fields = owned.map(({ field, manager }) => `${field} (${manager})`).join(', ');
    return {
      message: `${doing}: ${owned.length === 1 ? 'a field was' : `${owned.length} fields were`} set in another way: ${fields}`,
      hint: 'leave them out, or take them over by force',
    };
  }
  if (/\bUID in (the )?precondition\b/.test(message)) {
    return {
      message: `${doing}: it was deleted meanwhile, and another one has its name`,
      hint: 'look at the new one before you do it again',
    };
  }
  if (/has been modified|ResourceVersion in precondition/.test(message)) {
    return {
      message: `${doing}: someone changed it meanwhile`,
      hint: 'look at what it is now, and do it again',
    };
  }
  return null;
}
