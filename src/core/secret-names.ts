/** Which names say that a value is a secret: of variables, arguments, fields, parameters. */

/** Stands for a secret. */
export const MASK = '•••';

/** Parts of names, without blanks and signs, that say so wherever they stand. */
const TELLING =
  /passw(?:or)?d|passphrase|secret|token(?!iz)|credential|(?:api|access|private|signing|encryption|master|shared|account|auth)keys?$|signature|authorization|cookie/;
/** Whole words that say so. */
const WORDS = new Set(['pass', 'pwd', 'pw', 'sig', 'jwt', 'sas', 'authtoken', 'apikey', 'dbpass']);
/** Last words of names of something about a secret that is none itself. */
const ABOUT = new Set(
  `age algorithm arn audience class config count dir directory domain duration enabled endpoint error exception
   expiration expires failed failure expiry field file filename files format group helper hours id ids issuer key-id keyid kind
   length lifetime limit max min minutes mode mount mountpath name namespace names optional path
   paths period plugin policy port prefix process project protocol provider ref refs region role
   rotation scope scopes seconds service size source sources store suffix timeout ttl type uri url
   urls user username version versions`.split(/\s+/),
);
/** Plurals count things as often as they hold them: `max_tokens=4096`. */
const PLURAL = /(?:token|secret|credential|password|cookie|signature)s$/;

/** Is the value of something of this name (`DB_PASSWORD`, `--api-key`, `authToken`) a secret? */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (ABOUT.has(last)) return false;
  return words.some((word) => WORDS.has(word)) || TELLING.test(words.join(''));
}

/** Is this the value of a secret of that name, not a reference to one, a switch or a number? */
export function isSecretValue(name: string, value: string): boolean {
  if (value === '' || value.startsWith(MASK) || isReference(value)) return false;
  const words = wordsOf(name);
  // Registries' and npm's name for `user:password` in Base64, and for the way to log in.
  if (words.length === 1 && words[0] === 'auth') return isBasic(value);
  return isSecretName(name) && !(PLURAL.test(words.join('')) && /^\d{1,9}$/.test(value));
}

/** `user:password` in Base64, as in `Authorization: Basic …`. */
export function isBasic(value: string): boolean {
  if (value.length < 6 || !/^[\w+/-]+={0,2}$/.test(value)) return false;
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

/** Switches, and what names the place of a secret: `$(VAR)`, `${VAR}`, `{{ … }}`, an ARN. */
function isReference(value: string): boolean {
  return (
    /^(?:true|false|yes|no|on|off|null|nil|none|undefined|~)$/i.test(value) ||
    /^\$(?:\(\w+\)|\{\w+\}|\w+)$/.test(value) ||
    /^(?:\{\{|<[a-z]|arn:aws)/i.test(value)
  );
}

/** `--dbPassword_2` → db, password, 2 in lower case. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
