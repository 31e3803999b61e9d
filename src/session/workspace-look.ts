/**
 * Finds the workspace of Amazon Managed Service for Prometheus that has the metrics of a cluster: what
 * scrapers, tags and names say of it, and what labels there are in it. Found once, it is remembered.
 */
import type { ChosenWorkspace, WorkspaceChoice } from '../config/workspaces.ts';
import type { Clock } from '../core/clock.ts';
import { hintOf, reasonOf } from '../core/words.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import {
  candidates,
  CLUSTER_LABELS,
  noWorkspace,
  owning,
  workspaceName,
  workspaceNamed,
  type Candidate,
  type Owning,
  type Refusal,
  type Scraper,
  type Workspace,
} from '../domain/charts/workspace.ts';
import { selector, type LabelValue } from '../domain/charts/promql.ts';
import type { AwsDoor, EksCluster } from '../ports/aws.ts';
import type { AwsCalls } from '../ports/aws-calls.ts';
import type { MetricMeter } from './metric-meter.ts';
import { AGAIN_MS } from './sender-look.ts';

/** A workspace, and how the metrics of the cluster are told from others in it. */
export interface FoundWorkspace {
  readonly workspace: Workspace;
  readonly own: LabelValue | null;
  /** What says that it is the one. */
  readonly why: string;
}

/** What came of looking; null: nobody looked yet, or it goes on. */
export type WorkspaceAnswer =
  | ({ readonly is: 'found' } & FoundWorkspace)
  | (Refusal & {
      readonly is: 'none';
      /** That could not be found out. */
      readonly isFailed: boolean;
      /** The user said which it is. */
      readonly isChosen: boolean;
    });

/** What is known of where the metrics of clusters are, whoever asks. */
export interface WorkspaceMemory {
  /** What the user says. */
  readonly chosen: WorkspaceChoice;
  /** What was found, by the ARNs of clusters. */
  readonly found: Map<string, { readonly at: number; readonly answer: WorkspaceAnswer }>;
}

/** What it works with. */
export interface WorkspaceLookOptions {
  readonly door: AwsDoor;
  readonly clock: Clock;
  readonly meter: MetricMeter;
  readonly cluster: Pick<EksCluster, 'name' | 'arn' | 'region'>;
  readonly memory: WorkspaceMemory;
  readonly changed: () => void;
}

/** The labels of all targets of the last minutes, each set of them once. */
const TARGETS = `count by (${CLUSTER_LABELS.join(', ')}) (up)`;

/** A count of targets goes through no more samples than that, whatever the workspace. */
const MOST_SAMPLES = 10_000_000;

/** What AWS does not answer in this time (ms) is done without, until it does. */
const PATIENCE_MS = 3_000;
/** What could not be found out is not taken for true any longer than this (ms). */
const RETRY_MS = 60_000;

export class WorkspaceLook {
  readonly #options: WorkspaceLookOptions;
  #looking: AbortController | null = null;
  #isLate = false;
  #cancel: () => void = () => undefined;

  constructor(options: WorkspaceLookOptions) {
    this.#options = options;
  }

  /** What is known, which may be looked at anew; null: nothing is. */
  get answer(): WorkspaceAnswer | null {
    const { memory, cluster } = this.#options;
    return memory.found.get(cluster.arn)?.answer ?? null;
  }

  /** Nothing is known yet, and nobody should wait for it any longer. */
  get isLate(): boolean {
    return this.#isLate && this.answer === null;
  }

