import type { TableId } from '../../domain/tables/index.ts';
import type { ActionHost } from './host.ts';

/** How long a form or plan waits for the tables it looks into (ms). */
const PATIENCE = 3000;

/** Waits until tables are known, or it is known that they will not be. */
export async function settled(
  tables: readonly TableId[],
  { ctx, clock, onChange }: ActionHost,
): Promise<void> {
  const done = (): boolean => tables.every((table) => isSettled(ctx.query.status(table)));
  if (done()) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      stop();
      cancel();
      resolve();
    };
    const stop = onChange(tables, () => {
      if (done()) end();
    });
    const cancel = clock.after(PATIENCE, end);
  });
}

function isSettled({ synced, state }: ReturnType<ActionHost['ctx']['query']['status']>): boolean {
  return synced || state === 'denied' || state === 'absent' || state === 'expired';
}

/** What a plan cannot know, for want of a table: `which hpas there are is not known: …`. */
export function unknowns(tables: readonly TableId[], { ctx }: ActionHost): readonly string[] {
  return tables
    .map((table) => [table, ctx.query.status(table)] as const)
    .filter(([, { synced }]) => !synced)
    .map(
      ([table, { reason }]) =>
        `which ${table} there are is not known: ${reason || 'no answer yet'}`,
    );
}
