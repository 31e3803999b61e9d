import { createActionRunner } from '../actions/engine/runner.ts';
import { ACTIONS } from '../actions/index.ts';
import { iamAccess } from '../actions/engine/iam-access.ts';
import { OperationList } from '../actions/engine/operations.ts';
import type { ActionRunner } from '../actions/engine/view.ts';
import { sleep } from '../core/sleep.ts';
import type { Clock } from '../core/clock.ts';
import type { ConnectionCore } from '../session/index.ts';
import type { LocalPort } from '../ports/local.ts';
import type { LendTerminal } from '../ports/terminal.ts';
import { environmentProfile } from '../sources/aws/index.ts';
import {
  absolutePath,
  type HandOver,
  localCopies,
  localPrograms,
  readManifests,
  userFiles,
} from '../sources/local/index.ts';
import { auditFile } from './audit-file.ts';
import { awsByHand, byHand } from './by-hand.ts';
import { draftFiles } from './draft-files.ts';
import { writtenKubeconfigs } from './kubeconfig-paths.ts';
import type { Setup } from './setup.ts';

/** What acts: one list of operations for the session, and a runner for each connection. */
export interface Actors {
  readonly operations: OperationList;
  readonly runnerOf: (connection: ConnectionCore) => ActionRunner;
}

/** How the actions of a connection are run: on its own ports, into the audit log. */
export function actors(
  setup: Setup,
  clock: Clock,
  terminal: { readonly lend: LendTerminal; readonly handOver: HandOver },
): Actors {
  const operations = new OperationList(clock, auditFile(setup.paths.audit, clock));
  const { env, flags, home } = setup;
  const programs = localPrograms({ env, handOver: terminal.handOver });
  const local: LocalPort = {
    ...programs,
    drafts: draftFiles(setup, clock, programs),
    files: userFiles(),
    copies: localCopies(home),
    kubeconfig: {
      paths: writtenKubeconfigs(flags, env, home),
      profile: environmentProfile(env),
    },
    absolute: (path) => absolutePath(path, home),
    manifests: (path, options) => readManifests(path, options, home),
  };
  const runnerOf = (connection: ConnectionCore): ActionRunner =>
    createActionRunner({
      actions: ACTIONS,
      clock,
      cluster: connection.cluster,
      where: () => whereIs(connection),
      readonly: () => connection.readonly,
      isProtected: () => connection.isProtected,
      user: () => connection.info.user,
      realUser: () => connection.info.realUser,
      operations,
      iamAllows: iamAccess(() => connection.door, clock),
      onChange: (tables, listener) => connection.store.onChange(tables, listener),
      hold: (tables) => connection.need(tables),
      ctx: {
        cluster: connection.cluster,
        query: connection.store,
        kube: connection.kube,
        get eks() {
          return connection.eks;
        },
        now: () => clock.now(),
        lend: terminal.lend,
        local,
        sleep: (ms, signal) => sleep(ms, signal, clock),
        get aws() {
          return connection.door;
        },
        kubectl: (args) => byHand(setup, connection, args),
        awsCli: (args) => awsByHand(connection, args),
      },
    });
  return { operations, runnerOf };
}

/** Cluster, account and region in full: two clusters of one name must not look alike. */
function whereIs({ title, context, info }: ConnectionCore): readonly string[] {
  const account = info.account === '' ? '' : `account ${info.account}`;
  const named = [title, account, info.region].filter((part) => part !== '');
  // Where AWS tells nothing, the context and the server tell one cluster from the other.
  if (account === '') named.push(info.server);
  // EKS's own contexts are called by the ARN, which is said already.
  if (context !== '' && context !== title && !context.endsWith(`/${title}`))
    named.push(`context ${context}`);
  return named;
}
