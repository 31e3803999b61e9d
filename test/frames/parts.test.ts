/** What enter opens that is no pane of a table: the parts of a row, and a text. */
import { describe, expect, it } from 'vitest';
import type { KubePort } from '../../src/ports/kube.ts';
import type { NamespaceRow } from '../../src/domain/rows.ts';
import { ageColumn, nameColumn } from '../../src/resources/columns.ts';
import type { AnyResource } from '../../src/resources/define.ts';
import { defineParts, type Enter } from '../../src/resources/enter.ts';
import { ResourceRegistry } from '../../src/resources/registry.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { Harness } from './harness.ts';

/** Keys that the row does not keep, as those of a config map. */
const keys = defineParts<NamespaceRow, NamespaceRow>({
  id: 'keys',
  title: 'Keys',
  singular: 'key',
  description: 'Keys of it.',
  columns: [nameColumn(10, () => ({ level: 'ok', cause: '' })), ageColumn()],
  sort: { column: '', descending: false },
  health: () => ({ level: 'ok', cause: '' }),
  empty: 'it has no keys',
  needs: [],
  ofObject: true,
  rows: ({ row, object }) =>
    Object.keys(object?.['data'] ?? {}).map((name) => ({
      ...row,
      uid: `${row.uid}/${name}`,
      name,
    })),
  enter: {
    is: 'text',
    title: 'its value',
    text: ({ name }, { object }) => [
      `value: ${(object?.['data'] as Record<string, string>)[name] ?? '?'}`,
    ],
  },
});

const withEnter = (enter: Enter<NamespaceRow>): ResourceRegistry =>
  new ResourceRegistry(
    resources.all.map((resource) =>
      resource.id === 'namespaces'
        ? ({ ...resourceOf('namespaces'), enter } as AnyResource)
        : resource,
    ),
  );

/** An API server that answers `get` with what `data` returns. */
const serving = (data: () => Promise<Record<string, string>>): Partial<KubePort> => ({
  get: async ({ kind, name, namespace }) => ({
    kind,
    metadata: { name, namespace, uid: 'u1' },
    data: await data(),
  }),
});

const parts = withEnter({ is: 'parts', title: 'its keys', parts: keys });
const start = (kube: Partial<KubePort>, registry = parts): Promise<Harness> =>
  Harness.start({ columns: 80, rows: 24, command: 'namespaces', kube, resources: registry });

describe('parts that are made from the object itself', () => {
  it('are listed once it is there, and enter opens the text of one', async () => {
    const ui = await start(serving(() => Promise.resolve({ colour: 'red', size: 'small' })));
    await ui.press('enter');
    expect(await ui.screen()).toContain('Keys(');
    expect(await ui.line('colour')).toBeDefined();
    await ui.press('j', 'enter');
    expect(await ui.line('value: small')).toBeDefined();
    await ui.press('esc');
    expect(await ui.line('size')).toBeDefined();
    await ui.quit();
  });

  it('say why they cannot be read, and are read when it is asked again', async () => {
    let refuses = true;
    const ui = await start(
      serving(() =>
        refuses
          ? Promise.reject(Object.assign(new Error('get is forbidden'), { code: 403, hint: '' }))
          : Promise.resolve({ colour: 'red' }),
      ),
    );
    await ui.press('enter');
    expect(await ui.line('get is forbidden')).toBeDefined();
    refuses = false;
    await ui.press('ctrl-r');
    expect(await ui.line('colour')).toBeDefined();
    await ui.quit();
  });

  it('are described with the row, and have no logs', async () => {
    const ui = await start(serving(() => Promise.resolve({ colour: 'red' })));
    await ui.press('enter', 'd');
    expect(await ui.line('a key is described with its namespace: esc, then d or y')).toBeDefined();
    await ui.press('?');
    expect(await ui.line('Keys of it.')).toBeDefined();
    await ui.press('esc', 'l');
    expect(await ui.screen()).not.toContain('Logs');
    await ui.quit();
  });
});

it('enter opens a text that is made from the object', async () => {
  const text = withEnter({
    is: 'text',
    title: 'its data',
    text: ({ row, object }) => [`${row.name} has ${JSON.stringify(object?.['data'])}`],
  });
  const ui = await start(
    serving(() => Promise.resolve({ colour: 'red' })),
    text,
  );
  await ui.press('enter');
  expect(await ui.line('has {"colour":"red"}')).toBeDefined();
  await ui.quit();
});
