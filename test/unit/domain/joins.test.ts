import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/domain/joins/index.ts';

describe('the rules between tables', () => {
  it('stand after those whose fields they read', () => {
    for (const [i, rule] of RULES.entries()) {
      const reads = new Set([...rule.uses, rule.source.joined ?? '']);
      for (const later of RULES.slice(i)) {
        if (!('fields' in later) || later.target.table !== rule.source.table) continue;
        expect(later.fields.filter((field) => reads.has(field))).toEqual([]);
      }
    }
  });

  it('stand, where they make rows, before those that write these', () => {
    for (const [i, rule] of RULES.entries()) {
      if (!('derive' in rule)) continue;
      const writers = RULES.slice(0, i).filter(
        (other) => 'fields' in other && other.target.table === rule.table,
      );
      expect(writers).toEqual([]);
    }
  });

  it('say that they speak of all sources where they ask whether all are known', () => {
    for (const rule of RULES) {
      if ('compute' in rule) expect(rule.ofAll ?? false).toBe(rule.compute.length === 3);
    }
  });

  it('write a field of a row once', () => {
    const seen = new Set<string>();
    for (const rule of RULES) {
      if (!('fields' in rule) || rule.when !== undefined) continue;
      for (const field of rule.fields) {
        const name = `${rule.target.table}.${field}`;
        expect(seen).not.toContain(name);
        seen.add(name);
      }
    }
  });
});