  /** Begins to look, where nothing is known, or what is has become old. */
  look(): void {
    if (this.#looking !== null || this.#isKnown) return;
    const { clock, changed } = this.#options;
    const looking = new AbortController();
    this.#looking = looking;
    this.#cancel = clock.after(PATIENCE_MS, () => {
      this.#isLate = true;
      changed();
    });
    void this.#find(looking.signal);
  }

  /** What was found stays. That there is none may change: it is so for a while. */
  get #isKnown(): boolean {
    const { memory, cluster, clock } = this.#options;
    const known = memory.found.get(cluster.arn);
    if (known === undefined || known.answer.is === 'found') return known !== undefined;
    return clock.now() - known.at < (known.answer.isFailed ? RETRY_MS : AGAIN_MS);
  }

  /** Looks again now where it could not be found out. */
  again(): void {
    const { memory, cluster } = this.#options;
    const { answer } = this;
    if (answer?.is === 'none' && answer.isFailed) memory.found.delete(cluster.arn);
    this.look();
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.#cancel();
    this.#looking?.abort();
    this.#looking = null;
  }

  async #find(signal: AbortSignal): Promise<void> {
    const { memory, cluster, clock, changed } = this.#options;
    let answer: WorkspaceAnswer;
    try {
      answer = await this.#answer(signal);
    } catch (error) {
      const isChosen = memory.chosen(cluster) !== null;
      const told = { reason: reasonOf(error), hint: hintOf(error) };
      answer = { is: 'none', ...told, isFailed: true, isChosen };
    }
    if (signal.aborted) return;
    this.#cancel();
    this.#looking = null;
    memory.found.set(cluster.arn, { at: clock.now(), answer });
    changed();
  }

  async #answer(signal: AbortSignal): Promise<WorkspaceAnswer> {
    const { door, cluster, memory } = this.#options;
    const chosen = memory.chosen(cluster);
    if (chosen !== null) return this.#chosen(chosen, signal);
    const [workspaces, scrapers] = await Promise.all([
      this.#workspaces(signal),
      door.call('aps:ListScrapers', {}, signal).catch(unlessDenied),
    ]);
    const all = candidates(
      cluster,
      workspaces,
      'scrapers' in scrapers ? scrapers.scrapers.map(scraperOf) : [],
    );
    if (all.length === 0) {
      return none({ reason: `no workspace of Managed Prometheus in ${cluster.region}`, hint: '' });
    }
    const asked = await Promise.all(
      all.map(async (candidate) => ({ candidate, owns: await this.#owning(candidate, signal) })),
    );
    const found = asked.flatMap(({ candidate: { workspace }, owns }) =>
      owns.is === 'own' ? [{ workspace, own: owns.own, why: owns.why }] : [],
    );
    const [first, second] = found;
    if (first === undefined) {
      // It may be that a scraper would have said which it is.
      if (!('scrapers' in scrapers)) throw scrapers;
      const refused = asked.flatMap(({ owns }) => (owns.is === 'not' ? owns : []));
      return none({
        reason: refused.map(({ reason }) => reason).join('; '),
        hint: refused.find(({ hint }) => hint !== '')?.hint ?? '',
      });
    }
    if (second === undefined) return { is: 'found', ...first };
    const others = found.length - 1;
    const why = `${first.why}; so it is with ${others} other ${others === 1 ? 'workspace' : 'workspaces'}`;
    return { is: 'found', ...first, why };
  }

  /** The one that the user says: nothing else is looked for, and nothing else is asked about it. */
  async #chosen(
    { workspace, label }: ChosenWorkspace,
    signal: AbortSignal,
  ): Promise<WorkspaceAnswer> {
    const { cluster } = this.#options;
    const named = await workspaceNamed(workspace, cluster, () => this.#workspaces(signal));
    if ('reason' in named) return none(named, true);
    const why = 'the configuration names it';
    try {
      if (label === null) {
        const owns = await this.#owning({ workspace: named, why }, signal);
        return owns.is === 'own'
          ? { is: 'found', workspace: named, own: owns.own, why }
          : none(owns, true);
      }
      const test = selector('up', { [label.label]: label.value }, { own: null, range: 0 });
      const sent = await this.#targets(named, `count by (${label.label}) (${test})`, signal);
      if (sent.length > 0) return { is: 'found', workspace: named, own: label, why };
      const reason = `nothing with ${label.label}=${label.value} is sent to workspace ${workspaceName(named)}`;
      return none({ reason, hint: 'see how its series are labelled, or name no label' }, true);
    } catch (error) {
      if (!(error instanceof AwsFault) || error.kind !== 'absent') throw error;
      return none(noWorkspace(workspace, named.region || cluster.region, null), true);
    }
  }

  async #workspaces(signal: AbortSignal): Promise<readonly Workspace[]> {
    const { workspaces } = await this.#options.door.call('aps:ListWorkspaces', {}, signal);
    return workspaces.map(workspaceOf);
  }

  async #owning(candidate: Candidate, signal: AbortSignal): Promise<Owning> {
    const targets = await this.#targets(candidate.workspace, TARGETS, signal);
    return owning(this.#options.cluster, candidate, targets);
  }

  /** The labels that a count of targets tells apart. */
  async #targets(
    { id, region }: Workspace,
    query: string,
    signal: AbortSignal,
  ): Promise<readonly Readonly<Record<string, string>>[]> {
    const { door, clock, meter } = this.#options;
    const now = Math.floor(clock.now() / 1000) * 1000;
    const samplesOf = { workspaceId: id, region, query, mostSamples: MOST_SAMPLES };
    const input = { ...samplesOf, start: now, end: now };
    const { series, samples } = await door.call('aps:QueryMetrics', { ...input, step: 60 }, signal);
    meter.questioned(samples);
    return series.map(({ labels }) => labels);
  }
}

/** Tags, names and labels may tell as much. */
function unlessDenied(error: unknown): AwsFault {
  if (error instanceof AwsFault && error.kind === 'denied') return error;
  throw error;
}

const none = ({ reason, hint }: Refusal, isChosen = false): WorkspaceAnswer => ({
  ...{ is: 'none', reason, hint, isFailed: false, isChosen },
});

type Workspaces = AwsCalls['aps:ListWorkspaces']['output']['workspaces'];
type Scrapers = AwsCalls['aps:ListScrapers']['output']['scrapers'];

const workspaceOf = ({ workspaceId, arn, alias, status, tags }: Workspaces[number]): Workspace => ({
  ...{ id: workspaceId, arn, region: '', alias, tags },
  isActive: status.statusCode === 'ACTIVE',
});

const scraperOf = ({ scraperId, status, source, destination }: Scrapers[number]): Scraper => ({
  ...{ id: scraperId, isActive: status.statusCode === 'ACTIVE' },
  clusterArn: source.eksConfiguration.clusterArn,
  workspaceArn: destination.ampConfiguration.workspaceArn,
});
