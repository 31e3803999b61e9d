/** Addresses and blocks of addresses, as the VPC has them. */

/** A block of IPv4 addresses. */
interface Block {
  readonly first: number;
  readonly size: number;
}

/** So many addresses of each subnet are never handed out: the first four and the last. */
const KEPT_BY_AWS = 5;
/** So many addresses a prefix has that the CNI takes for a node. */
export const PREFIX_SIZE = 16;

function numberOf(ip: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

const addressOf = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

function blockOf(cidr: string): Block | null {
  const [ip = '', bits = ''] = cidr.split('/');
  const first = numberOf(ip);
  const length = /^\d{1,2}$/.test(bits) ? Number(bits) : NaN;
  return first === null || !(length <= 32) ? null : { first, size: 2 ** (32 - length) };
}

/** The addresses of a subnet that can be used; null where it has no IPv4 block. */
export function usableAddresses(cidr: string): number | null {
  const block = blockOf(cidr);
  return block === null ? null : Math.max(0, block.size - KEPT_BY_AWS);
}

/** Whether an IPv4 address is of a block. */
export function isWithin(ip: string, cidr: string): boolean {
  const [at, block] = [numberOf(ip), blockOf(cidr)];
  return at !== null && block !== null && at >= block.first && at < block.first + block.size;
}

/** The addresses of a prefix, each; none where it is no IPv4 prefix of the CNI's. */
export function prefixAddresses(prefix: string): readonly string[] {
  const block = blockOf(prefix);
  if (block === null || block.size > PREFIX_SIZE) return [];
  return Array.from({ length: block.size }, (_, i) => addressOf(block.first + i));
}

/** The /80 that an IPv6 address is in, by its first five groups: `2001:db8:0:1:2`; empty for none. */
export function ipv6Prefix(ip: string): string {
  const [address = ''] = ip.toLowerCase().split('/');
  const [head = '', tail, more] = address.split('::');
  if (more !== undefined || !/^[\da-f:]+$/.test(address)) return '';
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  if (left === undefined || right === undefined) return '';
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...right];
  if (groups.length !== 8) return '';
  return groups
    .slice(0, 5)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
