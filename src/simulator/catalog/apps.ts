import { omit } from '../world/omit.ts';
import { hash, noise } from '../random.ts';
import type { Region } from '../region.ts';
import { app } from './app.ts';
import type { App, Entry } from './app.ts';
import { PLATFORM } from './platform.ts';
import { BACKEND } from './shop-backend.ts';
import { SELLING } from './shop-selling.ts';

/** The apps of the production cluster, with replicas for about so many pods on so many EC2 nodes. */
export function productionApps(region: Region, pods: number, nodes: number): App[] {
  const apps = everyApp(region);
  const daemons = apps.filter((each) => each.kind === 'DaemonSet').length;
  const jobs = apps.filter((each) => each.kind === 'CronJob').length;
  const fixed = daemons * nodes + 3 * jobs;
  const elastic = apps.filter(isElastic);
  const rigid = apps
    .filter((each) => !isElastic(each) && each.kind !== 'DaemonSet' && each.kind !== 'CronJob')
    .reduce((sum, each) => sum + each.replicas, 0);
  const wanted = Math.max(elastic.length, pods - fixed - rigid);
  const factor = wanted / elastic.reduce((sum, each) => sum + each.replicas, 0);
  return apps.map((each) => (isElastic(each) ? resize(each, factor) : each));
}

/** The same shop, small and without what only production needs. */
export function stagingApps(region: Region, cluster: string, version: string): App[] {
  const left = new Set([
    'trainer',
    'opensearch',
    'kafka',
    'prometheus',
    'clickstream-etl',
    'templates',
  ]);
  return everyApp(region)
    .filter(({ name, namespace }) => !left.has(name) && namespace !== 'analytics')
    .map((each) => {
      const { hpa, pdb, pool, service, ...rest } = each;
      const small: App = {
        ...rest,
        ...(hpa && each.name === 'web' && { hpa: { ...hpa, min: 1, max: 4 } }),
        ...(pdb && each.kind === 'StatefulSet' && { pdb }),
        ...(pool === 'gpu' && { pool }),
        ...(service && { service: service === 'alb' || service === 'nlb' ? service : 'cluster' }),
        // Its nodes hand out prefixes.
        ...(each.name === 'aws-node' && {
          env: { ...each.env, ENABLE_PREFIX_DELEGATION: 'true' },
        }),
        replicas: 1,
        image: each.image.replace('v1.35.0', `v${version}.0`),
        cpu: '50m',
        role: each.role?.replace('shop-prod', cluster) ?? '',
        profile: {
          behaviour: {
            startup: each.profile.behaviour.startup,
            ...(each.profile.behaviour.runs && { runs: each.profile.behaviour.runs }),
          },
          load: {
            ...each.profile.load,
            cpu: 0.2,
            ...(each.profile.load.replicas && { replicas: 1 }),
          },
          logs: { ...each.profile.logs, rate: each.profile.logs.rate / 4 },
        },
      };
      return small.role === '' ? omit(small, 'role') : small;
    });
}

function everyApp(region: Region): App[] {
  return [PLATFORM, SELLING, BACKEND].flatMap((catalog) => entries(region, catalog));
}

function entries(
  region: Region,
  catalog: Readonly<Record<string, Readonly<Record<string, Entry>>>>,
): App[] {
  const registry = `${region.accountId}.dkr.ecr.${region.name}.amazonaws.com`;
  const full = (image: string): string =>
    image.startsWith('shop/') ? `${registry}/${image}` : image;
  return Object.entries(catalog).flatMap(([namespace, apps]) =>
    Object.entries(apps).map(([name, entry]) => {
      const { unpullable } = entry.behaviour ?? {};
      return app(
        namespace,
        name,
        {
          ...entry,
          image: full(entry.image),
          ...(entry.init !== undefined && { init: full(entry.init) }),
          ...(unpullable && {
            behaviour: {
              ...entry.behaviour,
              unpullable: { ...unpullable, image: full(unpullable.image) },
            },
          }),
        },
        (what) => noise(hash(`${namespace}/${name}/${what}`), 7),
      );
    }),
  );
}

/** Replicas that may grow and shrink with the cluster; databases and add-ons do not. */
function isElastic(each: App): boolean {
  return (
    each.kind === 'Deployment' &&
    each.priority === undefined &&
    each.labels?.['compute'] !== 'fargate' &&
    each.pool === undefined &&
    each.replicas > 1
  );
}

function resize(each: App, factor: number): App {
  const scale = (count: number): number => Math.max(1, Math.round(count * factor));
  const { load } = each.profile;
  return {
    ...each,
    replicas: scale(each.replicas),
    ...(each.hpa && { hpa: { ...each.hpa, min: scale(each.hpa.min), max: scale(each.hpa.max) } }),
    profile: {
      ...each.profile,
      load: { ...load, ...(load.replicas !== undefined && { replicas: scale(load.replicas) }) },
    },
  };
}
