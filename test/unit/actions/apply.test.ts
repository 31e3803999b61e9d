import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { plain } from '../../../src/core/styled.ts';
import type { KindRef } from '../../../src/domain/ref.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';
import { setImmediate as turn } from 'node:timers/promises';

const KINDS: Readonly<Record<string, KindRef>> = {
  ConfigMap: {
    ...{ group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true },
  },
  Namespace: {
    ...{ group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false },
  },
};

const map = (name: string, value: string, namespace = ''): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace !== '' && { namespace }) },
    data: { value },
  });

const NAMESPACE = JSON.stringify({
  ...{ apiVersion: 'v1', kind: 'Namespace' },
  metadata: { name: 'front' },
});

/** An API server with these maps, and a file. */
class Desk {
  readonly bench = new ActionBench();

  constructor(...documents: readonly string[]) {
    const { bench } = this;
    bench.kindOf = (_apiVersion, kind) => KINDS[kind] ?? null;
    bench.onGet = ({ name }) => {
      const found = bench.objects.get(name);
      if (found === undefined) throw kubeError(404, `${name} not found`);
      return found;
    };
    bench.manifests.set('a', [{ path: 'a.yaml', text: documents.join('\n---\n') }]);
  }

  has(name: string, value: string): void {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } };
    this.bench.objects.set(name, { ...object, data: { value } });
  }

  /** The dialog of `:apply a`, as far as it goes by itself. */
  async open(values: Record<string, string> = {}) {
    const flow = this.bench
      .runner()
      .start('apply', [], { path: 'a', namespace: 'shop', ...values });
    for (let i = 0; i < 20; i++) {
      await turn();
      await settle();
    }
    return flow;
  }

  get sent(): readonly string[] {
    return this.bench.applied
      .filter(([, , { dryRun }]) => dryRun !== true)
      .map(
        ([{ namespace, name }, , { force }]) => `${namespace}/${name}${force ? ' by force' : ''}`,
      );
  }
}

