/** Why the API server refuses pods to their controller: quota, admission, what is not there. */

/** In a clause, and what to do. */
export interface Refusal {
  readonly words: string;
  readonly next: readonly string[];
  /** The quota that is used up, or that asks for what was not said. */
  readonly quota?: string;
}

/** What a template may name that is not there, and how the API server says so. */
const ABSENT = [
  ['service account', /serviceaccount "([^"]+)" not found/],
  ['priority class', /no PriorityClass with name (\S+) was found/],
  ['runtime class', /RuntimeClass "([^"]+)" not found/],
] as const;

/** What a limit range objects to, as the API server's LimitRanger writes it; several in brackets. */
const LIMITED = /^\[?(?:(?:maximum|minimum) \S+ usage|\S+ max limit to request ratio) per \w+ is /;

/** What a message about a pod or a job that could not be made comes to. */
export function refusalOf(message: string): Refusal {
  const text = message
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^create (?:Pod|Claim) .* in StatefulSet \S+ failed error: /, '')
    .replace(/^Error creating(?: job)?: |^Failed to create new replica set "[^"]*": /, '')
    .replace(
      /^(?:pods?|persistentvolumeclaims|jobs\.batch|replicasets\.apps) "[^"]*" is forbidden: /,
      '',
    );
  const quota = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(text);
  if (quota !== null) {
    const [, name = '', wanted = '', used = '', limit = ''] = quota;
    return {
      words: `quota ${name} is used up: ${amounts(wanted, used, limit)}`,
      next: [`raise quota ${name}, ask for less, or end something in the namespace`],
      quota: name,
    };
  }
  const must = /failed quota: ([^:]+): must specify (.+)$/.exec(text);
  if (must !== null) {
    const [, name = '', what = ''] = must;
    return {
      words: `quota ${name} takes only pods that say ${what}`,
      next: ['set it in the template, or give the namespace defaults by a limit range'],
      quota: name,
    };
  }
  for (const [kind, pattern] of ABSENT) {
    const name = pattern.exec(text)?.[1];
    if (name === undefined) continue;
    return {
      words: `${kind} ${name} is not there`,
      next: [`make ${kind} ${name}, or mend its name in the template`],
    };
  }
  const denied = /admission webhook "([^"]+)" denied the request: (.*)$/s.exec(text);
  if (denied !== null) {
    return {
      words: `admission webhook ${denied[1] ?? ''} refuses them: ${denied[2] ?? ''}`,
      next: ['do as the webhook asks'],
    };
  }
  const policy = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']*' denied request: (.*)$/s;
  const ruled = policy.exec(text);
  if (ruled !== null) {
    return {
      words: `admission policy ${ruled[1] ?? ''} refuses them: ${ruled[2] ?? ''}`,
      next: ['do as the policy asks'],
    };
  }
  const failing = /failed calling webhook "([^"]+)": (.*)$/s.exec(text);
  if (failing !== null) return webhookFails(failing[1] ?? '', failing[2] ?? '');
  const ending = /unable to create new content in namespace (\S+) because it is being/.exec(
    text,
  )?.[1];
  if (ending !== undefined) {
    return {
      words: `namespace ${ending} is being terminated`,
      next: ['nothing is made in it any more: see what keeps the namespace (W on it)'],
    };
  }
  const invalid = /^\w+ "[^"]*" is invalid: (.*)$/s.exec(text)?.[1];
  if (invalid !== undefined) {
    return {
      words: `what its template makes is not valid: ${invalid}`,
      next: ['mend the template'],
    };
  }
  if (LIMITED.test(text)) {
    return {
      words: `a limit range of the namespace: ${text.replace(/^\[|\]$/g, '')}`,
      next: ['ask for what it allows in the template, or change the limit range'],
    };
  }
  const security = /violates PodSecurity "([^"]+)": (.*)$/s.exec(text);
  if (security !== null) {
    return {
      words: `the namespace enforces pod security ${security[1] ?? ''}: ${security[2] ?? ''}`,
      next: ['mend the security context in the template, or the label of the namespace'],
    };
  }
  return { words: text, next: [] };
}

/** One that cannot be asked, or is not believed. */
function webhookFails(name: string, why: string): Refusal {
  const webhook = `admission webhook ${name}`;
  if (/x509|certificate/.test(why)) {
    return {
      words: `${webhook} is not trusted: ${why}`,
      next: [
        'have its certificate made anew, or its configuration (caBundle) trust the one it has',
      ],
    };
  }
  const asked = 'see to the pods behind the webhook: until they answer nothing passes it';
  const late = /deadline exceeded|timeout/i.test(why.replace(/\?timeout=\w+/, ''));
  return {
    words: `${webhook} does not answer: ${why}`,
    next: late
      ? [asked, 'let the control plane reach their port, by the security groups of the nodes']
      : [asked],
  };
}

/** `requests.cpu: 600m wanted, 600m of 1 used`, for each resource of which too much is asked. */
function amounts(wanted: string, used: string, limit: string): string {
  const of = (list: string): ReadonlyMap<string, string> =>
    new Map(
      list.split(',').map((each): [string, string] => {
        const [key = '', value = ''] = each.split('=');
        return [key.trim(), value];
      }),
    );
  const [has, most] = [of(used), of(limit)];
  return [...of(wanted)]
    .map(
      ([name, value]) =>
        `${name} ${value} wanted, ${has.get(name) ?? '?'} of ${most.get(name) ?? '?'} used`,
    )
    .join('; ');
}
