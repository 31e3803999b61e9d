/**
 * What an operator would look at before going home: each check by what is read anyway, with what
 * mends it. What could not be read is said, and is no pass.
 */
import type { CheckRow } from '../tables/checks.ts';
import type { TableId } from '../tables/index.ts';
import { resultOf, type CheckResult, type DoctorFacts } from './check.ts';
import { CHECKS } from './checks.ts';

export type { CheckResult, DoctorFacts } from './check.ts';

/** The tables that checks look into. */
export const DOCTOR_NEEDS: readonly TableId[] = [...new Set(CHECKS.flatMap(({ needs }) => needs))];

/** All checks, in the order in which they are told. */
export function examine(facts: DoctorFacts): readonly CheckResult[] {
  return CHECKS.map((check) => resultOf(check, facts));
}

/** A row for each finding; one for each check that found nothing or could not be made. */
export function checkRows(results: readonly CheckResult[], blank: CheckRow): readonly CheckRow[] {
  return results.flatMap(({ id, title, level, findings, gaps, fix }) => {
    const row = { ...blank, uid: id, name: id, title, fix };
    if (findings.length === 0) return [{ ...row, level, found: gaps.join('; ') }];
    return findings.map(({ level: own, text, at }, i) => ({
      ...row,
      uid: `${id}/${at?.uid ?? i}`,
      level: own,
      found: text,
      about: at,
    }));
  });
}
