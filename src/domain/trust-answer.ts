/** Whether a trust policy lets somebody become its role, read as IAM reads it. */
import { matchesWildcard } from '../core/wildcard.ts';
import { object } from '../core/json.ts';
import { conditionAnswer, texts, type CallContext } from './iam-condition.ts';
import type { TrustPolicy, TrustStatement } from './trust-policy.ts';

/** A call that takes a role. */
export interface TrustRequest {
  readonly principal: { readonly kind: 'Federated' | 'Service'; readonly name: string };
  /** All of them have to be allowed. */
  readonly actions: readonly string[];
  readonly context: CallContext;
}

/** What a trust policy says to a request. */
export interface TrustAnswer {
  /** `unknown`: by what only the call shows. `denied`: no statement that is added would help. */
  readonly trusts: 'yes' | 'unknown' | 'no' | 'denied';
  /** Why not, or why it cannot be told; empty for `yes`. */
  readonly why: string;
}

/** From worst to best: of several actions the worst counts, of several statements the best. */
const ORDER: readonly TrustAnswer['trusts'][] = ['denied', 'no', 'unknown', 'yes'];
const rank = ({ trusts }: TrustAnswer): number => ORDER.indexOf(trusts);

/** The answer to a request. What is wrong is told of the statement that comes nearest. */
export function trustAnswer(policy: TrustPolicy, request: TrustRequest): TrustAnswer {
  const answers = request.actions.map((action) => answerFor(policy, action, request));
  return answers.reduce((worst, each) => (rank(each) < rank(worst) ? each : worst), YES);
}

const YES: TrustAnswer = { trusts: 'yes', why: '' };

function answerFor(
  { Statement }: TrustPolicy,
  action: string,
  { principal, context }: TrustRequest,
): TrustAnswer {
  const about = Statement.filter((each) => hasAction(each, action));
  const denials = about
    .filter((each) => each.Effect === 'Deny' && isAbout(each, principal))
    .map(({ Condition }) => conditionAnswer(Condition, context));
  if (denials.some(({ holds }) => holds === 'yes'))
    return { trusts: 'denied', why: 'a statement denies it' };
  const allowed = allowedBy(
    about.filter(({ Effect }) => Effect === 'Allow'),
    action,
    principal,
    context,
  );
  const doubt = denials.find(({ holds }) => holds === 'unknown');
  return allowed.trusts === 'yes' && doubt
    ? { trusts: 'unknown', why: `a statement may deny it: ${doubt.why}` }
    : allowed;
}

function allowedBy(
  statements: readonly TrustStatement[],
  action: string,
  principal: TrustRequest['principal'],
  context: CallContext,
): TrustAnswer {
  const answers = statements
    .filter((each) => isAbout(each, principal))
    .map(({ Condition }): TrustAnswer => {
      const { holds, why } = conditionAnswer(Condition, context);
      return { trusts: holds, why };
    });
  const [first, ...others] = answers;
  // A condition that differs is nearer than somebody else who is trusted.
  if (first !== undefined)
    return others.reduce((best, each) => (rank(each) > rank(best) ? each : best), first);
  const [other] = statements;
  if (other === undefined) return { trusts: 'no', why: `no statement allows ${action}` };
  const none = principal.kind === 'Federated' ? 'no provider' : 'no service';
  const named = principals(other.Principal, principal.kind).join(', ') || none;
  return { trusts: 'no', why: `it trusts ${named}, not ${principal.name}` };
}

function hasAction({ Action, NotAction }: TrustStatement, action: string): boolean {
  const names = (patterns: unknown): boolean =>
    texts(patterns).some((each) => matchesWildcard(each.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? names(Action) : !names(NotAction);
}

function isAbout(
  { Principal, NotPrincipal }: TrustStatement,
  { kind, name }: TrustRequest['principal'],
): boolean {
  const names = (given: unknown): boolean =>
    principals(given, kind).some((each) => each === name || each === '*');
  return NotPrincipal === undefined ? names(Principal) : !names(NotPrincipal);
}

const principals = (given: unknown, kind: string): readonly string[] =>
  typeof given === 'string' ? [given] : texts(object(given)[kind]);
