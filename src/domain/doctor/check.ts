/** What a check is, and how it comes out. */
import type { ClusterRow } from '../rows.ts';
import type { FindingPlace } from '../tables/checks.ts';
import type { TableId, Tables } from '../tables/index.ts';

/** One thing that a check found. */
export interface Finding {
  readonly level: 'warn' | 'bad';
  readonly text: string;
  /** Null where it is about no row that has a pane. */
  readonly at: FindingPlace | null;
}

/** How a check came out. */
export interface CheckResult {
  readonly id: string;
  /** What is checked, e.g. `add-ons are well`. */
  readonly title: string;
  /** `bad` is broken or blocks, `warn` needs a look, `unknown` could not be read. */
  readonly level: 'ok' | 'warn' | 'bad' | 'unknown';
  readonly findings: readonly Finding[];
  /** Why it could not be read; none where it was. */
  readonly gaps: readonly string[];
  /** What mends it; empty where nothing is to mend. */
  readonly fix: string;
}

/** What checks look at. */
export interface DoctorFacts {
  readonly now: number;
  /** The cluster as EKS tells of it; null where it does not. */
  readonly cluster: ClusterRow | null;
  readonly rows: <T extends TableId>(table: T) => readonly Tables[T][];
  /** Why a table could not be read; empty where it was. */
  readonly unread: (table: TableId) => string;
}

/** A check as it is declared. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly fix: string;
  /** It is about what EKS tells of the cluster itself. */
  readonly ofCluster?: boolean;
  readonly needs: readonly TableId[];
  readonly look: (facts: DoctorFacts) => readonly Finding[];
  /** What of its rows is not known, so that finding nothing is no pass; absent or empty: all is. */
  readonly blind?: (facts: DoctorFacts) => string;
}

/** Does a check; what it could not read is said, and is no pass. */
export function resultOf(
  { id, title, fix, needs, ofCluster, look, blind }: Check,
  facts: DoctorFacts,
): CheckResult {
  const gaps = [
    ...(ofCluster === true && facts.cluster === null ? ['EKS does not tell of the cluster'] : []),
    ...needs.map((table) => facts.unread(table)).filter((reason) => reason !== ''),
  ];
  if (gaps.length > 0)
    return { id, title, level: 'unknown', findings: [], gaps: [...new Set(gaps)], fix: '' };
  const findings = look(facts);
  const unseen = blind?.(facts) ?? '';
  if (findings.length === 0 && unseen !== '')
    return { id, title, level: 'unknown', findings, gaps: [unseen], fix: '' };
  const isBad = findings.some(({ level }) => level === 'bad');
  const level = isBad ? 'bad' : findings.length > 0 ? 'warn' : 'ok';
  return { id, title, level, findings, gaps: [], fix: level === 'ok' ? '' : fix };
}
