/** Whether IAM allows something, asked beforehand where the caller may ask. */
import { sessionRole } from '../../domain/caller.ts';
import type { Clock } from '../../core/clock.ts';
import type { AwsDoor } from '../../ports/aws.ts';

/** For how long (ms) an answer counts: policies change, and rights are granted at night. */
const FRESH = 60_000;

/**
 * Asks IAM's simulator about the caller. The answer is null where that is not known: the caller may
 * not ask, is the root user, or the policies depend on more than can be told.
 * @param door asked each time: a cluster's AWS may become known late
 */
export function iamAccess(
  door: () => AwsDoor | null,
  clock: Clock,
): (action: string, resource: string) => Promise<boolean | null> {
  const answers = new Map<
    string,
    { readonly at: number; readonly answer: Promise<boolean | null> }
  >();
  return (action, resource) => {
    const aws = door();
    if (aws === null || resource === '') return Promise.resolve(null);
    const key = `${action} ${resource}`;
    const known = answers.get(key);
    if (known !== undefined && clock.now() - known.at < FRESH) return known.answer;
    const answer = ask(aws, action, resource).catch(() => null);
    answers.set(key, { at: clock.now(), answer });
    return answer;
  };
}

async function ask(aws: AwsDoor, action: string, resource: string): Promise<boolean | null> {
  const { Arn } = await aws.call('sts:GetCallerIdentity', {});
  const principal = await policiesOf(Arn, aws);
  if (principal === '') return null;
  const { EvaluationResults } = await aws.call('iam:SimulatePrincipalPolicy', {
    PolicySourceArn: principal,
    ActionNames: [action],
    ResourceArns: [resource],
  });
  const [result] = EvaluationResults;
  if (result === undefined) return null;
  if (result.EvalDecision === 'allowed') return true;
  // A condition on what only the request itself will carry.
  return result.MissingContextValues.length > 0 ? null : false;
}

/** The ARN of what has the policies of a caller; empty where nothing has. */
async function policiesOf(caller: string, aws: AwsDoor): Promise<string> {
  const role = sessionRole(caller);
  if (role === null) return caller.endsWith(':root') ? '' : caller;
  // A session does not tell the path of its role.
  const { Role } = await aws.call('iam:GetRole', { RoleName: role.name });
  return Role.Arn;
}
