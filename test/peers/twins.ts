/** Two namespaces that go the same way, one by kubectl, one by us; what comes of it is compared. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '../../src/ports/kube.ts';
import type { Clients } from './peer.ts';

export class Twins {
  readonly #clients: Clients;
  readonly byKubectl: string;
  readonly byUs: string;

  /** @param name of what is compared: the namespaces are called after it */
  constructor(clients: Clients, name: string) {
    this.#clients = clients;
    this.byKubectl = `${name}-by-kubectl`;
    this.byUs = `${name}-by-us`;
  }

  get both(): readonly string[] {
    return [this.byKubectl, this.byUs];
  }

  async create(): Promise<void> {
    for (const namespace of this.both) await this.#clients.kubectl(`create namespace ${namespace}`);
  }

  async remove(): Promise<void> {
    for (const namespace of this.both)
      await this.#clients.kubectl(`delete namespace ${namespace} --wait=false`);
  }

  /** Applies the same manifest in both. */
  async apply(name: string, object: object): Promise<void> {
    const file = join(this.#clients.home, `${name}.json`);
    writeFileSync(file, JSON.stringify(object));
    for (const namespace of this.both)
      await this.#clients.kubectl(`apply -n ${namespace} -f ${file}`);
  }

  async read(what: string, namespace: string): Promise<KubeObject> {
    return JSON.parse(
      await this.#clients.kubectl(`get ${what} -n ${namespace} -o json`),
    ) as KubeObject;
  }

  /** Waits until the controller of an object has seen it as it is. */
  async observed(what: string, namespace: string): Promise<void> {
    const { metadata } = await this.read(what, namespace);
    const condition = `--for=jsonpath={.status.observedGeneration}=${String(metadata['generation'])}`;
    await this.#clients
      .kubectl(`wait ${condition} ${what} -n ${namespace} --timeout=10s`)
      // It may have been changed meanwhile: what its controller has seen is newer.
      .catch(() => this.observed(what, namespace));
  }

  /** An object without what no two objects have in common, nor what is still going on. */
  comparable(object: KubeObject): KubeObject {
    const text = JSON.stringify(object, (key, value: unknown) =>
      IN_NO_TWO.includes(key) ? undefined : value,
    );
    const plain = JSON.parse(text.replaceAll(this.byKubectl, this.byUs)) as KubeObject & {
      spec?: { replicas?: number };
      metadata: { generation?: number };
    };
    // How many pods a deployment's replica set has is a matter of moments.
    if (plain.kind === 'ReplicaSet' && plain.metadata['ownerReferences'] !== undefined) {
      delete plain.spec?.replicas;
      delete plain.metadata.generation;
    }
    return plain;
  }
}

const IN_NO_TWO: readonly string[] = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'status',
  'kubectl.kubernetes.io/restartedAt',
];
