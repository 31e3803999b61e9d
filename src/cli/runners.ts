import { createActionRunner } from '../actions/runner.ts';
import { ACTIONS } from '../actions/index.ts';
import type { ActionRunner } from '../actions/define.ts';
import type { Clock } from '../core/clock.ts';
import type { ConnectionCore } from '../session/index.ts';
import { UsageError } from './args.ts';
import { auditFile } from './audit-file.ts';
import type { Setup } from './setup.ts';

/**
 * How the actions of a connection are run: on its own ports, into the audit log.
 * @throws UsageError for a `protected` pattern that is no regular expression
 */
export function actionRunners(
  setup: Setup,
  clock: Clock,
): (connection: ConnectionCore) => ActionRunner {
  const { config, paths } = setup;
  const audit = auditFile(paths.audit, clock);
  const guarded = config.protected.map(patternOf);
  return (connection) =>
    createActionRunner({
      actions: ACTIONS,
      clock,
      readonly: config.readonly,
      protectedContext: guarded.some(
        (pattern) => pattern.test(connection.title) || pattern.test(connection.context),
      ),
      cluster: connection.id,
      user: () => connection.info.user,
      audit,
      onChange: (tables, listener) => connection.store.onChange(tables, listener),
      hold: (tables) => connection.need(tables),
      ctx: {
        query: connection.store,
        kube: connection.kube,
        aws: connection.aws,
        now: () => clock.now(),
        kubectlFlags: connection.context === '' ? '' : `--context ${quoted(connection.context)}`,
      },
    });
}

function patternOf(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new UsageError(`configuration: protected: ${(error as Error).message}`);
  }
}

/** As a shell takes it: the command on the screen is there to be copied. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
