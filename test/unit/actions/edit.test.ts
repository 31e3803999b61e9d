import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import type { Plan } from '../../../src/actions/engine/plan.ts';
import type { ActionFlow } from '../../../src/actions/engine/view.ts';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { workloadRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

const WEB: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: '7',
    generation: 1,
    labels: { app: 'web' },
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: { replicas: 1, paused: false, template: { spec: { containers: [] } } },
  status: { replicas: 1 },
};

/** An API server with one object, and a user with an editor. */
class Desk {
  readonly bench = new ActionBench();
  web = WEB;
  readonly flow: ActionFlow;

  constructor(editor: (text: string) => string, values: Record<string, string> = {}) {
    const { bench } = this;
    bench.drafts.editor = editor;
    bench.onGet = () => this.web;
    bench.patched = (_ref, { body, dryRun }) => {
      const made = this.#merged(this.web, body) as KubeObject;
      if (dryRun !== true) this.web = made;
      return made;
    };
    const row = workloadRow('Deployment', { uid: 'u1', name: 'web', namespace: 'shop' });
    this.flow = bench.runner().start('edit', [bench.target('deployments', row)], values);
  }

  /** Somebody else changes the spec, or the labels. */
  changed(spec: object, labels: object = {}): void {
    const { metadata, spec: before } = this.web;
    const version = String(Number(metadata.resourceVersion) + 1);
    this.web = {
      ...this.web,
      metadata: {
        ...metadata,
        resourceVersion: version,
        labels: { ...metadata.labels, ...labels },
      },
      spec: { ...(before as object), ...spec },
    };
  }

  get sent() {
    return this.bench.patches.filter(([, { dryRun }]) => dryRun !== true).map(([, patch]) => patch);
  }

  #merged(target: unknown, patch: unknown): unknown {
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
    const merged: Record<string, unknown> = { ...(target as object) };
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) Reflect.deleteProperty(merged, key);
      else merged[key] = this.#merged(merged[key], value);
    }
    return merged;
  }
}

/** The lines of the plan's difference that go and come. */
const changedLines = ({ diff = [] }: Plan): readonly string[] =>
  diff
    .filter(({ mark }) => mark === '+' || mark === '-')
    .map(({ mark, text }) => `${mark} ${text.trim()}`);

const replicas = (count: number) => (text: string) =>
  text.replace(/^ {2}replicas: \d+$/m, `  replicas: ${count}`);

