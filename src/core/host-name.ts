/** True for what may be the name of a host: two labels of DNS or more, in any case. */
export function isHostName(word: string): boolean {
  return /^(?=.{4,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d-]+)+\.?$/i.test(word);
}

/** An IPv4 address in the way of IPv6, as programs that listen on both log it. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * An address as APIs write it: in lower case, without the last dot; IPv6 in its shortest form and
 * without a zone; IPv4 that was written as IPv6 as itself.
 */
export function plainAddress(word: string): string {
  const name = word.toLowerCase().replace(/\.$/, '');
  if (!name.includes(':')) return name;
  const url = URL.parse(`http://[${name.replace(/%.*$/, '')}]`);
  if (url === null) return name;
  const ip = url.hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(ip) ?? [];
  if (high === undefined || low === undefined) return ip;
  return [high, low]
    .flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255])
    .join('.');
}

/** With a scheme, a user, a port, a path: as logs and error messages have addresses. */
const WHERE =
  /^([a-z][a-z\d+.-]*:\/\/)?(?:[^\s/@]+@)?(?:\[([\da-f:.]+)\]|([^\s/:[\]@]+))(:\d{1,5})?(?:[/?#]\S*)?$/i;

/**
 * The host in what was pasted: of `10.0.3.17:8080`, `[fd00::1]:443` and `https://api.shop.svc/health`
 * the part that somebody has. Empty where it names no port and no scheme: it may be any word.
 */
export function hostIn(text: string): string {
  const [, scheme, ip, name = '', port] = WHERE.exec(text.trim()) ?? [];
  return scheme === undefined && port === undefined && ip === undefined ? '' : (ip ?? name);
}
