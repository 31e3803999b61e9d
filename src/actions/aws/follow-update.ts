/**
 * Updates that EKS is at already, begun by an earlier run of the program, in the console, by
 * somebody else: nothing is sent, they are followed.
 */
import type { UpdateDescription } from '../../ports/aws-shapes.ts';
import { awsCall } from './call.ts';
import type { ActionContext } from '../engine/define.ts';
import { choiceField, type Form } from '../engine/form.ts';
import type { Follow, Plan } from '../engine/plan.ts';
import { paramOf, type UpdateScope } from './eks-updates.ts';

/** All that can be asked of it. */
export const FOLLOW_FORM: Form = [
  choiceField({
    id: 'follow',
    label: 'EKS is at it',
    options: [{ id: 'yes', title: 'follow it', detail: 'nothing is sent', disabled: '' }],
  }),
];

/** What an update leads to, e.g. a release or a version. */
const SETS = ['ReleaseVersion', 'AddonVersion', 'Version'];

/**
 * @param what is updated, e.g. `web`
 * @param uid of its row
 */
export function followPlan(
  {
    what,
    uid,
    running,
    scope,
    follow,
  }: {
    readonly what: string;
    readonly uid: string;
    readonly running: UpdateDescription;
    readonly scope: UpdateScope;
    readonly follow: Follow;
  },
  ctx: ActionContext,
): Plan {
  const to = SETS.map((type) => paramOf(running, type)).find((value) => value !== '');
  const title = `Follow the update of ${what}${to === undefined ? '' : ` to ${to}`}`;
  const { command } = awsCall('eks:DescribeUpdate', { ...scope, updateId: running.id }, ctx);
  return {
    ...{ title, victims: [], warnings: [], refusals: [], inverse: null },
    subject: what,
    changes: ['EKS is at it: nothing is sent'],
    steps: [{ title, uid, command, access: [], already: '', run: () => Promise.resolve(), follow }],
    chain: true,
  };
}
