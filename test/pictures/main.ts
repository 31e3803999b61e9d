/**
 * `npm run pictures`: the pictures of the README, taken from the real program on the simulated
 * region.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from '../e2e/driver.ts';
import { startRegion } from '../e2e/region.ts';
import { DARK, LIGHT, toSvg, type Palette } from '../support/svg.ts';

const FOLDER = fileURLToPath(new URL('../../src/docs/pictures/', import.meta.url));

interface Picture {
  readonly name: string;
  readonly title: string;
  readonly size: readonly [columns: number, rows: number];
  readonly palette?: Palette;
  readonly take: (app: App) => Promise<unknown>;
}

const PODS = /Pods\(all\)\[[\d,]+\][^]*▌ \w/;

const PICTURES: readonly Picture[] = [
  {
    name: 'problems',
    title: 'ekscope: what is wrong, and why',
    size: [140, 34],
    take: async (app) => {
      await app.wait(PODS);
      app.press('!');
      await app.wait(/! problems[^]*ImagePullBackOff · not found/);
    },
  },
  {
    name: 'nodegroups',
    title: 'ekscope: every kind of compute in one pane',
    size: [140, 20],
    take: async (app) => {
      await app.wait(PODS);
      app.type(':ng\r');
      await app.wait(/fargate[^]*▇[^]*spot/);
    },
  },
  {
    name: 'logs',
    title: 'ekscope: logs of a deployment, new pods join',
    size: [140, 30],
    take: async (app) => {
      await app.wait(PODS);
      app.type(':deploy\r/^checkout$|^cart$\r');
      await app.wait(/▌ cart +cart/);
      app.press('l');
      await app.wait((screen) => (screen.match(/^│ cart-/gm) ?? []).length > 20);
      await app.wait(/Logs\(deployment\/cart\) \[[1-9]/);
    },
  },
  {
    name: 'scale',
    title: 'ekscope: a plan before anything changes',
    size: [120, 30],
    take: async (app) => {
      await app.wait(PODS);
      app.type(':deploy\r/catalog-api\r');
      await app.wait(/▌ catalog/);
      app.press('s');
      await app.wait(/Replicas/);
      app.type('50\r');
      await app.wait(/--replicas=50/);
    },
  },
  {
    name: 'rollback',
    title: 'ekscope: what a rollback changes, before it does',
    size: [120, 34],
    take: async (app) => {
      await app.wait(PODS);
      app.type(':deploy\r/catalog-api\r');
      await app.wait(/▌ catalog/);
      app.press('R');
      await app.wait(/revision 21[^]*Preview[^]*\+ +image: /);
    },
  },
  {
    name: 'fargate',
    title: 'ekscope: which pods a Fargate profile would take',
    size: [120, 34],
    take: async (app) => {
      await app.wait(PODS);
      app.type(':ng\r');
      await app.wait(/2 clusters[^]*fargate[^]*spot/);
      app.press('f');
      await app.wait(/Execution role shop/);
      app.type('tracing\t\t\tobservability');
      await app.wait(/▸ Namespace 1 +observability[^]*pods match/);
    },
  },
  {
    name: 'light',
    title: 'ekscope at 80×24, light',
    size: [80, 24],
    palette: LIGHT,
    take: async (app) => {
      await app.wait(PODS);
      app.type(':theme light\r:hpa\r');
      await app.wait(/Autoscalers\(all\)\[8\][^]*at maximum/);
    },
  },
];

using region = await startRegion('--seed', '7');
for (const { name, title, size, palette = DARK, take } of PICTURES) {
  const [columns, rows] = size;
  await using app = new App({ args: ['-c', ':pods'], env: region.env, columns, rows });
  await take(app);
  // Titles follow the rows a frame later.
  await app.wait(
    (screen) => !/loading|connecting/.test(screen) && /[1-9]\d* problems/.test(screen),
  );
  writeFileSync(`${FOLDER}${name}.svg`, toSvg(app.terminal, title, palette));
}
