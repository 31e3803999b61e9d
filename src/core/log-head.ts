/** The word for its level in front of a line of text, in the ways in which common loggers put it there. */

/** In capitals a word by itself is a level; what else may be one depends on where it stands. */
const CAPITALS =
  'FATAL|PANIC|CRITICAL|CRIT|ERROR|ERR|SEVERE|WARNING|WARN|INFO|NOTICE|DEBUG|TRACE|LOG';
const SMALL = [
  ...['emergency', 'emerg', 'alert', 'critical', 'crit', 'fatal', 'error', 'err', 'severe'],
  ...['warning', 'warn', 'notice', 'note', 'info', 'debug', 'trace'],
];
/** As `error` or `Error`. */
const EITHER = SMALL.map((word) =>
  `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]`.concat(word.slice(1)),
).join('|');
const THREE = 'TRC|VRB|DBG|INF|WRN|ERR|FTL|PNC';

/** Times, numbers and what stands in brackets; letters are of times too. */
const PRE = String.raw`(?:[\d/:.,TZ +-]|[AP]M |\[[^[\]]{1,60}\])*`;
/**
 * Behind nothing else: in brackets, padded or behind a module, as nginx, Envoy, Apache, fluent-bit,
 * MySQL and the JVM write it; in three letters, as zerolog and Serilog; in one, as Telegraf.
 */