describe('an apply', () => {
  it('shows what would become of each object, and sends nothing before that is confirmed', async () => {
    const desk = new Desk(map('new', '1'), map('other', '2', 'front'), map('same', '3', 'shop'));
    desk.has('other', '1');
    desk.has('same', '3');
    desk.bench.onApply = ({ namespace }, object) =>
      ({ ...object, metadata: { ...object.metadata, namespace } }) as KubeObject;
    const flow = await desk.open();
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe('Apply a: 1 to create, 1 to change, 1 unchanged');
    expect(plan.changes.map(plain)).toEqual([
      '+ to create configmap/new in shop  a.yaml, document 1',
      '~ to change configmap/other in front  a.yaml, document 2',
      '= unchanged configmap/same in shop  a.yaml, document 3',
    ]);
    expect(plan.diff?.map(({ mark, text }) => `${mark} ${text.trim()}`)).toEqual(
      expect.arrayContaining(['+ value: "1"', '- value: "1"', '+ value: "2"']),
    );
    expect(plan.steps.map(({ already }) => already)).toEqual(['', '', 'unchanged']);
    expect(desk.sent).toEqual([]);
    flow.confirm();
    await settle();
    expect(desk.sent).toEqual(['shop/new', 'front/other']);
  });

  const line = 'kubectl --context prod apply --server-side --field-manager=ekscope';
  it.each([
    ['none says a namespace', [map('a', '1')], [`${line} -n shop -f /work/a`]],
    [
      'all that do say this one',
      [map('a', '1'), map('b', '1', 'shop')],
      [`${line} -n shop -f /work/a`],
    ],
    // It refuses an object of another namespace than -n says.
    ['all say theirs', [map('a', '1', 'front'), map('b', '1', 'shop')], [`${line} -f /work/a`]],
    ['some say another', [map('a', '1'), map('b', '1', 'front')], []],
    ['none is in one', [NAMESPACE], [`${line} -f /work/a`]],
  ])('is said in the words of kubectl where %s', async (_where, documents, lines) => {
    const desk = new Desk(...documents);
    desk.bench.onApply = (_ref, object) => object as KubeObject;
    expect(commandsOf(at(await desk.open(), 'confirm').plan)).toEqual(lines);
  });

  it('names who manages a field otherwise, and takes it over only where that is chosen', async () => {
    const desk = new Desk(map('a', '2'));
    desk.has('a', '1');
    const cause = { reason: 'FieldManagerConflict', field: '.data.value', manager: 'helm' };
    desk.bench.onApply = (_ref, object, { force }) => {
      if (force === true) return object as KubeObject;
      throw Object.assign(kubeError(409, 'a field was set in another way: .data.value (helm)'), {
        causes: [{ ...cause, message: '' }],
      });
    };
    const flow = await desk.open();
    expect(at(flow, 'refused').reason).toContain('.data.value (helm)');
    flow.back();
    await settle();
    for (let i = 0; i < 5; i++) await turn();
    flow.change('force', 'yes');
    for (let i = 0; i < 5; i++) await turn();
    flow.submit();
    for (let i = 0; i < 20; i++) await turn();
    const { plan } = at(flow, 'confirm');
    expect(plan.warnings).toContain('configmap/a in shop takes over .data.value from helm');
    flow.confirm();
    await settle();
    expect(desk.sent).toEqual(['shop/a by force']);
  });

  it('leaves out what the server refuses, in its words, and applies the others', async () => {
    const desk = new Desk(map('a', '1'), map('bad', '1'));
    desk.bench.onApply = ({ name }, object) => {
      if (name === 'bad') throw kubeError(403, 'quota exceeded');
      return object as KubeObject;
    };
    const flow = await desk.open();
    const { plan } = at(flow, 'confirm');
    expect(plan.refusals).toEqual(['configmap/bad in shop: quota exceeded']);
    flow.confirm();
    await settle();
    expect(desk.sent).toEqual(['shop/a']);
  });

  it('cannot ask about what its own namespace is made for, and says so', async () => {
    const namespace = '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"new"}}';
    const desk = new Desk(map('a', '1', 'new'), namespace);
    desk.bench.onApply = ({ namespace: where }, object, { dryRun }) => {
      if (dryRun === true && where === 'new') throw kubeError(404, 'namespaces "new" not found');
      return object as KubeObject;
    };
    const flow = await desk.open();
    const { plan } = at(flow, 'confirm');
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Create namespace/new',
      'Apply configmap/a in new',
    ]);
    expect(plan.warnings.join()).toContain('not known before what they need is there: configmap/a');
  });

  it.each([
    ['stop', ['shop/a']],
    ['on', ['shop/a', 'shop/c']],
  ])('where one fails in the middle, %s is done', async (failing, sent) => {
    const desk = new Desk(map('a', '1'), map('b', '1'), map('c', '1'));
    const flow = await desk.open({ failing });
    desk.bench.onApply = ({ name }, object) => {
      if (name === 'b') throw kubeError(0, 'the connection was cut');
      return object as KubeObject;
    };
    flow.confirm();
    await settle();
    expect(desk.sent).toEqual(sent);
    expect(desk.bench.last?.text).toContain('the connection was cut');
  });

  it('of a kind that the server has not, names it', async () => {
    const desk = new Desk('{"apiVersion":"x.y/v1","kind":"Widget","metadata":{"name":"w"}}');
    const flow = await desk.open();
    expect(at(flow, 'refused').reason).toBe('widget/w: this server has no kind Widget in x.y/v1');
  });

  it('of a path that is none, goes back to where it was typed', async () => {
    const desk = new Desk(map('a', '1'));
    const flow = await desk.open({ path: 'nowhere' });
    expect(at(flow, 'refused').reason).toBe('nowhere: there is no such file or folder');
    expect(flow.goesBack).toBe('back');
  });
});
