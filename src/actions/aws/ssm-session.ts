import { humanDuration } from '../../core/duration.ts';
import { AUTO_UNSEEN, UNSEEN_BECAUSE } from '../../domain/agent.ts';
import type { NodeRow } from '../../domain/rows.ts';
import type { InstanceRow } from '../../domain/tables/instances.ts';
import type { ManagedNodeRow } from '../../domain/tables/managednodes.ts';
import type { LocalPort } from '../../ports/local.ts';
import { accountIdOf, awsOf, NO_AWS, partitionOf } from '../targets/aws.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import type { Plan } from '../engine/plan.ts';

/** What the aws CLI starts for the session itself. */
const PLUGIN = 'session-manager-plugin';

/** How what is missing on this machine is got. */
const GET: Readonly<Record<string, string>> = {
  aws: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html tells how to get it',
  [PLUGIN]:
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html tells how to get it',
};

/** @throws with all that is missing and how to get it */
function requirePrograms({ find }: LocalPort): void {
  const missing = Object.entries(GET).filter(([name]) => find(name) === null);
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(' and ');
  const are = missing.length === 1 ? 'is' : 'are';
  throw Object.assign(new Error(`${names} ${are} not installed (not on PATH)`), {
    hint: missing.map(([, how]) => how).join('; '),
  });
}

/** A node, or a machine that is one or not. */
type Row = NodeRow | InstanceRow | ManagedNodeRow;

/** What a session is opened on. */
interface Machine {
  /** `i-…`, or `mi-…` of a hybrid activation; empty where it is not known. */
  readonly id: string;
  /** `node/ip-10-0-1-2`. */
  readonly title: string;
  /** Why no session can be had on it; empty where it can. */
  readonly none: string;
}

function machineOf({ table, row }: ActionTarget<Row>): Machine {
  if (table === 'nodes') {
    // The cast: a target's table decides its row type.
    const node = row as NodeRow;
    return { id: node.instanceId, title: `node/${node.name}`, none: sessionless(node) };
  }
  const { isAuto } = row as InstanceRow | ManagedNodeRow;
  const none = row.gone > 0 ? `${row.name} is gone` : isAuto ? AUTO_UNSEEN : '';
  return { id: row.uid, title: `instance/${row.name}`, none };
}

function sessionless({ name, compute, instanceId, gone }: NodeRow): string {
  if (gone > 0) return `${name} is gone`;
  if (compute === 'fargate') return 'Fargate has no instances to log in to: s in its pods';
  if (compute === 'auto') return AUTO_UNSEEN;
  return instanceId === '' ? `the provider id of ${name} names no instance` : '';
}

/** Of an instance of EC2, or of one that hybrid nodes are registered as. */
function arnOf(instanceId: string, ctx: ActionContext): string {
  const aws = awsOf(ctx);
  const [service, kind] = instanceId.startsWith('mi-')
    ? ['ssm', 'managed-instance']
    : ['ec2', 'instance'];
  return `arn:${partitionOf(aws)}:${service}:${aws.eks.region}:${accountIdOf(aws)}:${kind}/${instanceId}`;
}

/** The last line that the aws CLI said, what went wrong first: there is one line to show it in. */
function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)?.trim() ?? '';
  return line.replace(
    /^An error occurred \((\w+)\) when calling the \w+ operation: (.+)$/,
    '$2 ($1)',
  );
}

/** Of what a program says so much is kept (characters). */
const MOST_WORDS = 4000;

async function open(target: string, { eks }: ReturnType<typeof awsOf>, local: LocalPort) {
  const { profile, region } = eks;
  const args = ['ssm', 'start-session', '--target', target, '--region', region];
  let said = '';
  const { code, signal } = await local.run(
    'aws',
    [...args, ...(profile === '' ? [] : ['--profile', profile])],
    {},
    (text) => {
      said = `${said}${text}`.slice(-MOST_WORDS);
    },
  );
  if (code === 0) return;
  throw new Error(lastLine(said) || `aws ended with ${signal || `exit code ${String(code)}`}`);
}

/**
 * Why a session may not come about although it may be asked for.
 *
 * @throws where Systems Manager has never heard of the machine: it would refuse
 */
function doubts(id: string, { query, now }: ActionContext): readonly string[] {
  const agent = query.get('managednodes', id)?.agent;
  if (agent === undefined || agent.ping === 'Online') return [];
  if (agent.ping === '') {
    const unseen = `Systems Manager does not see ${id}`;
    throw Object.assign(new Error(unseen), { hint: UNSEEN_BECAUSE });
  }
  const since = humanDuration(now() - agent.pingAt);
  return [`its agent was heard of last ${since} ago (${agent.ping}): no session may come about`];
}

function plan(target: ActionTarget<Row>, ctx: ActionContext): Plan {
  const aws = awsOf(ctx);
  const { id, title: what } = machineOf(target);
  const { uid } = target.row;
  const warnings = doubts(id, ctx);
  requirePrograms(ctx.local);
  const title = `Session on ${id}`;
  return {
    ...{
      title: `${title} (${what})`,
      changes: [],
      victims: [],
      warnings,
      refusals: [],
      inverse: null,
    },
    steps: [
      {
        title,
        uid,
        command: ctx.awsCli(['ssm', 'start-session', '--target', id]),
        access: [{ iam: 'ssm:StartSession', resource: arnOf(id, ctx) }],
        already: '',
        run: () => open(id, aws, ctx.local),
      },
    ],
    chain: false,
    passing: true,
  };
}

export const ssmSession = defineAction<Row>({
  id: 'ssm-session',
  title: 'Session',
  description:
    'A session on the instance of a node by AWS Systems Manager, in this terminal, without SSH: where its agent is not seen it says so.',
  key: 'm',
  appliesTo: ['nodes', 'instances', 'managednodes'],
  // The cluster says which instance its node is: who logs in to it reads its name first.
  danger: 1,
  many: false,
  needs: ['managednodes'],
  state: () => '',
  access: () => [],
  iam: ['ssm:StartSession'],
  guard: ([target], { aws, eks }) => {
    const reason = target === undefined ? '' : machineOf(target).none;
    return reason === '' && (aws === null || eks === null) ? NO_AWS : reason;
  },
  plan: async ([target], _values, ctx) => {
    await Promise.resolve();
    if (target === undefined) throw new Error('nothing is selected');
    return plan(target, ctx);
  },
});
