/** Who wrote lines that CloudWatch keeps, as a source of a log. */
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { LogSource } from './log-stream.ts';

export class KeptSource implements LogSource {
  readonly index: number;
  readonly cluster: ClusterKey;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly isPrevious = false;
  readonly isGone = false;
  state: LogSource['state'] = 'opening';
  reason = '';
  cutAt = 0;
  /** Nothing of it is kept: what becomes of the others is not its matter. */
  readonly isMissing: boolean;

  constructor(
    index: number,
    of: Pick<LogSource, 'cluster' | 'namespace' | 'pod' | 'container'>,
    missing = '',
  ) {
    this.index = index;
    this.cluster = of.cluster;
    this.namespace = of.namespace;
    this.pod = of.pod;
    this.container = of.container;
    this.isMissing = missing !== '';
    if (this.isMissing) {
      this.state = 'ended';
      this.reason = missing;
    }
  }

  /** @param now ms */
  become(state: LogSource['state'], reason: string, now: number): void {
    if (this.isMissing) return;
    if (state === 'cut' && this.state !== 'cut') this.cutAt = now;
    this.state = state;
    this.reason = reason;
  }
}
