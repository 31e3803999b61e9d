import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { App } from './driver.ts';
import { startRegion, type Region } from './region.ts';

let region: Region;
beforeAll(async () => {
  region = await startRegion('--seed', '7', '--speed', '4');
});
afterAll(() => region[Symbol.dispose]());

/** A program with an editor that runs this script on the text of the file (`text`, `save`). */
function launch(script: string): App {
  const editor = join(tempFolder(), 'editor.mjs');
  writeFileSync(
    editor,
    `import { readFileSync, writeFileSync } from 'node:fs';
     const path = process.argv.at(-1);
     const text = readFileSync(path, 'utf8');
     const save = (changed) => writeFileSync(path, changed);
     const tell = () => process.stdout.write('EDITOR HAS THE TERMINAL\\n');
     ${script}`,
  );
  return new App({
    args: ['-c', ':deploy /^mailer'],
    env: { ...region.env, EDITOR: `${process.execPath} ${editor}` },
  });
}

const edits = (app: App): readonly string[] => {
  const folder = join(app.home, '.local/state/ekscope/edits');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('an object in the editor', () => {
  it('is changed as it was written, and the screen is whole afterwards', async () => {
    await using app = launch(`tell(); save(text.replace(/^  replicas: \\d+$/m, '  replicas: 5'));`);
    await app.wait(/▌ notifications +mailer/);
    app.press('e');
    const plan = await app.wait(/Edit deployment\/mailer: \.spec\.replicas[^]*replicas: 5/);
    expect(app.raw).toContain('EDITOR HAS THE TERMINAL');
    expect(app.alternate).toBe(true);
    expect(plan).toContain('Deployments(all)');
    expect(plan).not.toContain('EDITOR HAS THE TERMINAL');
    app.press('tab', 'enter');
    await app.wait(/✓ Edit deployment\/mailer[^]*U undo/);
    await app.wait(/\/5 /);
    expect(edits(app)).toEqual([]);
    app.press('ctrl-c');
    expect(await app.ended()).toBe(0);
    expect(app.alternate).toBe(false);
  });

  it('stays what it is where nothing was changed', async () => {
    await using app = launch('');
    await app.wait(/▌ notifications +mailer/);
    app.press('e');
    await app.wait('nothing was changed: nothing was sent');
    expect(edits(app)).toEqual([]);
  });

  it('that is written by a killed editor is kept, and the path told', async () => {
    await using app = launch(
      `save(text.replace('replicas', 'replcas')); process.kill(process.pid, 'SIGKILL');`,
    );
    await app.wait(/▌ notifications +mailer/);
    app.press('e');
    await app.wait('the editor was ended by SIGKILL');
    app.press('esc');
    await app.wait(/kept: ~\/\.local\/state\/ekscope\/edits\/1\/deployment-mailer\.yaml/);
    const path = join(app.home, '.local/state/ekscope/edits/1/deployment-mailer.yaml');
    expect(readFileSync(path, 'utf8')).toContain('replcas');
  });

  it('resized meanwhile, the screen has the new size', async () => {
    const flag = join(tempFolder(), 'go');
    await using app = launch(
      `const { existsSync } = await import('node:fs');
       tell();
       while (!existsSync(${JSON.stringify(flag)})) await new Promise((then) => setTimeout(then, 20));`,
    );
    await app.wait(/▌ notifications +mailer/);
    app.press('e');
    await app.wait('EDITOR HAS THE TERMINAL');
    expect(app.alternate).toBe(false);
    app.resize(90, 30);
    writeFileSync(flag, '');
    const screen = await app.wait('nothing was changed: nothing was sent');
    const bottom = screen.split('\n')[28];
    expect(bottom).toMatch(/^╰.*╯$/);
    expect(bottom).toHaveLength(90);
  });

  it('ctrl-c is for the editor', async () => {
    await using app = launch(
      `save(text.replace('replicas', 'replcas'));
       tell();
       setInterval(() => {}, 1000);`,
    );
    await app.wait(/▌ notifications +mailer/);
    app.press('e');
    await app.wait('EDITOR HAS THE TERMINAL');
    app.press('ctrl-c');
    await app.wait('the editor was ended by SIGINT');
    expect(app.exitCode).toBeNull();
  });
});

it('manifests are applied from the prompt', async () => {
  await using app = launch('');
  const manifest = join(app.home, 'map.yaml');
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' }, data: { a: '1' } };
  writeFileSync(manifest, JSON.stringify(map));
  await app.wait(/▌ notifications +mailer/);
  app.type(':apply -n notifications ~/ma');
  await app.wait('~/map.yaml');
  app.press('tab', 'enter');
  await app.wait(
    /Apply ~\/map\.yaml: 1 to create[^]*\+ to create +configmap\/mine in notifications/,
  );
  app.press('tab', 'enter');
  await app.wait(/✓ Create configmap\/mine/);
  app.press('enter');
  app.type(':apply -n notifications ~/map.yaml\r');
  await app.wait(/nothing is to do: unchanged/);
});