describe('an edit', () => {
  it('sends what was changed and nothing else, for the version that was shown', async () => {
    const desk = new Desk(replicas(3));
    await settle();
    const { plan } = at(desk.flow, 'confirm');
    expect(plan.title).toBe('Edit deployment/web: .spec.replicas');
    expect(changedLines(plan)).toEqual(['- replicas: 1', '+ replicas: 3']);
    expect(desk.sent).toEqual([]);
    desk.flow.confirm();
    await settle();
    expect(desk.sent).toEqual([
      {
        type: 'merge',
        strict: true,
        body: { metadata: { uid: 'u1', resourceVersion: '7' }, spec: { replicas: 3 } },
      },
    ]);
    expect(desk.flow.state.stage).toBe('ended');
    expect(desk.bench.drafts.files.size).toBe(0);
  });

  it('opens the object as it is, with managed fields only where they are asked for', async () => {
    const desk = new Desk((text) => text);
    await settle();
    expect(desk.bench.drafts.opened[0]).toMatch(/^# Edit .*[^]*apiVersion: apps\/v1\nkind: Dep/);
    expect(desk.bench.drafts.opened[0]).not.toContain('managedFields');
    const asked = new Desk((text) => text, { managedFields: 'yes' });
    await settle();
    expect(asked.bench.drafts.opened[0]).toContain('managedFields');
  });

  it('that changes nothing sends nothing, and keeps nothing', async () => {
    const desk = new Desk((text) => text);
    await settle();
    expect(at(desk.flow, 'ended').text).toBe('nothing was changed: nothing was sent');
    expect(desk.bench.drafts.files.size).toBe(0);
    expect(desk.bench.patches).toEqual([]);
  });

  it('is refused in read-only before the editor opens', async () => {
    const bench = new ActionBench();
    const row = workloadRow('Deployment', { uid: 'u1', name: 'web', namespace: 'shop' });
    const runner = bench.runner({ readonly: () => true });
    const flow = runner.start('edit', [bench.target('deployments', row)]);
    await settle();
    expect(at(flow, 'refused').reason).toMatch(/read-only/);
    expect(bench.drafts.opened).toEqual([]);
  });

  it('writes no values of the object into the audit log', async () => {
    const secret = (text: string) => text.replace('app: web', 'app: web\n    token: s3cr3t-value');
    const desk = new Desk(secret);
    await settle();
    desk.flow.confirm();
    await settle();
    const undo = desk.bench.runner().undo() as ActionFlow;
    await settle();
    undo.confirm();
    await settle();
    expect(desk.bench.audit).toHaveLength(4);
    expect(JSON.stringify(desk.bench.audit)).not.toContain('s3cr3t-value');
    expect(JSON.stringify(desk.bench.audit)).not.toContain('app');
  });
});

describe('what was written is never lost', () => {
  it('where it is no YAML: told with the line, and opened again with that above it', async () => {
    const desk = new Desk((text) => text.replace('spec:', 'spec: {'));
    await settle();
    const { lines, values } = at(desk.flow, 'form');
    const [line] = lines;
    const said = line?.type === 'document' ? line.check(values['document'] ?? '') : '';
    expect(said).toMatch(/at line \d+/);
    desk.bench.drafts.editor = (text) => text.replace('spec: {', 'spec:').replace('s: 1', 's: 2');
    desk.flow.edit('document');
    await settle();
    expect(desk.bench.drafts.opened[1]).toMatch(/^# Edit [^]*# It was not sent: [^]*spec: \{/);
    expect(at(desk.flow, 'confirm').plan.title).toContain('.spec.replicas');
  });

  it('where the editor is killed', async () => {
    const desk = new Desk(() => '');
    const { drafts } = desk.bench;
    drafts.edit = async (path) => {
      await Promise.resolve();
      drafts.files.set(path, { text: 'kind: Deployment\nhalf: done\n', origin: '{}' });
      throw new Error('the editor was ended by SIGKILL');
    };
    await settle();
    const { trouble, values } = at(desk.flow, 'form');
    expect(trouble).toBe('the editor was ended by SIGKILL');
    desk.flow.cancel();
    expect(at(desk.flow, 'ended').text).toContain(`kept: ${values['document'] ?? '?'}`);
    expect(drafts.files.get(values['document'] ?? '')?.text).toContain('half: done');
  });

  it.each([
    ['name', 'name: web', 'name: other'],
    ['kind', 'kind: Deployment', 'kind: StatefulSet'],
    ['namespace', 'namespace: shop', 'namespace: other'],
    ['uid', 'uid: u1', 'uid: u2'],
  ])('where its %s is another', async (what, from, to) => {
    const desk = new Desk((text) => text.replace(from, to));
    await settle();
    const { lines, values } = at(desk.flow, 'form');
    const [line] = lines;
    const said = line?.type === 'document' ? line.check(values['document'] ?? '') : '';
    expect(said).toContain(`${what} cannot be changed`);
  });

  it('where the server refuses it, whose words stand above it then', async () => {
    const desk = new Desk(replicas(3));
    desk.bench.onPatch = () => {
      throw kubeError(422, 'Deployment "web" is invalid: spec.replicas: Invalid value');
    };
    await settle();
    expect(at(desk.flow, 'refused').reason).toContain('spec.replicas: Invalid value');
    expect(desk.flow.goesBack).toBe('edit again');
    desk.bench.onPatch = () => {};
    desk.bench.drafts.editor = replicas(4);
    desk.flow.back();
    await settle();
    expect(desk.bench.drafts.opened[1]).toMatch(/# It was not sent: [^]*Invalid value/);
    expect(desk.bench.drafts.opened[1]).toContain('replicas: 3');
    expect(at(desk.flow, 'confirm').plan.diff?.map(({ text }) => text.trim())).toContain(
      'replicas: 4',
    );
  });

  it('where the write is cut: told with the path, and gone on with from there', async () => {
    const desk = new Desk(replicas(3));
    await settle();
    desk.bench.onPatch = () => {
      throw kubeError(0, 'the connection was cut');
    };
    desk.flow.confirm();
    await settle();
    const { operation } = at(desk.flow, 'running');
    expect(operation.state).toBe('failed');
    expect(operation.text).toMatch(/connection was cut; what you wrote is kept in \/edits\//);
    desk.bench.onPatch = () => {};
    desk.bench.drafts.editor = (text) => text;
    desk.flow.back();
    await settle();
    expect(desk.bench.drafts.opened[1]).toContain('the connection was cut');
    desk.flow.submit();
    await settle();
    desk.flow.confirm();
    await settle();
    expect(desk.sent.at(-1)?.body).toMatchObject({ spec: { replicas: 3 } });
  });
});

describe('what somebody else changed meanwhile', () => {
  it('stays, and is told, where it is another field', async () => {
    const desk: Desk = new Desk((text) => {
      desk.changed({ paused: true }, { team: 'a' });
      return replicas(3)(text);
    });
    await settle();
    const { plan } = at(desk.flow, 'confirm');
    expect(plan.warnings.join()).toContain('.spec.paused (false → true)');
    desk.flow.confirm();
    await settle();
    expect(desk.web.spec).toMatchObject({ replicas: 3, paused: true });
    expect(desk.web.metadata.labels).toEqual({ app: 'web', team: 'a' });
  });

  it('in the same field is shown with what was written, to choose', async () => {
    const desk: Desk = new Desk((text) => {
      desk.changed({ replicas: 5 }, { team: 'a' });
      return `${replicas(3)(text)}# my remark\n`;
    });
    await settle();
    const { lines, values } = at(desk.flow, 'form');
    const [line] = lines;
    const said = line?.type === 'document' ? line.check(values['document'] ?? '') : '';
    expect(said).toContain('somebody else changed .spec.replicas meanwhile');
    desk.bench.drafts.editor = replicas(4);
    desk.flow.edit('document');
    await settle();
    const [, again = ''] = desk.bench.drafts.opened;
    expect(again).toMatch(/# Changed by both: \.spec\.replicas is 5 now; you wrote 3/);
    expect(again).toMatch(/# Changed meanwhile by others: \.metadata\.labels\.team/);
    expect(again).toContain('replicas: 3');
    expect(again).toContain('team: a');
    expect(again).toContain('# my remark');
    const { plan } = at(desk.flow, 'confirm');
    expect(plan.diff?.map(({ mark, text }) => mark + text.trim())).toContain('-replicas: 5');
  });

  it('between the plan and the write is not written over', async () => {
    const desk = new Desk(replicas(3));
    await settle();
    at(desk.flow, 'confirm');
    desk.changed({ replicas: 9 });
    desk.bench.onPatch = (_ref, { body }) => {
      const { resourceVersion } = (body as KubeObject).metadata;
      if (resourceVersion !== desk.web.metadata.resourceVersion)
        throw kubeError(409, 'the object has been modified');
    };
    desk.flow.confirm();
    await settle();
    expect(at(desk.flow, 'running').operation.text).toMatch(/was changed meanwhile.*kept in/);
    expect(desk.web.spec).toMatchObject({ replicas: 9 });
  });

  it('to the status only does not matter', async () => {
    const desk = new Desk(replicas(3));
    await settle();
    desk.changed({});
    desk.web = { ...desk.web, status: { replicas: 2 } };
    desk.bench.onPatch = (_ref, { body }) => {
      const { resourceVersion } = (body as KubeObject).metadata;
      if (resourceVersion !== desk.web.metadata.resourceVersion)
        throw kubeError(409, 'the object has been modified');
    };
    desk.flow.confirm();
    await settle();
    expect(desk.web.spec).toMatchObject({ replicas: 3 });
  });
});

describe('the plan', () => {
  it('masks what is secret', async () => {
    const desk = new Desk((text) => text.replace('app: web', 'app: web\n    password: hunter22'));
    await settle();
    const { plan } = at(desk.flow, 'confirm');
    const shown = JSON.stringify([plan.diff, plan.changes.map(plain), plan.warnings, plan.title]);
    expect(shown).not.toContain('hunter22');
    expect(shown).toContain('password');
  });

  it('says what the server does not take as it is written', async () => {
    const desk = new Desk((text) =>
      text.replace(/status:\n {2}replicas: 1/, 'status:\n  replicas: 8'),
    );
    desk.bench.patched = () => desk.web;
    await settle();
    expect(at(desk.flow, 'refused').reason).toContain('nothing of what you changed: .status.rep');
  });
});

describe('an edit taken back', () => {
  const edited = async (): Promise<Desk> => {
    const desk = new Desk(replicas(3));
    await settle();
    desk.flow.confirm();
    await settle();
    return desk;
  };

  it('is the former object again, and what others did to other fields stays', async () => {
    const desk = await edited();
    desk.changed({}, { team: 'a' });
    const undo = desk.bench.runner().undo() as ActionFlow;
    await settle();
    at(undo, 'confirm');
    undo.confirm();
    await settle();
    expect(desk.web.spec).toEqual(WEB['spec']);
    expect(desk.web.metadata.labels).toEqual({ app: 'web', team: 'a' });
  });

  it('is refused where somebody changed the same field since', async () => {
    const desk = await edited();
    desk.changed({ replicas: 9 });
    const undo = desk.bench.runner().undo() as ActionFlow;
    await settle();
    expect(at(undo, 'refused').reason).toContain('.spec.replicas of deployment/web was changed');
  });
});