const BEHIND_TIME = new RegExp(
  String.raw`^(?:[\w-]{1,30}: (?=\[))?${PRE}(?:\[ {0,5}(?:[\w-]{0,30}:)?(${EITHER}) {0,5}\]|(?:\[[\d:.,TZ/+ -]{5,40} )?\[?(${THREE})(?:[\] ]|$)|([EWID])! )`,
);
/** Behind a date and a time of day: most lines that people read, told by one look. */
const BEHIND_DATE = new RegExp(
  String.raw`^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\S{4,30} {1,6}[[(<]?(${CAPITALS})(?=[ \])>:]|$)`,
);
const KLOG = /^([IWEF])\d{4} \d\d:\d\d/;
/** Between tabs behind a time, as zap and Istio write it for people. */
const TABBED = /^\S{1,40}\t(fatal|panic|dpanic|critical|error|warning|warn|info|debug|trace)\t/;
/** Celery: `[2026-01-01 00:00:00,000: ERROR/MainProcess]`. */
const CELERY = new RegExp(String.raw`^\[\d[\d :.,TZ+-]{8,40}: (${CAPITALS})\/`);
/** Monolog: `[2026-01-01 00:00:00] production.ERROR: `. */
const MONOLOG = new RegExp(
  String.raw`^\[\d{4}-[^\]]{1,40}\] [\w-]{1,40}\.(${CAPITALS}|ALERT|EMERGENCY): `,
);
/** Logrus in colours: `ERRO[0012]`. */
const LOGRUS = /^(TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\[\d[\d:TZ+-]{3,30}\]/;
/** .NET, winston and many tools; not `error: null` of an object that is printed. */
const COLON =
  /^(?:\d{4}\S{1,40} (?:\d\d:\S{1,20} )?)?(trce|dbug|fail|crit|fatal|panic|error|[Ww]arning|warn|notice|info|verbose|debug)(?: error)?: (?!(?:<nil>|nil|null|none|undefined|true|false|\d{1,9})(?:[,;]|\s*$))/;
const NPM = /^npm (ERR!|error|WARN|warn|notice|verb) /;
/** The JVM, which tells what went wrong in another level's words. */
const JVM = /^[\w -]{1,40} VM (warning): /;
/** How PHP begins its own, wherever a server puts them. */
const PHP =
  /(?:^|[\s"])PHP (?:Recoverable )?([Ff]atal|Parse|Warning|Notice|Deprecated)(?: error)?: /;
const REDIS = /^\d{1,9}:[A-Z] \d\d \w{3} \d{4} [\d:.]{8,15} ([#*.-]) /;
const REDIS_WORDS: Readonly<Record<string, string>> = { '#': 'warn', '*': 'info' };

const WORD = String.raw`(?:^|[\s[(<|:])(${CAPITALS})(?=$|[\s\])>|:])`;
const ANY_WORD = new RegExp(WORD, 'g');
/** Wherever it stands, the first one: a word, a pair of logfmt, a member of JSON. */
const ANY_MARK = new RegExp(
  [
    WORD,
    String.raw`\b(?:[Ll]evel|lvl|[Ss]everity)="?(\w+)`,
    String.raw`"(?:level|lvl|severity|log\.level|level_?name|log_?level|level_?[Ss]tr|@l|@level)"\s{0,9}:\s{0,9}"?(\w+)`,
  ].join('|'),
  'g',
);
/** Before a level that is talked about: `log level set to WARN`, `set logging to WARN`. */
const ABOUT =
  /\b(?:log|logs|logger|logging|root)[ ._-]?level\b|\blevel (?:is|was|set|changed)\b|\blogg(?:ing|er)\b[^:]{0,24} to $/i;
/** A line below another one that is a setting and its value: `  level: WARN`. */
const SETTING = new RegExp(String.raw`^\s+[\w.-]{1,80} ?[:=] ?(?:${CAPITALS})\s*$`);
/** What may be chosen from: `[--level DEBUG|INFO|WARN]`. */
const CHOICE = new RegExp(String.raw`\b(?:${CAPITALS})(?:\|(?:${CAPITALS}))+\b`, 'g');
/** What PostgreSQL says beside an error, in a line of its own: what was asked of it. */
const REMARK = /(?:^|\s)(?:STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION): {2}/;
/** So far it is looked for before one (UTF-16 units). */
const ABOUT_WITHIN = 32;

/**
 * The word for its level that a line of text has in front, else the first in it that is one; empty
 * where there is none.
 * @param head its beginning
 * @param isKnown whether a word that stands in the place of a level is one
 */
export function headLevel(head: string, isKnown: (word: string) => boolean): string {
  const first = head.charAt(0);
  const front =
    KLOG.exec(head)?.[1] ??
    (head.includes('PHP ') ? PHP.exec(head)?.[1] : undefined) ??
    (/[A-Za-z]/.test(first) ? behindWord(head) : behindSign(head, first));
  return front ?? behindTime(head) ?? markIn(withoutTalk(head), isKnown);
}

function behindWord(head: string): string | undefined {
  return (
    LOGRUS.exec(head)?.[1] ??
    NPM.exec(head)?.[1] ??
    COLON.exec(head)?.[1] ??
    (head.includes(' VM ') ? JVM.exec(head)?.[1] : undefined)
  );
}

function behindSign(head: string, first: string): string | undefined {
  if (first === '[') return CELERY.exec(head)?.[1] ?? MONOLOG.exec(head)?.[1];
  if (!/\d/.test(first)) return undefined;
  const dated = BEHIND_DATE.exec(head)?.[1];
  if (dated !== undefined) return dated;
  const redis = REDIS.exec(head)?.[1];
  return redis === undefined ? COLON.exec(head)?.[1] : (REDIS_WORDS[redis] ?? 'debug');
}

function behindTime(head: string): string | undefined {
  const [, small, three, one] = BEHIND_TIME.exec(head) ?? [];
  return small ?? three ?? one ?? TABBED.exec(head)?.[1];
}

/** Without the part of a line in which words for a level are none. */
function withoutTalk(head: string): string {
  // Quickly told of most lines.
  if (!/[A-Z]{3}/.test(head)) return head;
  if (SETTING.test(head)) return '';
  const told = head.includes('|') ? head.replaceAll(CHOICE, '') : head;
  const at = told.includes(':  ') ? told.search(REMARK) : -1;
  return at < 0 ? told : told.slice(0, at);
}

function markIn(head: string, isKnown: (word: string) => boolean): string {
  const marks = /[="]/.test(head) ? ANY_MARK : ANY_WORD;
  // Quickly told of most lines without one.
  if (marks === ANY_WORD && !/[A-Z]{3}/.test(head)) return '';
  marks.lastIndex = 0;
  for (let found = marks.exec(head); found !== null; found = marks.exec(head)) {
    const [, capitals, pair, member] = found;
    const word = capitals ?? pair ?? member ?? '';
    if (member === undefined) {
      const end = marks.lastIndex - word.length;
      if (ABOUT.test(head.slice(Math.max(0, end - ABOUT_WITHIN), end))) continue;
    }
    if (isKnown(word)) return word;
  }
  return '';
}
