/** Whether a number has no divisor but 1 and itself. */
const isPrime = (number: number): boolean => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
};

const primes = Array.from({ length: 310 }, (_, index) => index + 2).filter(isPrime);

/** The first 32 bits of the fractional part of a number, as FIPS 180-4 makes its constants. */
const fraction = (number: number): number => ((number % 1) * 2 ** 32) | 0;

const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const constants = new DataView(new ArrayBuffer(256));
for (const [index, prime] of primes.slice(0, 64).entries()) constants.setInt32(index * 4, fraction(Math.cbrt(prime)));

const utf8 = new TextEncoder();

const rotated = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The message with its end marked and its length in bits, in whole blocks of 64 bytes. */
const padded = (message: Uint8Array): DataView => {
  const bytes = new Uint8Array((Math.floor((message.length + 8) / 64) + 1) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
};

/** The words of one block, and those that FIPS 180-4 makes of them. */
const spread = (schedule: DataView, block: DataView, start: number): void => {
  for (let at = 0; at < 64; at += 4) schedule.setInt32(at, block.getInt32(start + at));
  for (let at = 64; at < 256; at += 4) {
    const near = schedule.getInt32(at - 8);
    const far = schedule.getInt32(at - 60);
    const first = rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3);
    const second = rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10);
    schedule.setInt32(at, schedule.getInt32(at - 64) + first + schedule.getInt32(at - 28) + second);
  }
};

/**
 * SHA-256 of a text in hexadecimal digits. Not by Web Crypto, which hands even a hundred bytes to another thread: that takes ten times as long and
 * was the largest single cost of a call. What is hashed here is a name, never a secret.
 */
export const sha256 = (text: string): string => {
  const block = padded(utf8.encode(text));
  const schedule = new DataView(new ArrayBuffer(256));
  let [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = initial;
  for (let start = 0; start < block.byteLength; start += 64) {
    spread(schedule, block, start);
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let at = 0; at < 256; at += 4) {
      const mixed = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + constants.getInt32(at) + schedule.getInt32(at);
      const majority = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + mixed) | 0;
      d = c;
      c = b;
      b = a;
      a = (mixed + majority) | 0;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
    h5 = (h5 + f) | 0;
    h6 = (h6 + g) | 0;
    h7 = (h7 + h) | 0;
  }
  return [h0, h1, h2, h3, h4, h5, h6, h7].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
