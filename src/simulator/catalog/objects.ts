import { stampOf } from '../clock.ts';
import { hash } from '../random.ts';
import { templateHash } from '../world/template-hash.ts';
import { withDefaults } from '../world/defaults.ts';
import type { Resource } from '../world/kinds.ts';
import type { KubeObject, Labels } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import type { App } from './app.ts';
import { appLabels, podTemplate, selectorLabels } from './pod-template.ts';

/** Creates the objects of an app, as its Helm chart would, at the clock's present. */
export function plantApp(world: World, app: App, createdAt: number): void {
  const { namespace, name } = app;
  const create = (resource: Resource, object: object, extra: Labels = {}): KubeObject => {
    const full = {
      ...object,
      metadata: {
        name,
        namespace,
        labels: appLabels(app, true),
        creationTimestamp: stampOf(createdAt),
        ...(object as { metadata?: object }).metadata,
        ...(Object.keys(extra).length > 0 && { annotations: extra }),
      },
    };
    const defaulted = withDefaults(resource, full as unknown as KubeObject);
    return world.store.create(resource, defaulted);
  };
  const helm = {
    'meta.helm.sh/release-name': name,
    'meta.helm.sh/release-namespace': namespace,
  };
  world.profiles.set(`${namespace}/${name}`, app.profile);
  create(
    'serviceaccounts',
    {},
    {
      ...helm,
      ...(app.role !== undefined && {
        'eks.amazonaws.com/role-arn': `arn:aws:iam::${world.region.accountId}:role/${app.role}`,
      }),
    },
  );
  create('configmaps', { metadata: { name: `${name}-config` }, data: configOf(app) }, helm);
  if (app.secrets) {
    const data = Object.fromEntries(
      app.secrets.map((key) => [key.toLowerCase(), secretValue(`${namespace}/${name}/${key}`)]),
    );
    create('secrets', { metadata: { name: `${name}-secrets` }, type: 'Opaque', data }, helm);
  }
  const selector = { matchLabels: selectorLabels(app) };
  const template = podTemplate(app);
  const replicas = app.replicas;
  switch (app.kind) {
    case 'Deployment':
      plantDeployment(world, app, create, helm);
      break;
    case 'StatefulSet':
      create(
        'statefulsets',
        {
          spec: {
            replicas,
            selector,
            template,
            serviceName: name,
            ...(app.volume !== undefined && { volumeClaimTemplates: [claim(app.volume)] }),
          },
        },
        helm,
      );
      break;
    case 'DaemonSet':
      create(
        'daemonsets',
        { spec: { selector, template, updateStrategy: DAEMON_UPDATE } },
        {
          ...helm,
          'deprecated.daemonset.template.generation': String(app.revision),
        },
      );
      break;
    case 'CronJob':
      create(
        'cronjobs',
        {
          spec: {
            schedule: app.schedule ?? '0 * * * *',
            concurrencyPolicy: 'Forbid',
            jobTemplate: { spec: { backoffLimit: 2, template } },
          },
        },
        helm,
      );
      break;
  }
  if (app.pdb) create('poddisruptionbudgets', { spec: { ...app.pdb, selector } }, helm);
  if (app.hpa) {
    create(
      'horizontalpodautoscalers',
      {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: app.hpa.min,
          maxReplicas: app.hpa.max,
          metrics: app.hpa.metrics,
          behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
        },
      },
      helm,
    );
  }
}

const DAEMON_UPDATE = {
  type: 'RollingUpdate',
  rollingUpdate: { maxUnavailable: '10%', maxSurge: 0 },
};

/** A deployment with the replica sets of its last releases, so that there is something to undo. */
function plantDeployment(
  world: World,
  app: App,
  create: (resource: Resource, object: object, extra?: Labels) => KubeObject,
  helm: Labels,
): void {
  const { name, namespace } = app;
  const selector = { matchLabels: selectorLabels(app) };
  const template = podTemplate(app);
  const deployment = create(
    'deployments',
    {
      spec: {
        replicas: app.replicas,
        selector,
        template,
        ...(app.strategy && { strategy: { type: 'RollingUpdate', rollingUpdate: app.strategy } }),
      },
    },
    helm,
  );
  const kept = Math.min(3, app.revision - 1);
  for (let back = kept; back >= 1; back--) {
    const old = podTemplate({
      ...app,
      image: earlier(app.image, back),
      revision: app.revision - back,
    });
    const suffix = templateHash(old);
    const labels = { ...old.metadata?.labels, 'pod-template-hash': suffix };
    world.store.create('replicasets', {
      metadata: {
        name: `${name}-${suffix}`,
        namespace,
        labels,
        creationTimestamp: stampOf(world.clock.now() - back * 3.3 * 86_400_000),
        annotations: {
          'deployment.kubernetes.io/desired-replicas': String(app.replicas),
          'deployment.kubernetes.io/max-replicas': String(Math.ceil(app.replicas * 1.25)),
          'deployment.kubernetes.io/revision': String(app.revision - back),
          ...helm,
        },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name,
            uid: deployment.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { ...selector.matchLabels, 'pod-template-hash': suffix } },
        template: { ...old, metadata: { ...old.metadata, labels } },
      },
      status: { replicas: 0, observedGeneration: 1 },
    });
  }
}

/** The image some releases ago: its last number counted down. */
export function earlier(image: string, back: number): string {
  return image.replace(/(\d+)(\D*)$/, (_, digits: string, rest: string) => {
    const lower = Number(digits) - back;
    return lower >= 0 ? `${lower}${rest}` : `${digits}-rc${back}${rest}`;
  });
}

function claim(gigabytes: number): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${gigabytes}Gi` } },
      storageClassName: 'gp3',
      volumeMode: 'Filesystem',
    },
    status: { phase: 'Pending' },
  };
}

function configOf(app: App): Labels {
  return {
    APP_ENV: 'production',
    APP_REGION: 'eu-central-1',
    HTTP_PORT: String(app.port || 8080),
    'application.yaml': `service:\n  name: ${app.name}\n  timeout: 2500ms\n  retries: 2\n`,
  };
}

function secretValue(seed: string): string {
  return Buffer.from(`simulated-${(hash(seed) >>> 0).toString(36)}`).toString('base64');
}
